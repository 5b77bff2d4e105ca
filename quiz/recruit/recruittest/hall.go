// Package recruittest sets a scene for tests of recruitment: a hall in which candidates sit a test.
package recruittest

import (
	"fmt"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"digibrug/quiz/recruit"
)

// Hall is an open procedure of the Town with items and candidates K-01, K-02, … Its people are:
//
//	an.peeters    recruiter
//	lid1, lid2    supervisors
//	lid3, lid4, lid5  markers
//	bert.maes     jury
//
// Its items are eight: four of the domain "mail" and four of "windows", of which the last is open (points by hand); levels go up from 1 to 4.
type Hall struct {
	*datatest.Town
	Hand       *datatest.Hand // the clock; it begins at Noon
	Store      *recruit.Store
	Procedure  string // id
	Candidates []string
	closed     bool // no open item
	t          testing.TB
}

// Options change a Hall before it is built.
type Options struct {
	Candidates int // 0: 3
	Details    func(*recruit.Details)
	Settings   map[int]recruit.Settings // by candidate, from 0
	Forms      int                      // 0: 1; candidates get them in turn
	Closed     bool                     // no open item
}

// Open gives a database whose clock is moved by hand.
func Open(t testing.TB, url string) (*data.DB, *datatest.Hand) {
	t.Helper()
	hand := &datatest.Hand{}
	return datatest.Open(t, url, data.WithClock(hand.Now)), hand
}

// New builds a hall in an empty database.
func New(t testing.TB, db *data.DB, hand *datatest.Hand, o Options) *Hall {
	t.Helper()
	h := &Hall{Town: datatest.NewTown(t, db), Hand: hand, Store: StoreOf(db), Procedure: data.NewID(), closed: o.Closed, t: t}
	if o.Candidates == 0 {
		o.Candidates = 3
	}
	d := recruit.Details{Vacancy: "2026-17", Profile: "onthaal", Minutes: 60, Forms: max(1, o.Forms), OnPoints: 20, Weights: [4]int{100, 100, 200, 200},
		Pass: recruit.Rule{Total: 50, Error: 1.96}, Days: recruit.Days{From: "2026-11-23", Until: "2026-11-24", Open: 8 * 60, Close: 18 * 60},
		Credit: 120, OutFor: recruit.Everybody, Purpose: "aanwerving", Keep: 12}
	if o.Details != nil {
		o.Details(&d)
	}
	h.exec(`INSERT INTO procedures (id, organisation_id, title, sort_key, details, state, created_at, created_by, opened_at, frozen, sealed_at, closed_at,
		scored_at, scored, named_at, named_by, decided_at, hold_until, hold_why, keep_until, purged_on)
		VALUES ($1, $2, 'Medewerker onthaal', 'medewerker onthaal', $3, 'open', 1, 'an.peeters', 1, 'x', 0, 0, 0, '', 0, '', 0, '', '', '', '')`,
		h.Procedure, h.Services["Burgerzaken"].OrganisationID, data.Pack(d))
	for login, role := range map[string]recruit.Duty{"an.peeters": recruit.Recruiter, "lid1": recruit.Supervisor, "lid2": recruit.Supervisor,
		"lid3": recruit.Marker, "lid4": recruit.Marker, "lid5": recruit.Marker, "bert.maes": recruit.Jury} {
		h.Must(h.Accounts.Grant(t.Context(), datatest.Operator, login, role.Role(), "2026-01-01", ""))
		h.exec(`INSERT INTO procedure_people (procedure_id, account_id, role, from_on, until_on) VALUES ($1, $2, $3, '2026-11-23', '2026-12-31')`,
			h.Procedure, h.Identity(login).AccountID, string(role))
	}
	forms := []string{"A", "B", "C", "D"}[:max(1, o.Forms)]
	for _, form := range forms {
		for n, it := range Items(!o.Closed) {
			h.exec(`INSERT INTO procedure_items (procedure_id, form, n, item_id, version, item, shown, weight, public, out_at, out_why)
				VALUES ($1, $2, $3, $4, 1, $5, $6, $7, 0, 0, '')`, h.Procedure, form, n, it.ID, data.Pack(it), data.Pack(quiz.OptionOrder(it, 7)), d.Weights[it.Level-1])
		}
	}
	for i := range o.Candidates {
		h.candidate(i, forms[i%len(forms)], o.Settings[i])
	}
	return h
}

