package itsm

// RoleKind says what sort of hat a role is.
type RoleKind string

// The kinds of role.
const (
	Owner        RoleKind = "owner"        // answers; one person, worldwide
	Manager      RoleKind = "manager"      // runs it; persons, perhaps one per region
	Practitioner RoleKind = "practitioner" // does the work; persons, teams, companies
	Whoever      RoleKind = "whoever"      // whoever it is in the case: held by nobody, never vacant
)

// Letter is the hat's glyph: O, M or P; "" for whoever.
func (k RoleKind) Letter() string {
	switch k {
	case Owner:
		return "O"
	case Manager:
		return "M"
	case Practitioner:
		return "P"
	}
	return ""
}

// RoleRef names a role where it is only mentioned.
type RoleRef struct {
	ID   int64
	Kind RoleKind
	Name string
}

// Role is a hat: what it is for and how many should wear it. It hangs on one scope: the organisation (all ids zero), a
// practice, a process or a service.
type Role struct {
	ID               int64
	Kind             RoleKind
	Name             string
	PracticeID       int64
	ProcessID        int64
	ServiceID        int64
	ScopeName        string // the practice, process, service or organisation it hangs on
	PerCase          bool   // in a case it is the one named in the record
	OutsideOffice    bool   // of the organisation, but not of its service management office: whoever wears it gets no right by it
	StandsFor        string // of a whoever role: "service owner", "line manager" or ""
	Purpose          string
	Responsibilities string // a line each, as are authorities and competences
	Authorities      string
	Competences      string
	WantedMin        *int
	WantedMax        *int
	Archived         bool
	Counter          int64
	Clock
}

// Scope is where the role hangs, for rights. Process roles must carry their practice in practice.
func (r Role) Scope(practice int64) Scope {
	if r.PracticeID != 0 {
		practice = r.PracticeID
	}
	return Scope{PracticeID: practice, ProcessID: r.ProcessID, ServiceID: r.ServiceID}
}

// OfOrganisation says that the role hangs on the organisation itself.
func (r Role) OfOrganisation() bool { return r.PracticeID == 0 && r.ProcessID == 0 && r.ServiceID == 0 }

// Reviewed is the role as something with a clock; practice is the one it lies in.
func (r Role) Reviewed(practice int64) Reviewed {
	at := r.Scope(practice)
	return Reviewed{
		Of: RoleReview, ID: r.ID, Name: r.Name, RoleKind: r.Kind, ScopeName: r.ScopeName, PracticeID: at.PracticeID, ProcessID: at.ProcessID, ServiceID: at.ServiceID, Clock: r.Clock,
	}
}

// Check reads what was typed into a role.
func (r *Role) Check() error {
	var c Checks
	c.Label(&r.Name, "name", "the role a name")
	c.Prose(&r.Purpose, "purpose", ProseMax)
	c.Prose(&r.Responsibilities, "responsibilities", ProseMax)
	c.Prose(&r.Authorities, "authorities", ProseMax)
	c.Prose(&r.Competences, "competences", ProseMax)
	switch r.Kind {
	case Owner, Manager, Practitioner, Whoever:
	default:
		c.Say("kind", "Choose what kind of role it is.")
	}
	lo, hi := r.WantedMin, r.WantedMax
	c.Require(lo == nil || *lo >= 0 && *lo <= 10_000, "wanted_min", "Give a number of holders between 0 and 10,000.")
	c.Require(hi == nil || *hi >= 1 && *hi <= 10_000, "wanted_max", "Give a number of holders between 1 and 10,000.")
	c.Require(lo == nil || hi == nil || *lo <= *hi, "wanted_max", "The most holders wanted cannot be fewer than the fewest.")
	c.CheckInterval(r.ReviewMonths, "review_months")
	c.Require(!r.OutsideOffice || r.Kind == Practitioner && r.OfOrganisation(), "outside_office", "Only a practitioner’s role of the organisation stands outside the office.")
	c.Require(r.Kind != Whoever || lo == nil && hi == nil, "wanted_min", "Whoever it is in the case has no wanted holders.")
	return c.Err()
}
