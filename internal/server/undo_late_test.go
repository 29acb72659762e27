package server_test

import (
	"net/http"
	"net/url"
	"testing"

	"hatrack/internal/itsm"
	"hatrack/internal/store/storetest"
)

// What would break a rule, or was changed since, is refused with names, and nothing of it is done.
func TestAnUndoThatComesTooLateIsRefusedByName(t *testing.T) {
	t.Parallel()
	for name, of := range map[string]func(s scene) refusal{
		"somebody else owns it": func(s scene) refusal {
			hat := s.wear(s.owner, s.jonas, 0)
			return refusal{
				func() error {
					return s.EndAssignment(t.Context(), s.leads(), hat, storetest.Today.AddDate(0, 0, 1), true, "")
				},
				func() error {
					_, err := s.Appoint(t.Context(), s.leads(), itsm.NewAssignment{RoleIDs: []int64{s.owner}, PersonIDs: []int64{s.marta}, From: storetest.Today.AddDate(0, 0, 1), Announced: true})
					return err
				}, "Marta Nowak is Practice Owner of Incident management from 24 Nov 2026, so this cannot be undone.",
			}
		},
		"somebody owns what was withdrawn": func(s scene) refusal {
			hat := s.wear(s.owner, s.jonas, 0)
			return refusal{
				func() error { return s.Withdraw(t.Context(), s.leads(), hat, "wrong") },
				func() error { s.wear(s.owner, s.marta, 0); return nil },
				"Marta Nowak is Practice Owner of Incident management since 23 Nov 2026, so this cannot be undone.",
			}
		},
		"they wear it again": func(s scene) refusal {
			hat := s.wear(s.analyst, s.jonas, 0)
			return refusal{
				func() error { return s.Withdraw(t.Context(), s.leads(), hat, "wrong") },
				func() error { s.wear(s.analyst, s.jonas, 0); return nil },
				"Jonas Weber is Practitioner of Incident management since 23 Nov 2026, so this cannot be undone.",
			}
		},
		"they left": func(s scene) refusal {
			hat := s.wear(s.analyst, s.jonas, 0)
			return refusal{
				func() error {
					return s.EndAssignment(t.Context(), s.leads(), hat, storetest.Today.AddDate(0, 0, 1), true, "")
				},
				func() error {
					return s.Leave(t.Context(), s.leads(), s.jonas, 1, storetest.Today.AddDate(0, 0, 8), true)
				},
				"the last day of Jonas Weber is 1 Dec 2026",
			}
		},
		"the role is retired": func(s scene) refusal {
			hat := s.wear(s.analyst, s.jonas, 0)
			return refusal{
				func() error { return s.Withdraw(t.Context(), s.leads(), hat, "wrong") },
				func() error {
					facts(t, s.DB, `UPDATE role SET archived_at = now() WHERE id = `+itoa(s.analyst))
					return nil
				},
				"Practitioner of Incident management is retired",
			}
		},
		"the holder accepted": func(s scene) refusal {
			return refusal{
				func() error {
					_, err := s.Appoint(t.Context(), s.leads(), itsm.NewAssignment{RoleIDs: []int64{s.analyst}, PersonIDs: []int64{s.jonas}, From: storetest.Today, Announced: true})
					return err
				},
				func() error {
					return s.Accept(t.Context(), itsm.Actor{AccountID: 1, PersonID: s.jonas, Today: storetest.Today}, storetest.Value[int64](t, s.DB, `SELECT max(id) FROM assignment`))
				}, "Jonas Weber changed part of it on 23 Nov 2026",
			}
		},
		"an end that was moved": func(s scene) refusal {
			hat := s.wear(s.analyst, s.jonas, 0)
			end := func(days int) func() error {
				return func() error {
					return s.EndAssignment(t.Context(), s.leads(), hat, storetest.Today.AddDate(0, 0, days), true, "")
				}
			}
			return refusal{end(9), end(3), "Ingrid Solberg changed part of it on 23 Nov 2026"}
		},
		"an announced hat is worn": func(s scene) refusal {
			hat := must[[]int64](t)(s.Appoint(t.Context(), s.leads(), itsm.NewAssignment{RoleIDs: []int64{s.analyst}, PersonIDs: []int64{s.jonas}, From: storetest.Today.AddDate(0, 0, 1)}))[0]
			return refusal{
				func() error { return s.Announce(t.Context(), s.leads(), hat) },
				func() error {
					return s.DB.Exec(t, `ALTER TABLE assignment DISABLE TRIGGER USER; UPDATE assignment SET during = '[2026-11-22,)', reason = 'x' WHERE id = `+itoa(hat)+`;
						ALTER TABLE change DISABLE TRIGGER USER; UPDATE change SET before = before || '{"during": "[2026-11-22,)"}', after = after || '{"during": "[2026-11-22,)", "reason": "x"}' WHERE table_name = 'assignment' AND before ->> 'announced' = 'false'`)
				}, "the hat is worn since 22 Nov 2026, so everybody knows of it",
			}
		},
		"away again": func(s scene) refusal {
			away := func() error {
				return s.AddAbsence(t.Context(), s.leads(), s.ana, itsm.Period{From: storetest.Today.AddDate(0, 0, 1), To: itsm.Until(storetest.Today.AddDate(0, 0, 5))})
			}
			if err := away(); err != nil {
				t.Fatal(err)
			}
			return refusal{func() error { return s.EndAbsence(t.Context(), s.leads(), s.ana, 1) }, away, "Ingrid Solberg entered what stands in its place on 23 Nov 2026"}
		},
		"governed again": func(s scene) refusal {
			policy := must[int64](t)(s.AddPolicy(t.Context(), s.leads(), itsm.Policy{Number: "POL-1", Title: "Log all", Statement: "All are logged.", Driver: itsm.Internal}, nil))
			attach := func() error {
				_, err := s.AttachPolicy(t.Context(), s.leads(), itsm.NewAttachment{PolicyID: policy, Target: itsm.Target{PracticeID: s.practice}, From: storetest.Today.AddDate(0, 0, 1)})
				return err
			}
			if err := attach(); err != nil {
				t.Fatal(err)
			}
			return refusal{func() error { return s.WithdrawAttachment(t.Context(), s.leads(), 1) }, attach, "Ingrid Solberg entered what stands in its place on 23 Nov 2026"}
		},
		"a policy that governed for days": func(s scene) refusal {
			policy := must[int64](t)(s.AddPolicy(t.Context(), s.leads(), itsm.Policy{Number: "POL-1", Title: "Log all", Statement: "All are logged.", Driver: itsm.Internal}, nil))
			return refusal{
				func() error {
					_, err := s.AttachPolicy(t.Context(), s.leads(), itsm.NewAttachment{PolicyID: policy, Target: itsm.Target{PracticeID: s.practice}, From: storetest.Today.AddDate(0, -1, 0)})
					return err
				},
				func() error {
					return s.DB.Exec(t, `ALTER TABLE event DISABLE TRIGGER USER; UPDATE event SET at = at - interval '9 days' WHERE id = `+itoa(s.lastEvent()))
				}, "it governs since 23 Oct 2026, and what governed stays on record. End it instead.",
			}
		},
		"a person with a hat": func(s scene) refusal {
			return refusal{
				func() error {
					_, err := s.AddPerson(t.Context(), s.leads(), itsm.Person{Name: "Nina Newcomer"})
					return err
				},
				func() error {
					s.wear(s.analyst, storetest.Value[int64](t, s.DB, `SELECT max(id) FROM person`), 0)
					return nil
				},
				"it brought Nina Newcomer, and since then something hangs on that",
			}
		},
		"a person with an address": func(s scene) refusal {
			return refusal{
				func() error {
					_, err := s.AddPerson(t.Context(), s.leads(), itsm.Person{Name: "Nina Newcomer"})
					return err
				},
				func() error {
					p := must[itsm.Person](t)(s.Person(t.Context(), storetest.Value[int64](t, s.DB, `SELECT max(id) FROM person`)))
					p.Email = "nina@tallgrass.example"
					return s.EditPerson(t.Context(), s.leads(), p)
				}, "Ingrid Solberg changed part of it on 23 Nov 2026",
			}
		},
		"a manager who left": func(s scene) refusal {
			if err := s.AddReportingLine(t.Context(), s.leads(), s.ana, s.jonas, true); err != nil {
				t.Fatal(err)
			}
			return refusal{
				func() error { return s.RemoveReportingLine(t.Context(), s.leads(), s.ana, s.jonas) },
				func() error {
					return s.Leave(t.Context(), s.leads(), s.jonas, 1, storetest.Today.AddDate(0, 0, -1), true)
				},
				"Jonas Weber, who would be named again, has left",
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := setScene(t)
			r := of(s)
			if err := r.do(); err != nil {
				t.Fatal(err)
			}
			event := s.lastEvent()
			if err := r.since(); err != nil {
				t.Fatal(err)
			}
			before := s.standing()
			s.as(s.lead).post(undoOf(event), url.Values{}).shows(t, http.StatusConflict, r.says)
			if got := s.standing(); got != before {
				t.Errorf("something was undone: %s", lost(got, before))
			}
		})
	}
}
