package recruitdesk_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/outbox"
	"digibrug/quiz"
	"digibrug/quiz/recruit"
	"digibrug/quiz/recruit/recruittest"
	"digibrug/tui/papers"
	"digibrug/tui/recruitdesk"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"

	tea "charm.land/bubbletea/v2"
)

// hall is a test that candidates sit, with the room before its recruiter.
type hall struct {
	*recruittest.Hall
	t    testing.TB
	sent map[string]string // papers by the name of their file, as text
}

// sat is closed: of four candidates one got all right, one half, one nothing, and one never came. All have a name.
func sat(t testing.TB) hall {
	db, hand := recruittest.Open(t, datatest.SQLite(t))
	h := hall{recruittest.New(t, db, hand, recruittest.Options{Candidates: 4, Closed: true, Details: func(d *recruit.Details) {
		d.Blueprint = quiz.Blueprint{Cells: []quiz.Cell{{Domain: "mail", Level: 1, Count: 4}, {Domain: "windows", Level: 1, Count: 4}}}
		d.Pass = recruit.Rule{Total: 50, Parts: map[string]int{"mail": 40}, Band: true, Ties: true, Error: 1}
	}}), t, map[string]string{}}
	for i, name := range []string{"Mieke Aerts", "Bram Claes", "Fatima Bouzid", "Jens Dockx"} {
		h.Exec(`INSERT INTO candidate_names (candidate_id, sort_key, person) VALUES ($1, $2, $3)`, h.Candidates[i], data.SortKey(name),
			data.Pack(recruit.Name{Given: strings.Fields(name)[0], Family: strings.Fields(name)[1]}))
	}
	for i, right := range []int{8, 4, 0} {
		h.Start(i)
		for n := range 8 {
			h.Answer(i, n, n < right)
		}
		h.Must(h.Store.Submit(t.Context(), h.By(i), recruittest.Session(i)))
	}
	h.Close()
	return h
}

// scored is sat, with frozen scores; named has the names open, decided what the jury decided.
func scored(t testing.TB) hall {
	h := sat(t)
	h.Must(h.Store.FreezeScores(t.Context(), h.Actor("an.peeters"), h.Procedure))
	return h
}

func decided(t testing.TB) hall {
	h := scored(t)
	// The hall was opened by no act that could be verified: its names open the same way.
	h.Exec(`UPDATE procedures SET state = 'named', named_at = $1, named_by = 'an.peeters' WHERE id = $2`, h.Hand.Now().UnixMilli(), h.Procedure)
	for i, d := range []recruit.Decision{{Outcome: recruit.Passed, Reason: "De hoogste score, en een goed gesprek."}, {Outcome: recruit.Reserve, Reason: "Geslaagd na het gesprek.", Until: "2027-11-23"},
		{Outcome: recruit.Failed, Reason: "De score ligt onder de slaaggrens."}} {
		h.Must(h.Store.Decide(t.Context(), h.Actor("bert.maes"), h.Candidates[i], d))
	}
	return h
}

func (h hall) show(w, height int, steps ...[]tea.Msg) *screentest.Screen {
	h.t.Helper()
	id := h.Identity("an.peeters")
	id.Roles, id.Method = []data.Role{data.RoleRecruiter}, "password"
	session := screentest.Session(h.t, id)
	session.Now = h.Hand.Now
	desk := recruitdesk.Desk{Store: h.Store, Tests: quiz.NewLibrary(h.DB, recruittest.Banks()), Organisations: h.People, Printer: h.printer()}
	return screentest.ShowRoot(h.t, shell.NewRoot(session, recruitdesk.New(session, desk), nil, errorsKnown()), w, height, screentest.Steps(steps...)...)
}

// printer keeps papers as text, under the name that they get in the outbox.
func (h hall) printer() *recruitdesk.Printer {
	settings, titles := data.NewSettings(h.DB), quiz.NewLibrary(h.DB, recruittest.Banks())
	lists := papers.NewShelf(h.DB, settings, papers.RecruitLists{Recruit: h.Store, Titles: titles}.Papers()...)
	return &recruitdesk.Printer{Shelf: papers.RecruitShelf{Lists: lists, Papers: papers.RecruitPapers{Recruit: h.Store, Titles: titles, Settings: settings, Now: h.DB.Now}},
		Send: func(ctx context.Context, by data.Actor, w papers.Written, f papers.Format) (p outbox.Paper, err error) {
			var text bytes.Buffer
			if err := w.Write(&text, papers.FormatTable); err != nil {
				return p, err
			}
			err = h.DB.InTx(ctx, func(tx *data.Tx) error {
				p, err = w.Send(ctx, tx, by, outbox.Fetch, f)
				return err
			})
			h.sent[p.Name] = text.String()
			return p, err
		}}
}

