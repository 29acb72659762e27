package page

// NextID is what a page of an import is looked at for: its first open question, or its heading.
const NextID = "next"

// Next leads there: who has no pointer goes on from it, and who does not see hears it.
func Next(address string) string { return address + "#" + NextID }
