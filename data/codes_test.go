package data_test

import (
	"errors"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
)

// town is the Town with codes, a clock that is moved by hand, and a gate that notes its waits.
type town struct {
	*datatest.Town
	hand  *datatest.Hand
	codes *data.Codes
	gate  *data.Gate
	slept *[]time.Duration
	t     *testing.T
}

func eachTown(t *testing.T, test func(t *testing.T, h town)) {
	t.Helper()
	datatest.EachURL(t, func(t *testing.T, url string) {
		hand := &datatest.Hand{}
		h := town{Town: datatest.NewTown(t, datatest.Open(t, url, data.WithClock(hand.Now))), hand: hand, t: t}
		h.codes = data.NewCodes(h.DB, data.NewHasher(cheap))
		h.gate, h.slept = waits(house{db: h.DB, accounts: h.Accounts})
		h.grant("ivo.ict", data.RoleICT)
		h.grant("lid1", data.RoleDeputy)
		h.grant("lid2", data.RoleRecruiter)
		test(t, h)
	})
}

func (h town) grant(login string, role data.Role) {
	h.t.Helper()
	if err := h.Accounts.Grant(h.t.Context(), operator, login, role, "2026-01-01", ""); err != nil && whyOf(err) != data.WhyTwice {
		h.t.Fatal(err)
	}
}

// najaar is a kennismeting.
var najaar = data.Journey{Kind: data.JourneyAssessment, Of: "najaar"}

// month is a window of four weeks around Noon.
var month = must(data.Days("2026-11-16", "2026-12-13"))

func (h town) issue(j data.Journey, logins ...string) []data.Issued {
	h.t.Helper()
	var persons []string
	for _, login := range logins {
		persons = append(persons, h.Identity(login).PersonID)
	}
	return must(h.codes.Issue(h.t.Context(), h.Actor("ivo.ict"), j, persons, month(h.t), nil, nil))(h.t)
}

func (h town) state(id string) data.CodeState {
	h.t.Helper()
	return must(h.codes.Find(h.t.Context(), operator, id))(h.t).State
}

func (h town) enter(code, from string) (data.Identity, error) {
	h.t.Helper()
	return h.gate.Code(h.t.Context(), code, from, data.Identity{})
}

func TestIssueCodes(t *testing.T) {
	eachTown(t, func(t *testing.T, h town) {
		got := h.issue(najaar, "lid1", "dora.claes", "an.peeters", "lid1")
		var order []string
		for _, one := range got {
			order = append(order, one.Service+": "+one.Person)
			if code, err := data.ParseCode(one.Secret); err != nil || !strings.HasPrefix(strings.ToUpper(code), one.Mark) {
				t.Errorf("secret %q with mark %q: %v", one.Secret, one.Mark, err)
			}
			if one.State != data.CodeLive || one.Journey != najaar || one.IssuedBy != "ivo.ict" || !one.IssuedAt.Equal(datatest.Noon) {
				t.Errorf("issued %+v", one.Code)
			}
		}
		if want := "Burgerzaken: Lid Nummer01, Burgerzaken: An Peeters, Sociale dienst: Dora Claes"; strings.Join(order, ", ") != want {
			t.Errorf("issued to %v, want %s", order, want)
		}
		if again := h.issue(najaar, "lid1", "lid2"); len(again) != 1 || again[0].Person != "Lid Nummer02" {
			t.Errorf("issued again to %+v, want only to who had none", again)
		}
		if other := h.issue(data.Journey{Kind: data.JourneyStaff}, "lid1"); len(other) != 1 {
			t.Errorf("a code for another journey: %+v", other)
		}
		listed := must(h.codes.List(t.Context(), h.Actor("ivo.ict"), data.CodeFilter{Kind: data.JourneyAssessment, Of: "najaar"}))(t)
		if len(listed) != 4 || listed[0].Person != "Lid Nummer01" || listed[3].Person != "Dora Claes" || !listed[0].From.Equal(month(t).From) {
			t.Errorf("listed %+v", listed)
		}
		rows := must(h.DB.Audit(t.Context(), operator, 100))(t)
		issued := 0
		for _, r := range rows {
			if r.Action == "code.issue" {
				issued++
			}
		}
		if issued != 5 {
			t.Errorf("%d audit rows for 5 codes", issued)
		}
	})
}