func halls(t *testing.T, make func(testing.TB) hall, steps ...[]tea.Msg) {
	t.Helper()
	screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen { return make(t).show(w, h, steps...) })
}

func TestClosed(t *testing.T)  { halls(t, sat, keys("enter")) }
func TestScoring(t *testing.T) { halls(t, sat, keys("enter", "s")) }
func TestScored(t *testing.T)  { halls(t, scored, keys("enter")) }
func TestNaming(t *testing.T)  { halls(t, scored, keys("enter", "n")) }
func TestResults(t *testing.T) { halls(t, scored, keys("enter"), screentest.Row(5)) }
func TestScore(t *testing.T) {
	halls(t, scored, keys("enter"), screentest.Row(5), keys("down", "enter"))
}
func TestResultsNamed(t *testing.T) { halls(t, decided, keys("enter"), screentest.Row(4)) }
func TestDecisions(t *testing.T)    { halls(t, decided, keys("enter"), screentest.Row(5)) }
func TestNamesAfter(t *testing.T)   { halls(t, decided, keys("enter"), screentest.Row(0)) }
func TestFrozenExpert(t *testing.T) { halls(t, scored, keys("enter"), screentest.Row(4)) }
func TestPapers(t *testing.T)       { halls(t, scored, keys("enter"), screentest.Row(7)) }
func TestPapersNamed(t *testing.T)  { halls(t, decided, keys("enter"), screentest.Row(6)) }
func TestPaper(t *testing.T) {
	halls(t, decided, keys("enter"), screentest.Row(6), screentest.Row(2))
}
func TestHold(t *testing.T) { halls(t, decided, keys("enter"), screentest.Row(7)) }

// TestFrozenDetails shows a hash that stays: each hall has other ids, so another one.
func TestFrozenDetails(t *testing.T) {
	halls(t, func(t testing.TB) hall {
		h := scored(t)
		h.Exec(`UPDATE procedures SET scored = 'y' WHERE id = $1`, h.Procedure)
		return h
	}, keys("enter"), screentest.Row(3))
}

// TestScoresFreezeFromTheRoom freezes the scores with two keys, and holds everything for an appeal, and ends that.
func TestScoresFreezeFromTheRoom(t *testing.T) {
	h := sat(t)
	page := h.show(80, 24, keys("enter", "n", "s", "enter"))
	page.Says("De scores liggen vast.", "Open de namenlijst.")
	page.Send(screentest.Steps(screentest.Row(8), keys("tab"), typed("beroep bij de Raad van State"), keys("tab", "enter"))...)
	page.Says("Alles blijft bewaard tot die dag.", "Er loopt een beroep: alles blijft bewaard tot en met 23/11/2027.")
	page.Send(screentest.Steps(screentest.Row(8), typed("beroep verworpen"), keys("tab", "enter"))...)
	page.Says("De gewone termijn geldt weer.").Lacks("Er loopt een beroep")
	if p, err := h.Store.Procedure(t.Context(), h.Actor("an.peeters"), h.Procedure); err != nil || p.State != recruit.Scored || p.HoldUntil != "" {
		t.Errorf("got %s held until %q, %v", p.State, p.HoldUntil, err)
	}
}

