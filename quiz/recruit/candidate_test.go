package recruit_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz/recruit"
	"digibrug/quiz/recruit/recruittest"
)

func TestAddCandidates(t *testing.T) {
	each(t, func(t *testing.T, s *recruittest.Scene) {
		ctx := t.Context()
		add := func(all ...recruit.NewCandidate) []data.Why {
			_, err := s.Store.AddCandidates(ctx, s.Rik, s.P.ID, all)
			return whys(err)
		}
		who := func(change func(*recruit.NewCandidate)) recruit.NewCandidate {
			n := recruit.NewCandidate{Name: recruit.Name{Given: "Nele", Family: "Testpersoon"}, Line: 7}
			change(&n)
			return n
		}
		for name, c := range map[string]struct {
			all  []recruit.NewCandidate
			want []data.Why
		}{
			"no name":               {[]recruit.NewCandidate{who(func(n *recruit.NewCandidate) { n.Family = " \x1b " })}, []data.Why{recruit.WhySomething}},
			"a bad mail address":    {[]recruit.NewCandidate{who(func(n *recruit.NewCandidate) { n.Email = "Nele <nele@voorbeeld.example>" })}, []data.Why{recruit.WhyMail}},
			"a national number":     {[]recruit.NewCandidate{who(func(n *recruit.NewCandidate) { n.Reference = "85.07.30-033 28" })}, []data.Why{data.WhyNationalNumber}},
			"a language of none":    {[]recruit.NewCandidate{who(func(n *recruit.NewCandidate) { n.Language = "de" })}, []data.Why{recruit.WhyHelp}},
			"too much time":         {[]recruit.NewCandidate{who(func(n *recruit.NewCandidate) { n.Settings.Factor = 3.5 })}, []data.Why{recruit.WhyFactor}},
			"less time":             {[]recruit.NewCandidate{who(func(n *recruit.NewCandidate) { n.Settings.Factor = 0.5 })}, []data.Why{recruit.WhyFactor}},
			"too long breaks":       {[]recruit.NewCandidate{who(func(n *recruit.NewCandidate) { n.Settings.Breaks = 121 })}, []data.Why{data.WhyNumber}},
			"somebody who is there": {recruittest.Names(1), []data.Why{recruit.WhySame}},
			"twice in one file":     {[]recruit.NewCandidate{who(func(*recruit.NewCandidate) {}), who(func(*recruit.NewCandidate) {})}, []data.Why{recruit.WhySame}},
			"too many": {func() (all []recruit.NewCandidate) {
				for i := range 495 {
					all = append(all, who(func(n *recruit.NewCandidate) { n.Reference = fmt.Sprint(i) }))
				}
				return all
			}(), []data.Why{recruit.WhyFull}},
			"none": {nil, nil},
		} {
			if got := add(c.all...); !slices.Equal(got, c.want) {
				t.Errorf("%s: %v, want %v", name, got, c.want)
			}
		}
		var bad *data.Invalid
		if _, err := s.Store.AddCandidates(ctx, s.Rik, s.P.ID, []recruit.NewCandidate{who(func(n *recruit.NewCandidate) { n.Family = "" })}); !errors.As(err, &bad) || bad.Line != 7 {
			t.Errorf("without its line: %v", err)
		}
		hostile := who(func(n *recruit.NewCandidate) { n.Family, n.Settings.Factor = "=HYPERLINK(\"x\")\x1b]0;x\x07\u202e", 1 })
		if _, err := s.Store.AddCandidates(ctx, s.Rik, s.P.ID, []recruit.NewCandidate{hostile}); err != nil {
			t.Fatal(err)
		}
		names, err := s.Store.Names(ctx, s.Rik, s.P.ID)
		s.Must(err)
		if len(names) != 7 || strings.ContainsAny(names[0].Family, "\x1b\x07\u202e") || names[0].Settings.Factor != 0 {
			t.Errorf("names %+v", names)
		}
	})
}

