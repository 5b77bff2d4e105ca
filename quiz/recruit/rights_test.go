package recruit_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz/recruit"
	"digibrug/quiz/recruit/recruittest"
)

// TestWhoMayDoWhat tries every act of the store before and after the test in the name of everybody: who may is let through, whatever the
// state of the procedure then says, and everybody else is refused.
func TestWhoMayDoWhat(t *testing.T) {
	each(t, func(t *testing.T, s *recruittest.Scene) {
		all, err := s.Store.Candidates(t.Context(), s.Rik, s.P.ID)
		s.Must(err)
		c, p := all[0].ID, s.P.ID
		acts := map[string]func(ctx context.Context, by data.Actor) error{
			"read":       func(ctx context.Context, by data.Actor) error { _, err := s.Store.Procedure(ctx, by, p); return err },
			"frozen":     func(ctx context.Context, by data.Actor) error { _, err := s.Store.Frozen(ctx, by, p); return err },
			"verify":     func(ctx context.Context, by data.Actor) error { return s.Store.Verify(ctx, by, p) },
			"checklist":  func(ctx context.Context, by data.Actor) error { _, err := s.Store.Checklist(ctx, by, p); return err },
			"members":    func(ctx context.Context, by data.Actor) error { _, err := s.Store.Members(ctx, by, p); return err },
			"candidates": func(ctx context.Context, by data.Actor) error { _, err := s.Store.Candidates(ctx, by, p); return err },
			"sealed":     func(ctx context.Context, by data.Actor) error { _, err := s.Store.Sealed(ctx, by, p); return err },
			"names":      func(ctx context.Context, by data.Actor) error { _, err := s.Store.Names(ctx, by, p); return err },
			"decisions":  func(ctx context.Context, by data.Actor) error { _, err := s.Store.Decisions(ctx, by, p); return err },
			"purges":     func(ctx context.Context, by data.Actor) error { _, err := s.Store.Purges(ctx, by, p); return err },
			"change":     func(ctx context.Context, by data.Actor) error { _, err := s.Store.Change(ctx, by, s.P); return err },
			"accept":     func(ctx context.Context, by data.Actor) error { return s.Store.Accept(ctx, by, p, s.P.Accepted) },
			"open":       func(ctx context.Context, by data.Actor) error { _, err := s.Store.Open(ctx, by, p); return err },
			"close":      func(ctx context.Context, by data.Actor) error { return s.Store.Close(ctx, by, p) },
			"drop":       func(ctx context.Context, by data.Actor) error { return s.Store.Drop(ctx, by, p, "geen budget") },
			"seal":       func(ctx context.Context, by data.Actor) error { return s.Store.Seal(ctx, by, p) },
			"open names": func(ctx context.Context, by data.Actor) error { return s.Store.OpenNames(ctx, by, p) },
			"settings": func(ctx context.Context, by data.Actor) error {
				return s.Store.SetSettings(ctx, by, c, "nl", recruit.Settings{})
			},
			"rename": func(ctx context.Context, by data.Actor) error {
				return s.Store.Rename(ctx, by, c, recruit.Name{Family: "Nieuw"})
			},
			"withdraw": func(ctx context.Context, by data.Actor) error { return s.Store.Withdraw(ctx, by, all[1].ID) },
			"add": func(ctx context.Context, by data.Actor) error {
				_, err := s.Store.AddCandidates(ctx, by, p, []recruit.NewCandidate{{Name: recruit.Name{Family: by.Name}}})
				return err
			},
			"invite": func(ctx context.Context, by data.Actor) error { _, err := s.Store.Invite(ctx, by, p, nil); return err },
			"reprint": func(ctx context.Context, by data.Actor) error {
				_, err := s.Store.Reprint(ctx, by, p, "K-01", nil)
				return err
			},
			"decide": func(ctx context.Context, by data.Actor) error {
				return s.Store.Decide(ctx, by, c, recruit.Decision{Outcome: recruit.Absent, Reason: "niet gekomen"})
			},
			"sign": func(ctx context.Context, by data.Actor) error { return s.Store.Sign(ctx, by, p, "x") },
			"hold": func(ctx context.Context, by data.Actor) error {
				return s.Store.Hold(ctx, by, p, "2027-01-01", "beroep")
			},
			"end hold":   func(ctx context.Context, by data.Actor) error { return s.Store.EndHold(ctx, by, p, "beroep verworpen") },
			"sign purge": func(ctx context.Context, by data.Actor) error { return s.Store.SignPurge(ctx, by, p, "x") },
			"give a duty": func(ctx context.Context, by data.Actor) error {
				return s.Store.PutMember(ctx, by, p, recruit.Member{AccountID: s.MarkA.AccountID, Duty: recruit.Marker, From: "2026-11-01", Until: "2027-12-31"})
			},
			"end a duty": func(ctx context.Context, by data.Actor) error {
				return s.Store.RemoveMember(ctx, by, p, "x", recruit.Marker)
			},
			"list": func(ctx context.Context, by data.Actor) error {
				mine, err := s.Store.Procedures(ctx, by)
				if err == nil && !slices.ContainsFunc(mine, func(m recruit.Summary) bool { return m.ID == p }) {
					return data.ErrDenied // it is not in the list
				}
				return err
			},
			"create": func(ctx context.Context, by data.Actor) error {
				_, err := s.Store.Create(ctx, by, recruit.Procedure{OrganisationID: s.P.OrganisationID, Title: "Van " + by.Name, Details: recruittest.Details()})
				return err
			},
			"purge":     func(ctx context.Context, by data.Actor) error { _, err := s.Store.Purge(ctx, by); return err },
			"due purge": func(ctx context.Context, by data.Actor) error { _, err := s.Store.DuePurges(ctx, by); return err },
		}
		member := "read,verify,candidates,sealed,list"
		recruiter := member + ",frozen,checklist,members,names,decisions,purges,change,accept,open,close,drop,seal,open names,settings,rename,withdraw,add,invite,reprint,hold,end hold,sign purge,give a duty,end a duty,create"
		expired, disabled, kiosk := s.Actor("lid8"), s.Actor("lid9"), data.Actor{KioskID: "k1", Name: "kiosk:k1"}
		for _, by := range []data.Actor{expired, disabled} {
			s.Must(s.Accounts.Grant(t.Context(), datatest.Operator, by.Name, data.RoleRecruiter, "2026-01-01", ""))
		}
		exec(t, s, `INSERT INTO procedure_people (procedure_id, account_id, role, from_on, until_on) VALUES ($1, $2, 'recruiter', '2026-11-01', '2026-11-22')`, p, expired.AccountID)
		exec(t, s, `INSERT INTO procedure_people (procedure_id, account_id, role, from_on, until_on) VALUES ($1, $2, 'recruiter', '2026-11-01', '2026-12-31')`, p, disabled.AccountID)
		s.Must(s.Accounts.SetDisabled(t.Context(), datatest.Operator, disabled.Name, true))
		// A jury member by role who was given another duty, for which the role lacks.
		exec(t, s, `INSERT INTO procedure_people (procedure_id, account_id, role, from_on, until_on) VALUES ($1, $2, 'recruiter', '2026-11-01', '2026-12-31')`, p, s.Actor("bert.maes").AccountID)
		for who, c := range map[string]struct {
			by  data.Actor
			may string
		}{
			"recruiter":              {s.Rik, recruiter},
			"recruiter of another":   {s.Other, "create"},
			"recruiter until before": {expired, "create"},
			"account out of use":     {disabled, ""},
			"duty without the role":  {s.Actor("bert.maes"), ""},
			"supervisor":             {s.Sup, member + ",members,close,seal,settings"},
			"jury":                   {s.JuryA, member + ",frozen,members,decisions,decide,sign"},
			"marker":                 {s.MarkA, member + ",frozen"},
			"ict":                    {s.Actor("ivo.ict"), "purge,due purge"},
			"director":               {s.Actor("dirk.adm"), ""},
			"staff":                  {s.Actor("an.peeters"), ""},
			"a kiosk":                {kiosk, ""},
			"a candidate":            {data.Actor{CodeID: "x", Candidate: c, Name: "code:BCD"}, ""},
			"nobody":                 {data.Actor{}, ""},
		} {
			may := strings.Split(c.may, ",")
			for name, act := range acts {
				err := tried(t, s, func(ctx context.Context) error { return act(ctx, c.by) })
				if denied := errors.Is(err, data.ErrDenied); denied == slices.Contains(may, name) {
					t.Errorf("%s: %s: %v, may %v", who, name, err, !denied)
				}
			}
		}
	})
}

