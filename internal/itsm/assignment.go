package itsm

// Capacity says how somebody wears a hat.
type Capacity string

// The capacities.
const (
	Holder Capacity = "holder"
	Acting Capacity = "acting" // fills an empty or long-absent chair, to an end day; covered, never filled
	Deputy Capacity = "deputy" // stands by; signs "for" while the holder is absent
)
