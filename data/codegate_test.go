package data_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
)

func logTo(w io.Writer) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// dumpAll gives every value of every table that codes could leave a trace in.
func dumpAll(t *testing.T, db *data.DB) string {
	t.Helper()
	var all strings.Builder
	for _, table := range []string{"codes", "code_salt", "code_tries", "code_sources", "login_guesses", "audit", "audit_head", "persons", "accounts", "settings"} {
		rows, err := db.QueryContext(t.Context(), `SELECT * FROM `+table)
		if err != nil {
			t.Fatal(err)
		}
		columns := must(rows.Columns())(t)
		for rows.Next() {
			values := make([]any, len(columns))
			for i := range values {
				values[i] = new(any)
			}
			if err := rows.Scan(values...); err != nil {
				t.Fatal(err)
			}
			for _, v := range values {
				fmt.Fprintf(&all, "%v|", *v.(*any))
			}
			all.WriteString("\n")
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}

func TestEnterWithACode(t *testing.T) {
	eachTown(t, func(t *testing.T, h town) {
		one := h.issue(najaar, "an.peeters")[0]
		kiosk := data.Identity{KioskID: "k1"}
		id := must(h.gate.Code(t.Context(), data.ShowCode(one.Secret), "192.0.2.1", kiosk))(t)
		if id.CodeID != one.ID || id.KioskID != "k1" || id.AccountID != "" || id.PersonID != one.PersonID || id.Name != "An Peeters" ||
			id.Journey != najaar || !slices.Equal(id.Roles, []data.Role{data.RoleStaff}) || id.Login != "code:"+one.Mark || id.From != "192.0.2.1" || id.Language != "" {
			t.Errorf("identity %+v", id)
		}
		if !id.Known() || id.Actor().CodeID != one.ID || id.Actor().KioskID != "k1" {
			t.Errorf("actor %+v", id.Actor())
		}
		id.Method = "kiosk"
		h.gate.Entered(t.Context(), id)
		h.hand.Forward(time.Hour)
		h.gate.Entered(t.Context(), id)
		if c := must(h.codes.Find(t.Context(), operator, one.ID))(t); !c.UsedAt.Equal(datatest.Noon) || c.State != data.CodeLive {
			t.Errorf("after coming in twice: used at %v, %s", c.UsedAt, c.State)
		}
		last := must(h.DB.Audit(t.Context(), operator, 1))(t)[0]
		if last.Action != "login" || last.Object != "code:"+one.Mark || last.Actor != "code:"+one.Mark || last.Detail["method"] != "kiosk" {
			t.Errorf("audit row %+v", last)
		}
	})
}

// TestTwoPeopleOnOneCodeAtOnce: the paper is the person. Two who type it are both let in as that person; there is one
// attempt, and when it is done the code is done for both.
func TestTwoPeopleOnOneCodeAtOnce(t *testing.T) {
	eachTown(t, func(t *testing.T, h town) {
		one := h.issue(najaar, "an.peeters")[0]
		ids, errs := make([]data.Identity, 20), make([]error, 20)
		var people sync.WaitGroup
		for i := range ids {
			people.Go(func() { ids[i], errs[i] = h.enter(one.Secret, fmt.Sprint("192.0.2.", i)) })
		}
		people.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
		for range 2 { // handing in twice is fine
			useUp(t, h, one.PersonID, najaar)
		}
		if _, err := h.enter(one.Secret, "192.0.2.1"); !errors.Is(err, data.ErrCodeUsed) {
			t.Errorf("a used code: %v", err)
		}
		for _, id := range ids[:2] {
			if err := h.gate.Still(t.Context(), id); err != nil {
				t.Errorf("reading the own result: %v", err)
			}
		}
		h.hand.Forward(30 * time.Minute)
		for _, id := range ids[:2] {
			if err := h.gate.Still(t.Context(), id); !errors.Is(err, data.ErrCodeUsed) {
				t.Errorf("half an hour after the end: %v", err)
			}
		}
	})
}

func useUp(t *testing.T, h town, person string, j data.Journey) {
	t.Helper()
	if err := h.DB.InTx(t.Context(), func(tx *data.Tx) error { return data.UseUp(t.Context(), tx, person, j) }); err != nil {
		t.Fatal(err)
	}
}

func TestCodeAtAnAddress(t *testing.T) {
	eachTown(t, func(t *testing.T, h town) {
		only := []netip.Prefix{netip.MustParsePrefix("192.0.2.0/28"), netip.MustParsePrefix("2001:db8:5::/48")}
		one := must(h.codes.Issue(t.Context(), operator, najaar, []string{h.Identity("an.peeters").PersonID}, month(t), only, nil))(t)[0]
		for from, want := range map[string]error{"192.0.2.15": nil, "192.0.2.16": data.ErrCodeAddress, "2001:db8:5:1::9": nil, "2001:db8:6::9": data.ErrCodeAddress,
			"::ffff:192.0.2.3": nil, "": data.ErrCodeAddress, "nonsense": data.ErrCodeAddress} {
			if _, err := h.enter(one.Secret, from); !errors.Is(err, want) || want == nil && err != nil {
				t.Errorf("from %q: %v, want %v", from, err, want)
			}
		}
		if next := must(h.codes.Reprint(t.Context(), operator, one.ID, nil))(t); !slices.Equal(next.Addresses, only) {
			t.Errorf("the reprinted code may be typed at %v", next.Addresses)
		}
	})
}

func TestJourneysOfCodes(t *testing.T) {
	eachTown(t, func(t *testing.T, h town) {
		voorjaar := data.Journey{Kind: data.JourneyAssessment, Of: "voorjaar"}
		procedure := data.Journey{Kind: data.JourneyRecruitment, Of: "p1"}
		campaign := must(h.enter(h.issue(najaar, "an.peeters")[0].Secret, "192.0.2.1"))(t)
		staff := must(h.enter(h.issue(data.Journey{Kind: data.JourneyStaff}, "an.peeters")[0].Secret, "192.0.2.1"))(t)
		k7 := []data.Holder{{Candidate: "c7", Label: "K-07"}}
		candidate := must(h.enter(must(h.codes.IssueCandidates(t.Context(), h.Actor("lid2"), procedure.Of, k7, month(t), nil, nil))(t)[0].Secret, "192.0.2.1"))(t)
		if len(candidate.Roles) != 0 || candidate.Candidate != "c7" || candidate.Name != "K-07" || candidate.PersonID != "" {
			t.Errorf("a candidate is %+v", candidate)
		}
		stolen := campaign.Actor()
		stolen.PersonID = h.Identity("lid1").PersonID
		mixed := campaign.Actor()
		mixed.AccountID = h.Identity("ivo.ict").AccountID
		invented := campaign.Actor()
		invented.CodeID = "nothing"
		for name, c := range map[string]struct {
			by  data.Actor
			j   data.Journey
			may bool
		}{
			"its campaign":             {campaign.Actor(), najaar, true},
			"another campaign":         {campaign.Actor(), voorjaar, false},
			"no campaign":              {campaign.Actor(), data.Journey{}, false},
			"a procedure":              {campaign.Actor(), procedure, false},
			"own things by a campaign": {campaign.Actor(), data.Journey{Kind: data.JourneyStaff}, false},
			"any campaign, staff":      {staff.Actor(), voorjaar, true},
			"own things, staff":        {staff.Actor(), data.Journey{Kind: data.JourneyStaff}, true},
			"a procedure, staff":       {staff.Actor(), procedure, false},
			"its procedure":            {candidate.Actor(), procedure, true},
			"a campaign, candidate":    {candidate.Actor(), najaar, false},
			"for somebody else":        {stolen, najaar, false},
			"with an account beside":   {mixed, najaar, false},
			"a code that is not there": {invented, najaar, false},
			"a kiosk alone":            {data.Actor{KioskID: "k1", Name: "kiosk:k1"}, najaar, false},
			"nobody":                   {data.Actor{}, najaar, false},
			"an account of staff":      {h.Actor("lid3"), najaar, true},
			"the operator":             {operator, najaar, true},
		} {
			err := data.RequireFor(t.Context(), h.DB, c.by, c.j, data.RoleStaff)
			if (err == nil) != c.may || err != nil && !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s: %v, may %v", name, err, c.may)
			}
		}
		for _, id := range []data.Identity{campaign, staff, candidate} {
			if err := data.Require(t.Context(), h.DB, id.Actor(), data.Roles()...); !errors.Is(err, data.ErrDenied) {
				t.Errorf("Require lets %s in: %v", id.Login, err)
			}
		}
		useUp(t, h, campaign.PersonID, najaar)
		useUp(t, h, campaign.PersonID, data.Journey{Kind: data.JourneyStaff})
		if h.state(campaign.CodeID) != data.CodeUsed || h.state(staff.CodeID) != data.CodeLive {
			t.Errorf("after the campaign: its code is %s, that of staff %s", h.state(campaign.CodeID), h.state(staff.CodeID))
		}
	})
}

func TestGuessingCodesPerSource(t *testing.T) {
	eachTown(t, func(t *testing.T, h town) {
		one := h.issue(najaar, "an.peeters")[0]
		for range data.CodeFree + 9 {
			if _, err := h.enter(data.NewCode(), "192.0.2.9"); !errors.Is(err, data.ErrDenied) || errors.Is(err, data.ErrCodesClosed) {
				t.Fatalf("a guess: %v", err)
			}
		}
		if got := fmt.Sprint(*h.slept); got != "[1s 2s 4s 8s 16s 32s 1m0s 1m0s]" {
			t.Errorf("waits were %s", got)
		}
		*h.slept = nil
		if _, err := h.enter(one.Secret, "192.0.2.10"); err != nil || len(*h.slept) != 0 {
			t.Errorf("a right code from elsewhere: %v, waited %v", err, *h.slept)
		}
		if _, err := h.enter(one.Secret, "192.0.2.9"); err != nil || fmt.Sprint(*h.slept) != "[1m0s]" {
			t.Errorf("a right code behind the guesser: %v, waited %v", err, *h.slept)
		}
		*h.slept = nil
		kiosk := data.Identity{KioskID: "k1"}
		if _, err := h.gate.Code(t.Context(), one.Secret, "192.0.2.9", kiosk); err != nil || len(*h.slept) != 0 {
			t.Errorf("at a kiosk behind the same address: %v, waited %v", err, *h.slept)
		}
		for range data.CodeFree + 2 {
			_, _ = h.gate.Code(t.Context(), data.NewCode(), "192.0.2.50", kiosk)
		}
		_, _ = h.gate.Code(t.Context(), data.NewCode(), "192.0.2.50", data.Identity{KioskID: "k2"})
		if got := fmt.Sprint(*h.slept); got != "[1s]" {
			t.Errorf("waits at kiosks were %s", got)
		}
		*h.slept = nil
		for range 3 * data.CodeFree { // slips, and what is no code, are no guesses
			if _, err := h.enter(one.Secret[:9]+"q", "192.0.2.77"); whyOf(err) != data.WhyCodeLetter {
				t.Fatal(err)
			}
		}
		if len(*h.slept) != 0 {
			t.Errorf("slips waited %v", *h.slept)
		}
		alarms := 0
		for _, r := range must(h.DB.Audit(t.Context(), operator, 100))(t) {
			if r.Action == "code.guessing" && r.Object == "192.0.2.9" {
				alarms++
			}
		}
		if alarms != 1 {
			t.Errorf("%d alarms about the guesser, want 1", alarms)
		}
		h.hand.Forward(31 * time.Minute)
		if _, err := h.enter(data.NewCode(), "192.0.2.9"); !errors.Is(err, data.ErrDenied) || len(*h.slept) != 0 {
			t.Errorf("after half an hour of rest: %v, waited %v", err, *h.slept)
		}
	})
}

// TestGuessesFromEverywhereAtOnce uses up the tries of an hour from as many addresses, at the same moment: no more
// than codeTries are looked at, the honest at known addresses and kiosks go on, and after an hour all is as before.
func TestGuessesFromEverywhereAtOnce(t *testing.T) {
	eachTown(t, func(t *testing.T, h town) {
		issued := h.issue(najaar, "an.peeters", "lid3")
		one, used := issued[0], issued[1]
		must(h.enter(one.Secret, "198.51.100.1"))(t)
		useUp(t, h, used.PersonID, najaar)
		var mu sync.Mutex
		looked, closed := 0, 0
		var crowd sync.WaitGroup
		for worker := range 8 {
			crowd.Go(func() {
				for i := range 50 {
					_, err := h.enter(data.NewCode(), fmt.Sprintf("10.%d.%d.1", worker, i))
					mu.Lock()
					switch {
					case errors.Is(err, data.ErrCodesClosed):
						closed++
					case errors.Is(err, data.ErrDenied):
						looked++
					default:
						t.Errorf("a guess: %v", err)
					}
					mu.Unlock()
				}
			})
		}
		crowd.Wait()
		if looked > data.CodeTries || looked < data.CodeTries-8 || looked+closed != 400 {
			t.Errorf("%d guesses were looked at and %d not, want %d looked at", looked, closed, data.CodeTries)
		}
		for range 10 { // fill up what parallel tries left over
			_, _ = h.enter(data.NewCode(), "10.9.9.9")
		}
		if _, err := h.enter(one.Secret, "203.0.113.5"); !errors.Is(err, data.ErrCodesClosed) {
			t.Errorf("a right code from an unknown address: %v", err)
		}
		if _, err := h.enter(one.Secret, "198.51.100.1"); err != nil {
			t.Errorf("a right code from a known address: %v", err)
		}
		if _, err := h.enter(used.Secret, "198.51.100.1"); !errors.Is(err, data.ErrCodeUsed) {
			t.Errorf("a used code from a known address: %v", err)
		}
		if _, err := h.gate.Code(t.Context(), one.Secret, "203.0.113.5", data.Identity{KioskID: "k1"}); err != nil {
			t.Errorf("a right code at a kiosk: %v", err)
		}
		alarms := 0
		for _, r := range must(h.DB.Audit(t.Context(), operator, 100))(t) {
			if r.Action == "code.guessing" && r.Object == "all" {
				alarms++
			}
		}
		if alarms != 1 {
			t.Errorf("%d alarms, want 1", alarms)
		}
		h.hand.Forward(61 * time.Minute)
		if err := h.gate.Tidy(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := h.enter(one.Secret, "203.0.113.5"); err != nil {
			t.Errorf("an hour later: %v", err)
		}
		var left int
		if err := data.One(t.Context(), h.DB, []any{&left}, `SELECT count(*) FROM code_tries`); err != nil || left != 0 {
			t.Errorf("%d tries are left, %v", left, err)
		}
	})
}

// TestOwnDeadCodesAreNoGuesses: who types a used code again and again isn't slowed, and closes nothing.
func TestOwnDeadCodesAreNoGuesses(t *testing.T) {
	eachTown(t, func(t *testing.T, h town) {
		one := h.issue(najaar, "an.peeters")[0]
		useUp(t, h, one.PersonID, najaar)
		for range 2 * data.CodeFree {
			if _, err := h.enter(one.Secret, "192.0.2.9"); !errors.Is(err, data.ErrCodeUsed) {
				t.Fatal(err)
			}
		}
		if len(*h.slept) != 0 {
			t.Errorf("waited %v", *h.slept)
		}
	})
}

// TestMondayAtEightWithLettersAtOnce lets a whole service come in at once behind one address.
func TestMondayAtEightWithLettersAtOnce(t *testing.T) {
	eachTown(t, func(t *testing.T, h town) {
		issued := h.issue(najaar, append(h.Logins("Burgerzaken"), h.Logins("Sociale dienst")...)...)
		errs := make([]error, len(issued))
		var people sync.WaitGroup
		for i, one := range issued {
			people.Go(func() { _, errs[i] = h.enter(one.Secret, "192.0.2.9") })
		}
		people.Wait()
		if err := errors.Join(errs...); err != nil || len(*h.slept) != 0 {
			t.Errorf("%v; waited %v", err, *h.slept)
		}
	})
}

// TestHangingUpWhileWaiting: who hangs up during a wait was not looked at.
func TestHangingUpWhileWaiting(t *testing.T) {
	eachTown(t, func(t *testing.T, h town) {
		one := h.issue(najaar, "an.peeters")[0]
		for range data.CodeFree + 1 {
			_, _ = h.enter(data.NewCode(), "192.0.2.9")
		}
		data.SetSleep(h.gate, func(context.Context, time.Duration) error { return context.Canceled })
		if id, err := h.enter(one.Secret, "192.0.2.9"); !errors.Is(err, context.Canceled) || id.Known() {
			t.Errorf("hung up: %+v, %v", id, err)
		}
	})
}