func TestWhoMayIssueCodes(t *testing.T) {
	eachTown(t, func(t *testing.T, h town) {
		person := []string{h.Identity("an.peeters").PersonID}
		test := data.Journey{Kind: data.JourneyRecruitment, Of: "p1"}
		one := h.issue(najaar, "an.peeters")[0]
		k7 := []data.Holder{{Candidate: "c7", Label: "K-07"}}
		cand := must(h.codes.IssueCandidates(t.Context(), h.Actor("lid2"), test.Of, k7, month(t), nil, nil))(t)[0]
		var bad *data.Invalid
		if _, err := h.codes.Issue(t.Context(), operator, test, person, month(t), nil, nil); !errors.As(err, &bad) || bad.Field != "journey" {
			t.Errorf("a person's code for a test: %v", err)
		}
		if _, err := h.codes.ReprintCandidate(t.Context(), h.Actor("lid2"), one.ID, nil); !errors.Is(err, data.ErrDenied) {
			t.Errorf("a recruiter prints a person's code again: %v", err)
		}
		for _, c := range []struct {
			login                                                            string
			issue, recruit, reprint, reprintTest, recruitAgain, revoke, list bool
		}{
			{"an.peeters", false, false, false, false, false, false, false},
			{"dirk.adm", false, false, false, false, false, false, false},
			{"lid1", false, false, true, true, false, false, true},         // deputy
			{"lid2", false, true, false, false, true, false, false},        // recruiter
			{"ivo.ict", true, false, true, true, false, true, true},        // ICT officer
			{"bert.maes", false, false, false, false, false, false, false}, // head
		} {
			by := h.Actor(c.login)
			_, issue := h.codes.Issue(t.Context(), by, data.Journey{Kind: data.JourneyStaff}, person, month(t), nil, nil)
			_, recruit := h.codes.IssueCandidates(t.Context(), by, test.Of, k7, month(t), nil, nil)
			next, reprint := h.codes.Reprint(t.Context(), by, one.ID, nil)
			if reprint == nil {
				one = next
			}
			nextTest, reprintTest := h.codes.Reprint(t.Context(), by, cand.ID, nil)
			if reprintTest == nil {
				cand = nextTest
			}
			_, list := h.codes.List(t.Context(), by, data.CodeFilter{})
			nextAgain, recruitAgain := h.codes.ReprintCandidate(t.Context(), by, cand.ID, nil)
			if recruitAgain == nil {
				cand = nextAgain
			}
			for what, got := range map[string]struct {
				err error
				may bool
			}{"issue": {issue, c.issue}, "issue a test": {recruit, c.recruit}, "reprint": {reprint, c.reprint}, "reprint a test": {reprintTest, c.reprintTest},
				"print a test again": {recruitAgain, c.recruitAgain}, "list": {list, c.list}} {
				if (got.err == nil) != got.may || !got.may && !errors.Is(got.err, data.ErrDenied) {
					t.Errorf("%s: %s: %v, may %v", c.login, what, got.err, got.may)
				}
			}
			if err := h.codes.Revoke(t.Context(), by, one.ID); (err == nil) != c.revoke {
				t.Errorf("%s: revoke: %v, may %v", c.login, err, c.revoke)
			}
			if err := h.codes.Revoke(t.Context(), by, "nothing"); c.login == "an.peeters" && !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s learns whether a code exists: %v", c.login, err)
			}
			if c.revoke {
				one = h.issue(najaar, "an.peeters")[0]
			}
		}
	})
}

