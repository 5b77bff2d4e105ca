package courses_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/data"
	"digibrug/data/datatest"
)

// TestSocialAidStaysWithTheOCMW: nobody of the courses, of whatever role, can keep or see that somebody is a client of the
// OCMW; with a proof that was seen on a day the lower fee works without it.
func TestSocialAidStaysWithTheOCMW(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		for _, r := range []courses.FeeRule{{Cents: 2500}, {Category: courses.Resident, Cents: 500, Reduced: true, ProofDays: 365}} {
			r.Decision, r.DecidedOn, r.From = "GR-2026-7", "2026-01-10", "2026-02-01"
			coursestest.Must(s.PutFeeRule(t.Context(), s.An, r))(t)
		}
		one := s.Open(3, s.Sessions(s.Hall, s.Mia, nextWeek)...)
		who := s.Person()
		for name, by := range map[string]data.Actor{"coordinator": s.An, "clerk": s.Clerk, "operator": datatest.Operator} {
			client := who
			client.Category = "client"
			if _, err := s.PutParticipant(t.Context(), by, client); badInput(err) == "" {
				t.Errorf("the %s keeps who is a client: %v", name, err)
			}
		}
		e := coursestest.Must(s.Enrol(t.Context(), s.Clerk, courses.EnrolAsk{Series: one.ID, Participant: who.ID, ProofSeen: true}))(t)[0]
		if !e.Fee.Known || e.Fee.Cents != 500 || e.Fee.Proof.On != data.DayOf(s.Clock.Now()) {
			t.Errorf("with a proof: %+v", e.Fee)
		}
	})
}

// TestClientsOfBefore: the migration takes that out of participants, enrolments, fees and courses of before, and leaves the
// fee as it was.
func TestClientsOfBefore(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		one := s.Open(3, s.Sessions(s.Hall, s.Mia, nextWeek)...)
		s.Join(one, courses.Participant{})
		rule := coursestest.Must(s.PutFeeRule(t.Context(), s.An, courses.FeeRule{Category: courses.Resident, Cents: 500, Decision: "GR-2026-7", DecidedOn: "2026-01-10", From: "2026-02-01"}))(t)
		aimed := s.Email
		aimed.Audience.Who = []courses.Category{courses.Resident}
		coursestest.Must(s.PutCourse(t.Context(), s.An, aimed))(t)
		run := func(queries ...string) {
			t.Helper()
			s.OK(s.DB.InTx(t.Context(), func(tx *data.Tx) error {
				for _, q := range queries {
					if _, err := tx.ExecContext(t.Context(), q); err != nil {
						return err
					}
				}
				return tx.Audit(t.Context(), s.An, "proef", "")
			}))
		}
		run(`UPDATE participants SET category = 'client'`, `UPDATE enrolments SET category = 'client', fee = replace(fee, '"category":"resident"', '"category":"client"')`,
			`UPDATE course_fee_rules SET details = replace(details, '"category":"resident"', '"category":"client"')`, `UPDATE courses SET details = replace(details, '"resident"', '"client"')`)
		file, err := os.ReadFile("../data/migrations/00023_roomholds.sql")
		s.OK(err)
		_, text, has := strings.Cut(string(file), "ON CONFLICT DO NOTHING;")
		text, _, ends := strings.Cut(text, "-- +goose Down")
		if !has || !ends {
			t.Fatal("the migration has no such statements")
		}
		run(strings.Split(strings.TrimSuffix(strings.TrimSpace(text), ";"), ";")...)
		who := coursestest.Must(s.Participants(t.Context(), s.Clerk, "", 10))(t)
		list := coursestest.Must(s.Enrolments(t.Context(), s.Clerk, one.ID))(t)
		rules := coursestest.Must(s.FeeRules(t.Context(), s.An))(t)
		all := coursestest.Must(s.Courses(t.Context()))(t)
		if text := fmt.Sprintf("%+v %+v %+v %+v", who, list, rules, all); strings.Contains(text, "client") {
			t.Errorf("somebody is still a client: %s", text)
		}
		if len(rules) != 1 || rules[0].ID != rule.ID || !rules[0].Reduced || rules[0].ProofDays != 365 || rules[0].Category != courses.Resident {
			t.Errorf("the fee for clients is now %+v", rules)
		}
	})
}