// tried runs an act of somebody on the draft of the scene, as it was before.
func tried(t *testing.T, s *recruittest.Scene, act func(context.Context) error) error {
	t.Helper()
	exec(t, s, `DELETE FROM procedure_items WHERE procedure_id = $1`, s.P.ID)
	exec(t, s, `UPDATE procedures SET state = 'draft', opened_at = 0, sealed_at = 0, closed_at = 0, hold_until = '' WHERE id = $1`, s.P.ID)
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	return act(ctx)
}

func TestMembers(t *testing.T) {
	each(t, func(t *testing.T, s *recruittest.Scene) {
		ctx := t.Context()
		put := func(m recruit.Member) error { return s.Store.PutMember(ctx, s.Rik, s.P.ID, m) }
		for name, c := range map[string]struct {
			m    recruit.Member
			want data.Why
		}{
			"no duty":            {recruit.Member{Login: "lid3", Duty: "boss", From: "2026-11-23", Until: "2026-11-23"}, data.WhyNotOneOf},
			"no days":            {recruit.Member{Login: "lid3", Duty: recruit.Supervisor, From: "2026-11-23"}, data.WhyDay},
			"days backwards":     {recruit.Member{Login: "lid3", Duty: recruit.Supervisor, From: "2026-11-23", Until: "2026-11-22"}, data.WhyEarly},
			"no such account":    {recruit.Member{Login: "niemand", Duty: recruit.Supervisor, From: "2026-11-23", Until: "2026-11-23"}, data.WhyUnknown},
			"without the role":   {recruit.Member{Login: "lid3", Duty: recruit.Jury, From: "2026-11-23", Until: "2026-11-23"}, recruit.WhyRole},
			"the last recruiter": {recruit.Member{Login: "lid1", Duty: recruit.Recruiter, From: "2026-11-23", Until: "2026-11-23"}, recruit.WhyLastRecruiter},
		} {
			if got := whys(put(c.m)); len(got) != 1 || got[0] != c.want {
				t.Errorf("%s: %v, want %s", name, got, c.want)
			}
		}
		if got := whys(s.Store.RemoveMember(ctx, s.Rik, s.P.ID, s.Rik.AccountID, recruit.Recruiter)); len(got) != 1 || got[0] != recruit.WhyLastRecruiter {
			t.Errorf("the last recruiter left: %v", got)
		}
		s.Must(put(recruit.Member{Login: "lid2", Duty: recruit.Recruiter, From: "2026-11-23", Until: "2027-11-23"}))
		s.Must(s.Store.RemoveMember(ctx, s.Rik, s.P.ID, s.Rik.AccountID, recruit.Recruiter))
		if _, err := s.Store.Procedure(ctx, s.Rik, s.P.ID); !errors.Is(err, data.ErrDenied) {
			t.Errorf("who left reads: %v", err)
		}
		all, err := s.Store.Members(ctx, s.Other, s.P.ID)
		s.Must(err)
		var got []string
		for _, m := range all {
			got = append(got, m.Login+" "+string(m.Duty)+" "+m.From+" "+m.Until)
		}
		if want := "lid2 recruiter 2026-11-23 2027-11-23, lid3 supervisor 2026-11-01 2027-12-31"; !strings.HasPrefix(strings.Join(got, ", "), want) || len(got) != 6 {
			t.Errorf("members %v", got)
		}
	})
}
