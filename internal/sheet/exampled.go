package sheet

import "regexp"

// exampleMark begins what stands in a form to show how it is filled in: "(Example) Order flour".
var exampleMark = regexp.MustCompile(`(?i)^[（(\[]\s*(?:範例|範|例|示例|样例|예시?|e\.?\s?g\.?|examples?|sample|beispiel|bsp\.?|z\.\s?b\.?|exemple|ejemplo|exemplo|esempio|voorbeeld|пример)\s*\.?[)）\]]|^(?:example|beispiel|exemple|ejemplo|exemplo|esempio)\s*\d*\s*[:：]`)

// examplesOnly reports a grid of which every activity is marked as an example.
func (r *gridReader) examplesOnly() bool {
	for _, a := range r.grid.Activities {
		if !exampleMark.MatchString(a.Name) {
			return false
		}
	}
	return len(r.grid.Activities) > 0
}
