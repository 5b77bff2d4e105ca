package banks

import (
	"digibrug/quiz"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// review lists the sample that the visitor reads for all drafts of a bank. Opening it begins the review, or goes on with it.
// What the visitor has opened in this visit is remembered, so that nobody approves by one key what nobody has read.
func (d desk) review(bank string) shell.Screen {
	opened := map[string]bool{}
	return page.NewSheet(d.S, page.Sheeted[quiz.Review]{
		Title: func(quiz.Review) string { return d.S.T(words.BanksReviewTitle) },
		Doing: words.BanksSampling,
		Load:  func() (quiz.Review, error) { return d.lib.Review(d.ctx(), d.By(), bank) },
		Top: func(p page.Page, r quiz.Review) []string {
			if r.Drafts == len(r.Sample) {
				return p.Paragraphs(d.S.T(words.BanksReviewAll, "n", r.Drafts))
			}
			return p.Paragraphs(d.S.T(words.BanksReviewLead, "n", len(r.Sample), "all", r.Drafts))
		},
		Columns: []parts.Column{{Title: words.BanksColItem, Min: 22, Grow: 2}, {Title: words.BanksColLevel, Min: 8, Drop: 1}, {Title: words.BanksColVerdict, Min: 16, Grow: 1}},
		Rows: func(r quiz.Review) []parts.Row {
			rows := make([]parts.Row, len(r.Sample))
			for i, it := range r.Sample {
				verdict := d.S.T(words.BanksFine)
				switch why := r.Notes[it.ID]; {
				case why != "":
					verdict = d.S.T(words.BanksBackWith, "why", oneLine(why))
				case !opened[it.ID]:
					verdict = d.S.T(words.BanksToRead)
				}
				rows[i] = parts.Row{ID: it.ID, Cells: []string{oneLine(it.Stem), d.S.T(words.BanksLevel, "n", it.Level), verdict}}
			}
			return rows
		},
		Opens: words.BanksRead,
		Open: func(_ quiz.Review, id string) tea.Cmd {
			opened[id] = true
			return shell.Open(newItem(d, id, true))
		},
		Ways: func(r quiz.Review, id string) []page.Way { return d.reviewWays(r, id, opened) },
	})
}

func (d desk) reviewWays(r quiz.Review, id string, opened map[string]bool) []page.Way {
	var ways []page.Way
	if id != "" {
		ways = append(ways, page.Way{Key: d.Letter("t", words.BanksSendBack), Open: func() shell.Screen { return d.note(r, id) }})
	}
	if r.Notes[id] != "" {
		ways = append(ways, page.Way{Key: d.Letter("g", words.BanksYetFine), Doing: words.BanksSaving, Do: func() (page.Outcome, error) {
			return page.Outcome{}, d.lib.Note(d.ctx(), d.By(), r.ID, id, "")
		}})
	}
	return append(ways, d.finish(r, opened))
}

// note asks what must change in a draft of the sample.
func (d desk) note(r quiz.Review, id string) shell.Screen {
	var stem string
	for _, it := range r.Sample {
		if it.ID == id {
			stem = oneLine(it.Stem)
		}
	}
	return d.reasoned(words.BanksBackTitle, words.BanksBackLead, words.BanksNote, []page.Fact{page.Named(words.BanksColItem, stem)}, r.Notes[id], func(why string) (page.Outcome, error) {
		return page.Outcome{Said: words.BanksNoted}, d.lib.Note(d.ctx(), d.By(), r.ID, id, why)
	})
}

// finish asks, with what it does, and ends the review.
func (d desk) finish(r quiz.Review, opened map[string]bool) page.Way {
	back, left := len(r.Notes), 0
	for _, it := range r.Sample {
		if !opened[it.ID] && r.Notes[it.ID] == "" {
			left++
		}
	}
	args := []any{"left", left, "n", len(r.Sample), "all", r.Drafts}
	ask := page.Question{Ask: words.BanksFinishAll, Yes: words.BanksFinishNow, Args: []any{"n", r.Drafts}}
	if left > 0 {
		ask = page.Question{Ask: words.BanksFinishUnread, Yes: words.BanksFinishAnyway, Args: args}
	}
	if back > 0 {
		args = []any{"left", left, "back", back, "n", len(r.Sample) - back, "unread", r.Drafts - len(r.Sample)}
		ask = page.Question{Ask: words.BanksFinishSome, Yes: words.BanksFinishNow, Args: args}
		if left > 0 {
			ask = page.Question{Ask: words.BanksFinishBoth, Yes: words.BanksFinishAnyway, Args: args}
		}
	}
	return page.Way{Key: d.Letter("k", words.BanksDone), Ask: ask, Doing: words.BanksSaving, Do: func() (page.Outcome, error) {
		o, err := d.lib.Finish(d.ctx(), d.By(), r.ID)
		return page.Outcome{Said: words.BanksFinished, Args: []any{"approved", o.Approved, "back", o.Back, "unread", o.Unread}, Back: true}, err
	}}
}
