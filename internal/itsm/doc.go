// Package itsm is what is true in Hatrack: the nouns of service management, their rules, and who may do what. It needs
// nothing but the standard library; it knows no database and no browser.
//
//   - An organisation has practices, services, policies, people, teams, companies and regions. A database holds one.
//   - A practice is the organisation's whole capability for one kind of work: people, processes, tools and partners.
//   - A process is a practice's ordered activities that turn inputs into outputs: daily work, or care of the practice.
//   - An activity is one step of a process and lasts through its versions; what it says and where it stands is a step of
//     a version.
//   - A version is a definition of a process as rows: its steps, hand-offs, columns and cells. Every read first resolves
//     which version is in force on the day asked about.
//   - A hand-off is what passes between an activity and another, a process or a party.
//   - A role is a hat: it hangs on the organisation, a practice, a process or a service, and is an Owner, a Manager, a
//     Practitioner, or whoever it is in the case. It is never a title, a group or a permission.
//   - An assignment is the atomic fact: a person, team or company holds a role from a day to a day, perhaps in a region or
//     for a service, as holder, acting or deputy. It is ended or withdrawn, never edited.
//   - A cell of a matrix is the set of letters of a role in an activity: A answers, R does, C gives input, I is told, S
//     supports. At most one A stands in a row; without one the Owner answers.
//   - A policy is a rule that governs practices, processes and activities by dated facts, and has an owner role.
//   - A clock says how often a role, a process or a policy is reviewed; a review says that it was found still right.
//   - A gap is computed, never typed in: what is missing, how bad it is, and the step that mends it. It is fixed, planned
//     as an action (what, who, by when, done how), or accepted until a day with a reason.
//   - An actor is who acts or reads; Can says what for (permission.go). An actor who looks at another day only reads.
//
// Days are midnights in UTC, periods are half-open: the end is the first day that no longer counts.
package itsm
