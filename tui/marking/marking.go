// Package marking is the room of who gives points to open answers of a recruitment test: each answer under a code, beside
// its rubric, without whose it is and without what another marker thinks of it; and the answers that two saw differently.
package marking

import (
	"context"
	"fmt"
	"slices"

	"digibrug/data"
	"digibrug/quiz/recruit"
	"digibrug/tui/duties"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// Room is the room's name in the palette and for shell.GoMsg.
const Room shell.Room = "marking"

// marks is what the room needs of the quiz floor; *recruit.Store has it.
type marks interface {
	Procedures(ctx context.Context, by data.Actor) ([]recruit.Summary, error)
	ToMark(ctx context.Context, by data.Actor, procedure string) ([]recruit.Work, error)
	Mark(ctx context.Context, by data.Actor, procedure, code string, points int, why string) error
	Disputes(ctx context.Context, by data.Actor, procedure string) ([]recruit.Dispute, error)
	Settle(ctx context.Context, by data.Actor, procedure, code string, points int, why string) error
}

// desk is the store at work for one visit.
type desk struct {
	page.Page // that loads nothing: session, language, who acts
	store     marks
}

// New opens the answers of the test that is to be marked, or lets choose where there are more.
func New(s *shell.Session, store marks) shell.Screen {
	d := desk{page.Still(s), store}
	return duties.Choose(s, store, duties.Wanted{Duty: recruit.Marker, Title: words.MarkingTitle, None: words.MarkingNone,
		Now:   func(p recruit.Summary, _ string) bool { return p.State == recruit.Closed },
		Opens: func(p recruit.Summary) shell.Screen { return d.pile(p) }})
}

// pile is what a marker has to do.
type pile struct {
	work     []recruit.Work
	disputes []recruit.Dispute
}

// todo counts the answers without a mark.
func (p pile) todo() (n int) {
	for _, w := range p.work {
		if w.Mine == nil {
			n++
		}
	}
	return n
}

// unsettled counts the answers that two saw differently and nobody settled.
func (p pile) unsettled() (n int) {
	for _, d := range p.disputes {
		if d.Done == nil {
			n++
		}
	}
	return n
}

func (d desk) read(procedure string) (p pile, err error) {
	if p.work, err = d.store.ToMark(d.S.Ctx, d.By(), procedure); err != nil {
		return p, err
	}
	p.disputes, err = d.store.Disputes(d.S.Ctx, d.By(), procedure)
	return p, err
}

// pile lists the answers.
func (d desk) pile(of recruit.Summary) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[pile]{
		Title:   func(pile) string { return of.Title },
		Doing:   words.MarkingLoading,
		Load:    func() (pile, error) { return d.read(of.ID) },
		Columns: []parts.Column{{Title: words.MarkingColCode, Min: 10}, {Title: words.MarkingColQuestion, Min: 20, Grow: 1}, {Title: words.MarkingColMost, Min: 4, Right: true}, {Title: words.MarkingColMine, Min: 9, Right: true}},
		Rows: func(p pile) []parts.Row {
			rows := make([]parts.Row, len(p.work))
			for i, w := range p.work {
				mine := "-"
				if w.Mine != nil {
					mine = d.points(*w.Mine)
				}
				rows[i] = parts.Row{ID: w.Code, Cells: []string{w.Code, w.Stem, d.points(w.Max), mine}}
			}
			return rows
		},
		Top:   d.top,
		Begin: func(p pile) string { return next(p.work, "") },
		None:  words.MarkingNothing, Filter: true, Opens: words.MarkingOpen,
		Open: func(p pile, code string) tea.Cmd {
			at := slices.IndexFunc(p.work, func(w recruit.Work) bool { return w.Code == code })
			if at < 0 {
				return nil
			}
			return shell.Open(d.sheet(of.ID, p.work[at]))
		},
		Ways: func(p pile, _ string) []page.Way {
			if len(p.disputes) == 0 {
				return nil
			}
			return []page.Way{{Key: d.Letter("b", words.MarkingDisputes), Open: func() shell.Screen { return d.disputes(of.ID) }}}
		},
	})
}

// top says how far the marker is.
func (d desk) top(p page.Page, all pile) []string {
	if len(all.work)+len(all.disputes) == 0 {
		return nil
	}
	text := d.S.T(words.MarkingTodo, "n", all.todo(), "of", len(all.work))
	if all.todo() == 0 {
		text = d.S.T(words.MarkingDone)
	}
	lines := []string{p.Headline(text)}
	if n := all.unsettled(); n > 0 {
		lines = append(lines, d.S.Theme().Warn.Render(parts.Cut(d.S.T(words.MarkingUnsettled, "n", n), p.W)))
	}
	return lines
}

// next is the code of the first answer without a mark after one, or else before it.
func next(all []recruit.Work, after string) string {
	at := slices.IndexFunc(all, func(w recruit.Work) bool { return w.Code == after })
	for i := range all {
		w := all[(at+1+i)%len(all)]
		if w.Mine == nil && w.Code != after {
			return w.Code
		}
	}
	return ""
}

// points writes hundredths.
func (d desk) points(hundredths int) string { return duties.Points(d.S.Lang(), hundredths) }

// disputes lists the answers that two saw differently.
func (d desk) disputes(procedure string) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[[]recruit.Dispute]{
		Title:   func([]recruit.Dispute) string { return d.S.T(words.MarkingDisputesTitle) },
		Doing:   words.MarkingLoading,
		Load:    func() ([]recruit.Dispute, error) { return d.store.Disputes(d.S.Ctx, d.By(), procedure) },
		Columns: []parts.Column{{Title: words.MarkingColCode, Min: 10}, {Title: words.MarkingColQuestion, Min: 16, Grow: 1}, {Title: words.MarkingColMarks, Min: 14}, {Title: words.MarkingColSettled, Min: 8, Right: true}},
		Rows: func(all []recruit.Dispute) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, one := range all {
				settled := "-"
				if one.Done != nil {
					settled = d.points(one.Done.Points)
				}
				rows[i] = parts.Row{ID: one.Code, Cells: []string{one.Code, one.Stem, d.both(one), settled}}
			}
			return rows
		},
		Top: func(p page.Page, all []recruit.Dispute) []string {
			if len(all) == 0 {
				return nil
			}
			return p.Paragraphs(d.S.T(words.MarkingDisputesLead))
		},
		Begin: func(all []recruit.Dispute) string {
			if at := slices.IndexFunc(all, func(one recruit.Dispute) bool { return one.Done == nil }); at >= 0 {
				return all[at].Code
			}
			return ""
		},
		None: words.MarkingNoDisputes, Opens: words.MarkingOpen,
		Open: func(all []recruit.Dispute, code string) tea.Cmd {
			at := slices.IndexFunc(all, func(one recruit.Dispute) bool { return one.Code == code })
			if at < 0 {
				return nil
			}
			return shell.Open(d.settling(procedure, all[at]))
		},
	})
}

// both writes the two marks of an answer: "0 en 2 op 2".
func (d desk) both(one recruit.Dispute) string {
	texts := make([]any, 0, 6)
	for i, points := range one.Marks[:min(2, len(one.Marks))] {
		texts = append(texts, fmt.Sprint("mark", i+1), d.points(points))
	}
	return d.S.T(words.MarkingBoth, append(texts, "most", d.points(one.Max))...)
}
