package recruitdesk

import (
	"strconv"

	"digibrug/quiz/recruit"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// holdDays is how long an appeal is expected to hold a procedure: the term in which one can go to the Council of State.
const holdDays = 60

// keeping holds everything of a procedure while an appeal runs, or ends that.
func (d desk) keeping(f file) shell.Screen {
	why := parts.Field{Name: "why", Label: words.RecruitdeskWhy, Hint: words.RecruitdeskWhyHint, Need: true, Max: longestLine}
	head := []page.Fact{page.Named(words.RecruitdeskFactPurpose, f.Purpose), page.Named(words.RecruitdeskKept, d.asDay(f.KeepUntil))}
	if f.HeldOn(d.today()) {
		head = append(head, page.Named(words.RecruitdeskHeld, d.asDay(f.HoldUntil)+": "+f.HoldWhy))
		return page.NewTask(d.S, words.RecruitdeskKeepTitle, words.RecruitdeskSaving, func() (page.Brief, error) {
			return page.Brief{Title: d.S.T(words.RecruitdeskKeepTitle), Lead: words.RecruitdeskEndHoldLead, Head: head, Body: parts.NewForm(words.RecruitdeskEndHold, why),
				Do: func(b parts.Form) (page.Outcome, error) {
					return page.Outcome{Said: words.RecruitdeskHoldEnded}, d.Store.EndHold(d.ctx(), d.By(), f.ID, b.Value("why"))
				}}, nil
		})
	}
	return page.NewTask(d.S, words.RecruitdeskKeepTitle, words.RecruitdeskSaving, func() (page.Brief, error) {
		return page.Brief{Title: d.S.T(words.RecruitdeskKeepTitle), Lead: words.RecruitdeskHoldLead, Head: head,
			Body: parts.NewForm(words.RecruitdeskHold, parts.Field{Name: "until", Label: words.RecruitdeskHoldUntil, Kind: parts.Day, Need: true, Value: after(d.today(), holdDays)}, why),
			Do: func(b parts.Form) (page.Outcome, error) {
				return page.Outcome{Said: words.RecruitdeskHeldNow}, d.Store.Hold(d.ctx(), d.By(), f.ID, b.Value("until"), b.Value("why"))
			}}, nil
	})
}

// purges lists what was destroyed of a procedure, to sign for it.
func (d desk) purges(p recruit.Procedure) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[[]recruit.Purged]{
		Title:   func([]recruit.Purged) string { return d.S.T(words.RecruitdeskPurgesTitle) },
		Doing:   words.RecruitdeskLoading,
		Load:    func() ([]recruit.Purged, error) { return d.Store.Purges(d.ctx(), d.By(), p.ID) },
		Columns: []parts.Column{{Title: words.RecruitdeskColOn, Min: 10}, {Title: words.RecruitdeskColCandidates, Min: 10, Right: true}, {Title: words.RecruitdeskColSigned, Min: 24, Grow: 1}},
		Rows: func(all []recruit.Purged) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, one := range all {
				signed := d.S.T(words.RecruitdeskToSign)
				if one.SignedBy != "" {
					signed = d.S.T(words.RecruitdeskSignedBy, "by", one.SignedBy, "day", words.ShortDay(d.S.Lang(), one.SignedAt))
				}
				rows[i] = parts.Row{ID: one.ID, Cells: []string{words.ShortDay(d.S.Lang(), one.At), strconv.Itoa(len(one.List)), signed}}
			}
			return rows
		},
		Top: func(pg page.Page, _ []recruit.Purged) []string { return []string{pg.Headline(p.Title)} },
		Foot: func(all []recruit.Purged, id string) string {
			return d.S.T(words.RecruitdeskPurgeHash, "hash", purgeOf(all, id).Hash)
		},
		Opens: words.RecruitdeskOpen,
		Open:  func(all []recruit.Purged, id string) tea.Cmd { return shell.Open(d.destroyed(p, purgeOf(all, id))) },
	})
}

func purgeOf(all []recruit.Purged, id string) recruit.Purged {
	for _, one := range all {
		if one.ID == id {
			return one
		}
	}
	return recruit.Purged{}
}

// destroyed is one destruction list: by label, how many rows there were of each kind.
func (d desk) destroyed(p recruit.Procedure, one recruit.Purged) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[recruit.Purged]{
		Title: func(recruit.Purged) string {
			return d.S.T(words.RecruitdeskPurgeOf, "day", words.ShortDay(d.S.Lang(), one.At))
		},
		Doing: words.RecruitdeskLoading,
		Load: func() (recruit.Purged, error) {
			all, err := d.Store.Purges(d.ctx(), d.By(), p.ID)
			return purgeOf(all, one.ID), err
		},
		Columns: []parts.Column{{Title: words.RecruitdeskColLabel, Min: 6}, {Title: words.RecruitdeskGoneName, Min: 5, Right: true}, {Title: words.RecruitdeskGoneAnswers, Min: 10, Right: true},
			{Title: words.RecruitdeskGoneEvents, Min: 13, Right: true, Drop: 2}, {Title: words.RecruitdeskGoneMarks, Min: 13, Right: true, Drop: 1}, {Title: words.RecruitdeskGoneScore, Min: 6, Right: true}, {Title: words.RecruitdeskGoneDecision, Min: 11, Right: true}},
		Rows: func(g recruit.Purged) []parts.Row {
			rows := make([]parts.Row, len(g.List))
			for i, l := range g.List {
				rows[i] = parts.Row{ID: l.Label, Cells: []string{l.Label, count(l.Name), count(l.Answers), count(l.Events), count(l.Marks), count(l.Score), count(l.Decision)}}
			}
			return rows
		},
		Top: func(pg page.Page, g recruit.Purged) []string {
			lead := d.S.T(words.RecruitdeskToSign)
			if g.SignedBy != "" {
				lead = d.S.T(words.RecruitdeskPurgeSigned, "by", g.SignedBy, "day", words.ShortDay(d.S.Lang(), g.SignedAt))
			}
			return append([]string{pg.Headline(p.Title)}, d.quiet(pg, d.S.T(words.RecruitdeskPurgeLead, "day", words.ShortDay(d.S.Lang(), g.At)), d.S.T(words.RecruitdeskPurgeHash, "hash", g.Hash), lead)...)
		},
		Ways: func(g recruit.Purged, _ string) []page.Way {
			if g.SignedBy != "" {
				return nil
			}
			return []page.Way{{Key: d.Letter("t", words.RecruitdeskDoSign), Doing: words.RecruitdeskSaving,
				Ask: page.Question{Ask: words.RecruitdeskSignAsk, Yes: words.RecruitdeskSignYes, Args: []any{"n", len(g.List)}},
				Do: func() (page.Outcome, error) {
					return page.Outcome{Said: words.RecruitdeskSignedNow}, d.Store.SignPurge(d.ctx(), d.By(), p.ID, g.ID)
				}}}
		},
	})
}