// TestPapersFromTheRoom makes the report of one candidate in English, all reports as a workbook, and the ranking.
func TestPapersFromTheRoom(t *testing.T) {
	h := decided(t)
	h.Exec(`UPDATE candidates SET language = 'fr' WHERE id = $1`, h.Candidates[1])
	page := h.show(80, 24, keys("enter"), screentest.Row(6), screentest.Row(2))
	page.Says("Verslagen voor de kandidaten", "alle kandidaten")
	page.Send(keys("right", "tab", "right", "right")...)
	page.Says("K-01 Mieke Aerts", "English", "De Nederlandse tekst telt.")
	page.Send(keys("tab", "tab", "enter")...)
	page.Says("verslag-k-01-en-2026-11-23.pdf is gemaakt. U vindt het bij Brieven en prints.")
	page.Send(screentest.Steps(screentest.Row(2), keys("tab", "tab", "right", "tab", "enter"))...)
	page.Says("verslagen-2026-11-23.xlsx is gemaakt.")
	page.Send(screentest.Steps(screentest.Row(4), keys("tab", "enter"))...)
	page.Says("recruit-ranking-2026-11-23.pdf is gemaakt.")
	for file, want := range map[string][]string{
		"verslag-k-01-en-2026-11-23.pdf": {"Your result of the computer test", "Mieke Aerts", "Only the Dutch text counts."},
		"verslagen-2026-11-23.xlsx":      {"Mieke Aerts", "Bram Claes", "Votre résultat au test d'informatique"},
		"recruit-ranking-2026-11-23.pdf": {"Rangschikking", "Aerts, Mieke"},
	} {
		for _, fact := range want {
			if !strings.Contains(h.sent[file], fact) {
				t.Errorf("%s lacks %q:\n%s", file, fact, h.sent[file])
			}
		}
	}
	if text := h.sent["verslag-k-01-en-2026-11-23.pdf"]; strings.Contains(text, "Claes") || strings.Contains(text, "Uw resultaat") {
		t.Errorf("the report of one:\n%s", text)
	}
}

// destroyed is decided, of which the term is over: what was kept of its candidates is gone. Its list has a hash that stays.
func destroyed(t testing.TB) hall {
	h := decided(t)
	h.Exec(`UPDATE procedures SET keep_until = '2026-11-01' WHERE id = $1`, h.Procedure)
	h.Exec(`UPDATE candidate_decisions SET until_on = '2026-11-01' WHERE until_on != ''`)
	if _, err := h.Store.Purge(t.Context(), datatest.Operator); err != nil {
		t.Fatal(err)
	}
	h.Exec(`UPDATE procedure_purges SET hash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' WHERE procedure_id = $1`, h.Procedure)
	return h
}

func TestDestroyed(t *testing.T) { halls(t, destroyed, keys("enter", "end", "enter", "enter")) }
func TestDestroyedAsk(t *testing.T) {
	halls(t, destroyed, keys("enter", "end", "enter", "enter", "t"))
}
func TestDestroyedSigned(t *testing.T) {
	halls(t, destroyed, keys("enter", "end", "enter", "enter", "t", "down", "enter"))
}

// signed is by whom the only destruction list is signed.
func (h hall) signed() string {
	h.t.Helper()
	all, err := h.Store.Purges(h.t.Context(), h.Actor("an.peeters"), h.Procedure)
	h.Must(err)
	if len(all) != 1 {
		h.t.Fatalf("%d destruction lists", len(all))
	}
	return all[0].SignedBy
}

// TestDestructionList shows what was destroyed, and signs for it once: nothing is signed without a yes.
func TestDestructionList(t *testing.T) {
	h := destroyed(t)
	page := h.show(80, 24, keys("enter", "end", "enter"))
	page.Says("nog te tekenen")
	for _, no := range [][]tea.Msg{keys("enter", "t", "esc"), keys("t", "enter")} {
		if page.Send(no...); h.signed() != "" {
			t.Fatalf("signed without a yes, after\n%s", page.Text())
		}
	}
	page.Send(keys("t", "down", "enter")...)
	page.Says("De lijst is getekend.", "K-01", "an.peeters").Lacks("Mieke")
	if got := h.signed(); got != "an.peeters" {
		t.Errorf("signed by %q", got)
	}
	page.Send(keys("t")...)
	page.Lacks("Tekenen voor de vernietiging")
	var n int
	h.Must(h.DB.View(t.Context(), func(q data.Query) error {
		return data.One(t.Context(), q, []any{&n}, `SELECT count(*) FROM audit WHERE action = 'recruit.purge_sign'`)
	}))
	if n != 1 {
		t.Errorf("%d signatures in the log", n)
	}
}

// TestDestructionListOfTwo: another recruiter was first. The second name doesn't come in the place of the first, and the page
// then shows whose it is.
func TestDestructionListOfTwo(t *testing.T) {
	h := destroyed(t)
	page := h.show(80, 24, keys("enter", "end", "enter", "enter", "t", "down"))
	h.Exec(`UPDATE procedure_purges SET signed_by = 'lid2', signed_at = $1`, h.Hand.Now().UnixMilli())
	page.Send(keys("enter")...)
	page.Lacks("De lijst is getekend.").Says("lid2")
	if got := h.signed(); got != "lid2" {
		t.Errorf("signed by %q", got)
	}
}