func TestWhatCannotBeIssued(t *testing.T) {
	eachTown(t, func(t *testing.T, h town) {
		by, an := h.Actor("ivo.ict"), h.Identity("an.peeters").PersonID
		gone := must(h.People.AddPerson(t.Context(), operator, "Jan", "Weg",
			data.Employment{ServiceID: h.Services["Jeugd"].ID, From: "2020-01-01", Until: "2026-10-31"}))(t)
		soon := must(h.People.AddPerson(t.Context(), operator, "Jo", "Straks",
			data.Employment{ServiceID: h.Services["Jeugd"].ID, From: "2026-12-01"}))(t)
		later := must(h.People.AddPerson(t.Context(), operator, "Els", "Later",
			data.Employment{ServiceID: h.Services["Jeugd"].ID, From: "2027-01-01"}))(t)
		noon := datatest.Noon
		for name, c := range map[string]struct {
			j      data.Journey
			person string
			w      data.Window
			why    data.Why
		}{
			"no journey":          {data.Journey{}, an, month(t), data.WhyNotOneOf},
			"no campaign":         {data.Journey{Kind: data.JourneyAssessment}, an, month(t), data.WhyNotOneOf},
			"staff of something":  {data.Journey{Kind: data.JourneyStaff, Of: "x"}, an, month(t), data.WhyNotOneOf},
			"window past":         {najaar, an, data.Window{From: noon.Add(-2 * time.Hour), Until: noon}, data.WhyDay},
			"window backwards":    {najaar, an, data.Window{From: noon.Add(2 * time.Hour), Until: noon.Add(time.Hour)}, data.WhyDay},
			"window of two years": {najaar, an, data.Window{From: noon, Until: noon.AddDate(2, 0, 0)}, data.WhyCodeWindow},
			"who has left":        {najaar, gone.ID, month(t), data.WhyCodeEmployed},
			"who comes too late":  {najaar, later.ID, month(t), data.WhyCodeEmployed},
		} {
			if got, err := h.codes.Issue(t.Context(), by, c.j, []string{an, c.person}, c.w, nil, nil); whyOf(err) != c.why || got != nil {
				t.Errorf("%s: %v, %v; want %s", name, got, err, c.why)
			}
		}
		if _, err := h.codes.Issue(t.Context(), by, najaar, []string{an, "nobody"}, month(t), nil, nil); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("an unknown person: %v", err)
		}
		if all := must(h.codes.List(t.Context(), by, data.CodeFilter{}))(t); len(all) != 0 {
			t.Errorf("after nothing but refusals there are %d codes", len(all))
		}
		if got := must(h.codes.Issue(t.Context(), by, najaar, []string{soon.ID}, month(t), nil, nil))(t); len(got) != 1 {
			t.Errorf("who starts within the window got %v", got)
		}
	})
}

func TestStatesOfACode(t *testing.T) {
	eachTown(t, func(t *testing.T, h town) {
		next := must(data.Days("2026-12-01", "2026-12-03"))(t)
		one := must(h.codes.Issue(t.Context(), h.Actor("ivo.ict"), najaar, []string{h.Identity("an.peeters").PersonID}, next, nil, nil))(t)[0]
		at := func(when time.Time) { h.hand.Forward(when.Sub(h.DB.Now())) }
		for _, c := range []struct {
			name string
			at   time.Time
			want data.CodeState
			err  error
		}{
			{"long before", datatest.Noon, data.CodeWaiting, data.ErrCodeEarly},
			{"a moment before", next.From.Add(-time.Millisecond), data.CodeWaiting, data.ErrCodeEarly},
			{"midnight in Brussels", time.Date(2026, 11, 30, 23, 0, 0, 0, time.UTC), data.CodeLive, nil},
			{"last moment", next.Until.Add(-time.Millisecond), data.CodeLive, nil},
			{"midnight after the last day", time.Date(2026, 12, 3, 23, 0, 0, 0, time.UTC), data.CodeExpired, data.ErrCodeExpired},
		} {
			at(c.at)
			if got := h.state(one.ID); got != c.want {
				t.Errorf("%s: %s, want %s", c.name, got, c.want)
			}
			if _, err := h.enter(one.Secret, "192.0.2.1"); !errors.Is(err, c.err) || c.err == nil && err != nil {
				t.Errorf("%s: %v, want %v", c.name, err, c.err)
			}
		}
		fresh := must(h.codes.Issue(t.Context(), h.Actor("ivo.ict"), najaar, []string{one.PersonID},
			data.Window{From: h.DB.Now(), Until: h.DB.Now().Add(time.Hour)}, nil, nil))(t)
		if len(fresh) != 1 || h.state(one.ID) != data.CodeReplaced {
			t.Errorf("a new code after the old expired: %v, the old is %s", fresh, h.state(one.ID))
		}
	})
}