func (h *Hall) candidate(i int, form string, settings recruit.Settings) {
	h.t.Helper()
	id, label := data.NewID(), fmt.Sprintf("K-%02d", i+1)
	h.exec(`INSERT INTO candidates (id, procedure_id, label, form, language, settings, created_at, withdrawn_at) VALUES ($1, $2, $3, $4, 'nl', $5, 1, 0)`,
		id, h.Procedure, label, form, data.Pack(settings))
	h.exec(`INSERT INTO codes (id, kind, of, candidate_id, label, selector, secret, from_at, until_at, addresses, issued_at, issued_by)
		VALUES ($1, 'recruitment', $2, $3, $4, 'bcd', 'x', $5, $6, '', 1, 'an.peeters')`, "code-"+id, h.Procedure, id, label,
		datatest.Noon.Add(-12*time.Hour).UnixMilli(), datatest.Noon.Add(48*time.Hour).UnixMilli())
	h.Candidates = append(h.Candidates, id)
}

func (h *Hall) exec(query string, args ...any) {
	h.t.Helper()
	err := h.DB.InPlainTx(h.t.Context(), func(tx *data.Tx) error {
		_, err := tx.ExecContext(h.t.Context(), query, args...)
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

// Exec runs a statement behind the back of the store, as who has the database in hand could.
func (h *Hall) Exec(query string, args ...any) { h.t.Helper(); h.exec(query, args...) }

// By is candidate i, from 0, as after typing the code.
func (h *Hall) By(i int) data.Actor {
	return data.Actor{CodeID: "code-" + h.Candidates[i], Candidate: h.Candidates[i], Name: fmt.Sprintf("code:K%02d", i+1), From: "192.0.2.7"}
}

// Session names the first visit of candidate i.
func Session(i int) string { return fmt.Sprintf("session-%02d", i) }

// Enter lets candidate i arrive, shows the card, and lets them in.
func (h *Hall) Enter(i int) {
	h.t.Helper()
	_, err := h.Store.Arrive(h.t.Context(), h.By(i), Session(i), fmt.Sprint("PC-", i+1))
	h.Must(err)
	h.Must(h.Store.Check(h.t.Context(), h.Actor("lid1"), h.Candidates[i]))
	h.Must(h.Store.Release(h.t.Context(), h.Actor("lid1"), h.Candidates[i]))
}

// Start lets candidate i enter and start.
func (h *Hall) Start(i int) {
	h.t.Helper()
	h.Enter(i)
	h.Must(h.Store.Start(h.t.Context(), h.By(i), Session(i)))
}

// Answer lets candidate i answer item n, right or wrong.
func (h *Hall) Answer(i, n int, right bool) {
	h.t.Helper()
	answer := Give(right, n)
	if h.closed {
		answer = Give(right, 0)
	}
	h.Must(h.Store.Save(h.t.Context(), h.By(i), Session(i), quiz.Save{N: n, Answer: answer, Place: n}))
}

// Pass moves the clock on, with signs of life of these candidates all along, as their screens give.
func (h *Hall) Pass(d time.Duration, candidates ...int) {
	h.t.Helper()
	h.Hand.Forward(d)
	for _, i := range candidates {
		h.exec(`UPDATE sittings SET seen_at = $1, key_at = $1 WHERE candidate_id = $2 AND ended = ''`, h.Hand.Now().UnixMilli(), h.Candidates[i])
	}
}

// Must ends the test at an error.
func (h *Hall) Must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// Give is an answer to item n of Items.
func Give(right bool, n int) *quiz.Answer {
	if n == 7 {
		return &quiz.Answer{Text: fmt.Sprintf("Ik zou eerst herstarten (%v).", right)}
	}
	if right {
		return &quiz.Answer{Choices: []int{0}}
	}
	return &quiz.Answer{Choices: []int{1}}
}

// Items are those of a hall; without open the last one is closed too.
func Items(open bool) []quiz.Item {
	var all []quiz.Item
	for n := range 8 {
		domain := "mail"
		if n >= 4 {
			domain = "windows"
		}
		it := quiz.Item{ID: fmt.Sprintf("%s-%d", domain, n), Version: 1, Kind: quiz.KindSingle, Domain: domain, DigComp: "2.1", Level: n%4 + 1, Seconds: 60,
			Stem: fmt.Sprintf("Vraag %d?", n+1), Options: []quiz.Option{{Text: "ja", Right: true}, {Text: "nee"}, {Text: "weet niet"}}, Status: quiz.StatusInUse}
		if n == 7 && open {
			it.Kind, it.Options, it.Rubric = quiz.KindOpen, nil, "Herstarten, dan pas bellen."
		}
		all = append(all, it)
	}
	return all
}

// StoreOf is a store as another process has it.
func StoreOf(db *data.DB) *recruit.Store {
	return recruit.NewStore(db, data.NewCodes(db, data.NewHasher(datatest.CheapHash)), Pool())
}

// Close closes the procedure.
func (h *Hall) Close() {
	h.t.Helper()
	h.Must(h.Store.Close(h.t.Context(), h.Actor("an.peeters"), h.Procedure))
}
