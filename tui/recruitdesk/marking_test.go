package recruitdesk_test

import (
	"testing"

	"digibrug/data/datatest"
	"digibrug/quiz/recruit"
	"digibrug/quiz/recruit/recruittest"
)

// marked is closed with two open answers: of both one mark is there, and of the first also one that lies far from it.
func marked(t testing.TB) hall {
	db, hand := recruittest.Open(t, datatest.SQLite(t))
	h := hall{recruittest.New(t, db, hand, recruittest.Options{Candidates: 2}), t, map[string]string{}}
	for i := range h.Candidates {
		h.Start(i)
		h.Answer(i, 7, true)
		h.Must(h.Store.Submit(t.Context(), h.By(i), recruittest.Session(i)))
	}
	h.Close()
	h.mark("lid3", 200, 2)
	h.mark("lid4", 0, 1)
	return h
}

// mark gives points to the first few answers of a marker's list.
func (h hall) mark(login string, points, few int) {
	h.t.Helper()
	work, err := h.Store.ToMark(h.t.Context(), h.Actor(login), h.Procedure)
	h.Must(err)
	for _, w := range work[:few] {
		h.Must(h.Store.Mark(h.t.Context(), h.Actor(login), h.Procedure, w.Code, points, ""))
	}
}

func TestMarkingOn(t *testing.T)   { halls(t, marked, keys("enter")) }
func TestMarkingList(t *testing.T) { halls(t, marked) }

// TestScoresWaitForMarks offers no key for what would be refused, until all is marked and settled.
func TestScoresWaitForMarks(t *testing.T) {
	h := marked(t)
	page := h.show(80, 24, keys("enter"))
	page.Says("Wacht nog op", "1 te quoteren, 1 te beslechten").Lacks("Volgende stap", "scores vastleggen")
	page.Send(keys("s")...)
	if p, err := h.Store.Procedure(t.Context(), h.Actor("an.peeters"), h.Procedure); err != nil || p.State != recruit.Closed {
		t.Fatalf("got %s, %v", p.State, err)
	}
	page.Send(keys("enter")...)
	page.Says("Lid Nummer04", "corrector") // who has to do it
	for _, w := range must(h.Store.ToMark(t.Context(), h.Actor("lid4"), h.Procedure)) {
		if w.Mine == nil {
			h.Must(h.Store.Mark(t.Context(), h.Actor("lid4"), h.Procedure, w.Code, 200, ""))
		}
	}
	for _, w := range must(h.Store.Disputes(t.Context(), h.Actor("lid5"), h.Procedure)) {
		h.Must(h.Store.Settle(t.Context(), h.Actor("lid5"), h.Procedure, w.Code, 100, "Half juist."))
	}
	h.show(80, 24, keys("enter", "s", "enter")).Says("De scores liggen vast.")
}

func must[T any](got T, err error) T {
	if err != nil {
		panic(err)
	}
	return got
}