func TestRevokeAndReprint(t *testing.T) {
	eachTown(t, func(t *testing.T, h town) {
		first := h.issue(najaar, "an.peeters")[0]
		session := must(h.enter(first.Secret, "192.0.2.1"))(t)
		second := must(h.codes.Reprint(t.Context(), h.Actor("lid1"), first.ID, nil))(t)
		if second.From != first.From || second.Until != first.Until || second.PersonID != first.PersonID || second.Journey != najaar || second.Secret == first.Secret {
			t.Errorf("reprinted as %+v", second)
		}
		if _, err := h.enter(first.Secret, "192.0.2.1"); !errors.Is(err, data.ErrCodeReplaced) {
			t.Errorf("the old paper: %v", err)
		}
		if err := h.gate.Still(t.Context(), session); !errors.Is(err, data.ErrCodeReplaced) {
			t.Errorf("the session of the old paper: %v", err)
		}
		if _, err := h.codes.Reprint(t.Context(), operator, first.ID, nil); !errors.Is(err, data.ErrCodeReplaced) {
			t.Errorf("reprint what was replaced: %v", err)
		}
		session = must(h.enter(second.Secret, "192.0.2.1"))(t)
		if err := h.gate.Still(t.Context(), session); err != nil {
			t.Fatal(err)
		}
		for range 2 { // twice is fine
			if err := h.codes.Revoke(t.Context(), h.Actor("ivo.ict"), second.ID); err != nil {
				t.Fatal(err)
			}
		}
		if err := h.gate.Still(t.Context(), session); !errors.Is(err, data.ErrCodeRevoked) {
			t.Errorf("the session of a revoked code: %v", err)
		}
		if err := data.RequireFor(t.Context(), h.DB, session.Actor(), najaar, data.RoleStaff); !errors.Is(err, data.ErrCodeRevoked) {
			t.Errorf("an act with a revoked code: %v", err)
		}
		if _, err := h.codes.Reprint(t.Context(), operator, second.ID, nil); !errors.Is(err, data.ErrCodeRevoked) {
			t.Errorf("reprint what was revoked: %v", err)
		}
		if third := h.issue(najaar, "an.peeters"); len(third) != 1 {
			t.Errorf("after a revoked code, issued %v", third)
		}
	})
}

// TestTwoReprintAtOnce: one of them prints, the others hear that the code was replaced; the person has one live code.
func TestTwoReprintAtOnce(t *testing.T) {
	eachTown(t, func(t *testing.T, h town) {
		one := h.issue(najaar, "an.peeters")[0]
		errs := make([]error, 8)
		var desk sync.WaitGroup
		for i := range errs {
			desk.Go(func() { _, errs[i] = h.codes.Reprint(t.Context(), operator, one.ID, nil) })
		}
		desk.Wait()
		printed := 0
		for _, err := range errs {
			if err == nil {
				printed++
			} else if !errors.Is(err, data.ErrCodeReplaced) {
				t.Error(err)
			}
		}
		live := must(h.codes.List(t.Context(), operator, data.CodeFilter{States: []data.CodeState{data.CodeLive}}))(t)
		if printed != 1 || len(live) != 1 {
			t.Errorf("%d printed, %d live", printed, len(live))
		}
	})
}

// TestTwoIssueAtOnce: each person gets one code, from one of them.
func TestTwoIssueAtOnce(t *testing.T) {
	eachTown(t, func(t *testing.T, h town) {
		var persons []string
		for _, login := range h.Logins("Sociale dienst") {
			persons = append(persons, h.Identity(login).PersonID)
		}
		got := make([][]data.Issued, 4)
		var desk sync.WaitGroup
		for i := range got {
			desk.Go(func() {
				var err error
				if got[i], err = h.codes.Issue(t.Context(), operator, najaar, persons, month(t), nil, nil); err != nil {
					t.Error(err)
				}
			})
		}
		desk.Wait()
		n := 0
		for _, some := range got {
			n += len(some)
			for _, one := range some {
				if _, err := h.enter(one.Secret, "192.0.2.1"); err != nil {
					t.Errorf("a code that was handed out: %v", err)
				}
			}
		}
		if n != len(persons) {
			t.Errorf("%d codes for %d people", n, len(persons))
		}
	})
}