func TestLateCandidate(t *testing.T) {
	each(t, func(t *testing.T, s *recruittest.Scene) {
		ctx := t.Context()
		s.P.Forms, s.P.Accepted = 2, append(s.P.Accepted, recruit.WarnForms)
		_, err := s.Store.Change(ctx, s.Rik, s.P)
		s.Must(err)
		s.Open()
		s.Invite()
		all, err := s.Store.Candidates(ctx, s.Rik, s.P.ID)
		s.Must(err)
		forms := map[string]int{}
		for _, c := range all {
			forms[c.Form]++
		}
		if forms["A"] != 3 || forms["B"] != 3 {
			t.Errorf("forms %v", forms)
		}
		at := slices.IndexFunc(all, func(c recruit.Candidate) bool { return c.Form == "B" })
		s.Must(s.Store.Withdraw(ctx, s.Rik, all[at].ID))
		s.Must(s.Store.Withdraw(ctx, s.Rik, all[at].ID)) // again is fine
		late, err := s.Store.AddCandidates(ctx, s.Rik, s.P.ID, []recruit.NewCandidate{{Name: recruit.Name{Given: "Late", Family: "Laat"}, Language: "fr"}})
		if err != nil || late[0].Label != "K-07" || late[0].Form != "B" || late[0].Language != "fr" {
			t.Fatalf("late candidate %+v, %v", late, err)
		}
		letters := s.Invite()
		if len(letters) != 1 || letters[0].Candidate.Label != "K-07" || letters[0].Name.Family != "Laat" || letters[0].Code.Person != "K-07" {
			t.Errorf("letters %+v", letters)
		}
		if _, err := s.Store.Names(ctx, s.Rik, s.P.ID); !errors.Is(err, recruit.ErrSealed) {
			t.Errorf("names: %v", err)
		}
		all, err = s.Store.Candidates(ctx, s.Rik, s.P.ID)
		if err != nil || all[at].Code != data.CodeUsed || !all[at].Withdrawn || all[6].Code != data.CodeLive {
			t.Errorf("codes %+v, %v", all, err)
		}
	})
}

// TestNamesAreSealed follows the list of names from the draft to the end.
func TestNamesAreSealed(t *testing.T) {
	hand := &datatest.Hand{}
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		hand = &datatest.Hand{}
		s := recruittest.NewScene(t, db)
		ctx := t.Context()
		s.P.Days = recruit.Days{From: "2026-11-24", Until: "2026-11-24", Open: 9 * 60, Close: 17 * 60}
		_, err := s.Store.Change(ctx, s.Rik, s.P)
		s.Must(err)
		read := func(when string, by data.Actor, want error) []recruit.NameRow {
			t.Helper()
			names, err := s.Store.Names(ctx, by, s.P.ID)
			if !errors.Is(err, want) || want == nil && (err != nil || len(names) != 6) {
				t.Errorf("%s: %d names, %v; want %v", when, len(names), err, want)
			}
			return names
		}
		names := read("draft", s.Rik, nil)
		read("draft, supervisor", s.Sup, data.ErrDenied)
		read("draft, jury", s.JuryA, data.ErrDenied)
		s.Must(s.Store.Rename(ctx, s.Rik, names[0].CandidateID, recruit.Name{Given: "Mieke", Family: "Verbeterd"}))
		s.Open()
		read("open, not invited", s.Rik, nil)
		var listed []recruit.NameRow
		letters, err := s.Store.Invite(ctx, s.Rik, s.P.ID, func(_ context.Context, _ *data.Tx, _ []recruit.Invitation, names []recruit.NameRow) error {
			listed = names
			return nil
		})
		if err != nil || len(letters) != 6 || len(listed) != 6 || letters[0].Candidate.Label != "K-01" || letters[0].Name.Family == "" || len(letters[0].Code.Secret) != 10 {
			t.Fatalf("letters %+v, list %+v, %v", letters, listed, err)
		}
		read("invited, the day before", s.Rik, nil)
		if closed, err := s.Store.Sealed(ctx, s.Sup, s.P.ID); closed || err != nil {
			t.Errorf("the day before: sealed %v, %v", closed, err)
		}
		again, err := s.Store.Reprint(ctx, s.Rik, s.P.ID, "K-03", nil)
		if err != nil || again.Code.Secret == letters[2].Code.Secret || again.Candidate.ID != letters[2].Candidate.ID || again.Name != letters[2].Name {
			t.Errorf("reprinted %+v, %v", again, err)
		}
		if _, err := s.Store.Reprint(ctx, s.Rik, s.P.ID, "K-99", nil); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("reprint of nobody: %v", err)
		}
		hand.Forward(21 * time.Hour) // the window has begun, and everybody has an invitation
		read("the window has begun", s.Rik, recruit.ErrSealed)
		if err := s.Store.Rename(ctx, s.Rik, names[0].CandidateID, recruit.Name{Family: "Anders"}); !errors.Is(err, recruit.ErrSealed) {
			t.Errorf("renamed: %v", err)
		}
		if again, err = s.Store.Reprint(ctx, s.Rik, s.P.ID, "K-03", nil); err != nil || again.Name != (recruit.Name{}) {
			t.Errorf("reprinted with a name: %+v, %v", again, err)
		}
		by := data.Actor{CodeID: again.Code.ID, Candidate: again.Candidate.ID, Name: again.Code.Login(), From: "192.0.2.7"}
		_, err = s.Store.Arrive(ctx, by, "visit", "PC-1")
		s.Must(err)
		if p, err := s.Store.Procedure(ctx, s.Sup, s.P.ID); err != nil || p.SealedAt.IsZero() {
			t.Errorf("the first candidate doesn't seal: %v, %v", p.SealedAt, err)
		}
		s.Must(s.Store.Seal(ctx, s.Sup, s.P.ID)) // twice is fine
		if err := s.Store.OpenNames(ctx, s.Rik, s.P.ID); !errors.Is(err, recruit.ErrState) {
			t.Errorf("opened while open: %v", err)
		}
		s.Must(s.Store.Close(ctx, s.Sup, s.P.ID))
		read("closed", s.Rik, recruit.ErrSealed)
		s.Force(recruit.Scored)
		read("scored", s.Rik, recruit.ErrSealed)
		if err := s.Store.OpenNames(ctx, s.Sup, s.P.ID); !errors.Is(err, data.ErrDenied) {
			t.Errorf("opened by the supervisor: %v", err)
		}
		s.Must(s.Store.OpenNames(ctx, s.Rik, s.P.ID))
		read("named", s.Rik, nil)
		read("named, jury", s.JuryB, nil)
		read("named, marker", s.MarkA, data.ErrDenied)
		if p, err := s.Store.Procedure(ctx, s.Rik, s.P.ID); err != nil || p.NamedBy != "lid1" || p.NamedAt.IsZero() {
			t.Errorf("named by %q at %v, %v", p.NamedBy, p.NamedAt, err)
		}
		rows, err := db.Audit(ctx, datatest.Operator, 300)
		s.Must(err)
		acts := map[string]int{}
		for _, r := range rows {
			acts[r.Action]++
			if strings.Contains(fmt.Sprint(r), "Sollicitant") || strings.Contains(fmt.Sprint(r), "Verbeterd") {
				t.Errorf("the audit log has a name: %+v", r)
			}
		}
		if acts["recruit.names"] != 5 || acts["recruit.seal"] != 1 || acts["recruit.open_names"] != 1 || acts["recruit.rename"] != 1 {
			t.Errorf("audited %v", acts)
		}
	}, data.WithClock(func() time.Time { return hand.Now() }))
}

