package itsm

// Region is a place in the tree of regions; a hat for a region reaches everything below it.
type Region struct {
	ID       int64
	ParentID int64
	Name     string
	Path     string // from the top: "Europe › Nordics"
	Depth    int    // 0 at the top
	People   int    // here today, with those of the regions below
	Used     bool   // something hangs on it: it is not deleted
	Counter  int64
}

// Check trims what was typed and says what does not fit, by form field.
func (r *Region) Check() error {
	var c Checks
	c.Label(&r.Name, "name", "a name")
	c.Require(r.ID == 0 || r.ParentID != r.ID, "parent", "A region cannot lie within itself. Choose another one above it.")
	return c.Err()
}