func TestLeaversLoseTheirCodes(t *testing.T) {
	eachTown(t, func(t *testing.T, h town) {
		staff := data.Journey{Kind: data.JourneyStaff}
		one, two := h.issue(najaar, "an.peeters")[0], h.issue(staff, "an.peeters")[0]
		other := h.issue(najaar, "lid1")[0]
		session := must(h.enter(two.Secret, "192.0.2.1"))(t)
		leave := func(by data.Actor) error {
			return h.DB.InTx(t.Context(), func(tx *data.Tx) error { return h.codes.RevokeAllOf(t.Context(), tx, by, one.PersonID) })
		}
		if err := leave(h.Actor("lid1")); !errors.Is(err, data.ErrDenied) {
			t.Errorf("a deputy books a leaver: %v", err)
		}
		if err := leave(h.Actor("ivo.ict")); err != nil {
			t.Fatal(err)
		}
		if h.state(one.ID) != data.CodeRevoked || h.state(two.ID) != data.CodeRevoked || h.state(other.ID) != data.CodeLive {
			t.Errorf("after leaving: %s, %s; of another: %s", h.state(one.ID), h.state(two.ID), h.state(other.ID))
		}
		if err := h.gate.Still(t.Context(), session); !errors.Is(err, data.ErrCodeRevoked) {
			t.Errorf("the open session of a leaver: %v", err)
		}
	})
}

// TestWhoLeftUnbooked: when the last day of work is over, a code is worth nothing, also when nobody thought of it.
func TestWhoLeftUnbooked(t *testing.T) {
	eachTown(t, func(t *testing.T, h town) {
		jan := must(h.People.AddPerson(t.Context(), operator, "Jan", "Tijdelijk",
			data.Employment{ServiceID: h.Services["Jeugd"].ID, From: "2020-01-01", Until: "2026-11-24"}))(t)
		one := must(h.codes.Issue(t.Context(), operator, najaar, []string{jan.ID}, month(t), nil, nil))(t)[0]
		session := must(h.enter(one.Secret, "192.0.2.1"))(t)
		h.hand.Forward(36 * time.Hour) // midnight in Brussels lies between
		if _, err := h.enter(one.Secret, "192.0.2.1"); !errors.Is(err, data.ErrCodeRevoked) {
			t.Errorf("after the last day of work: %v", err)
		}
		if err := h.gate.Still(t.Context(), session); !errors.Is(err, data.ErrCodeRevoked) {
			t.Errorf("the session after the last day of work: %v", err)
		}
	})
}

// TestSecretsStayOnPaper reads every row of every table, and the log, after all that is done with codes.
func TestSecretsStayOnPaper(t *testing.T) {
	eachTown(t, func(t *testing.T, h town) {
		var log strings.Builder
		gate := data.NewGate(h.Accounts, logTo(&log))
		first := h.issue(najaar, "an.peeters", "lid1")
		second := must(h.codes.Reprint(t.Context(), operator, first[0].ID, nil))(t)
		id := must(gate.Code(t.Context(), second.Secret, "192.0.2.1", data.Identity{}))(t)
		gate.Entered(t.Context(), id)
		_, _ = gate.Code(t.Context(), first[0].Secret, "192.0.2.1", data.Identity{})
		_, _ = gate.Code(t.Context(), data.NewCode(), "192.0.2.1", data.Identity{})
		_, _ = gate.Code(t.Context(), first[1].Secret[:9]+"b", "192.0.2.1", data.Identity{})
		if err := h.codes.Revoke(t.Context(), operator, second.ID); err != nil {
			t.Fatal(err)
		}
		dump := strings.ToLower(dumpAll(t, h.DB) + log.String())
		if !strings.Contains(dump, "login") || !strings.Contains(dump, "code:") {
			t.Fatal("the dump has nothing to look in")
		}
		for _, secret := range []string{first[0].Secret, first[1].Secret, second.Secret} {
			for _, form := range []string{secret, data.ShowCode(secret), secret[4:], secret[:5]} {
				if strings.Contains(dump, strings.ToLower(form)) {
					t.Errorf("%q is written down", form)
				}
			}
		}
	})
}

func TestAddressesOfCodes(t *testing.T) {
	got := must(data.ParseAddresses([]string{"192.0.2.7", " 198.51.100.77/24", "2001:db8::1/48", "::ffff:192.0.2.9"}))(t)
	want := []netip.Prefix{netip.MustParsePrefix("192.0.2.7/32"), netip.MustParsePrefix("198.51.100.0/24"), netip.MustParsePrefix("2001:db8::/48"), netip.MustParsePrefix("192.0.2.9/32")}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("address %d is %v, want %v", i, got[i], want[i])
		}
	}
	for _, bad := range []string{"", "balie", "192.0.2.7/33", "192.0.2"} {
		if _, err := data.ParseAddresses([]string{"192.0.2.7", bad}); whyOf(err) != data.WhyCodeAddress {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