func TestSmallProcedureSeals(t *testing.T) {
	each(t, func(t *testing.T, s *recruittest.Scene) {
		s.Open()
		if _, err := s.Store.Names(t.Context(), s.Rik, s.P.ID); err != nil {
			t.Errorf("the window has begun, and letters must still be written: %v", err)
		}
		full := errors.New("the printer is out of paper")
		if _, err := s.Store.Invite(t.Context(), s.Rik, s.P.ID, func(context.Context, *data.Tx, []recruit.Invitation, []recruit.NameRow) error { return full }); !errors.Is(err, full) {
			t.Errorf("invited: %v", err)
		}
		if closed, err := s.Store.Sealed(t.Context(), s.Rik, s.P.ID); closed || err != nil {
			t.Errorf("sealed %v without letters, %v", closed, err)
		}
		if n := len(s.Invite()); n != 6 {
			t.Errorf("%d letters", n)
		}
		if _, err := s.Store.Names(t.Context(), s.Rik, s.P.ID); !errors.Is(err, recruit.ErrSealed) {
			t.Errorf("after the invitations: %v", err)
		}
		if n := len(s.Invite()); n != 0 {
			t.Errorf("%d letters again", n)
		}
	})
}

func TestSettingsStayOnceBegun(t *testing.T) {
	each(t, func(t *testing.T, s *recruittest.Scene) {
		ctx := t.Context()
		s.Open()
		all, err := s.Store.Candidates(ctx, s.Rik, s.P.ID)
		s.Must(err)
		set := recruit.Settings{Factor: 1.25, Breaks: 10, Reading: true, Big: true, Layout: "qwerty", Untimed: true}
		s.Must(s.Store.SetSettings(ctx, s.Sup, all[0].ID, "en", set))
		if all, err = s.Store.Candidates(ctx, s.Sup, s.P.ID); err != nil || all[0].Settings != set || all[0].Language != "en" {
			t.Errorf("set %+v, %v", all[0], err)
		}
		for _, by := range []data.Actor{s.JuryA, s.MarkA} {
			if seen, err := s.Store.Candidates(ctx, by, s.P.ID); err != nil || seen[0].Settings != (recruit.Settings{}) {
				t.Errorf("%s sees %+v, %v", by.Name, seen[0].Settings, err)
			}
		}
		named(t, s)
		if err := s.Store.SetSettings(ctx, s.Rik, all[0].ID, "nl", recruit.Settings{}); !errors.Is(err, recruit.ErrState) {
			t.Errorf("set after the test: %v", err)
		}
		s.Force(recruit.Open)
		if err := s.Store.SetSettings(ctx, s.Rik, all[0].ID, "nl", recruit.Settings{}); !errors.Is(err, recruit.ErrSat) {
			t.Errorf("set during the test: %v", err)
		}
		if err := s.Store.Withdraw(ctx, s.Rik, all[0].ID); !errors.Is(err, recruit.ErrSat) {
			t.Errorf("withdrawn during the test: %v", err)
		}
	})
}
