package banks

import (
	"strconv"

	"digibrug/quiz"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// shelved is a bank with its items.
type shelved struct {
	quiz.Shelf
	entries []quiz.Entry
}

func (s shelved) entry(id string) (quiz.Entry, bool) {
	for _, e := range s.entries {
		if e.Item.ID == id {
			return e, true
		}
	}
	return quiz.Entry{}, false
}

// bank lists the items of one bank.
func (d desk) bank(id string) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[shelved]{
		Title: func(s shelved) string { return s.Bank.Title },
		Doing: words.BanksLoading,
		Load: func() (s shelved, err error) {
			s.Shelf, s.entries, err = d.lib.Shelf(d.ctx(), d.By(), id)
			return s, err
		},
		Columns: []parts.Column{{Title: words.BanksColItem, Min: 20, Grow: 1}, {Title: words.BanksColLevel, Min: 8, Drop: 1}, {Title: words.BanksColState, Min: 13},
			{Title: words.BanksColSeen, Min: 9}},
		Rows: d.itemRows,
		Foot: func(s shelved, id string) string {
			e, _ := s.entry(id)
			return d.itemFoot(e)
		},
		None: words.BanksEmpty, Filter: true, Opens: words.BanksOpen,
		Open: func(s shelved, id string) tea.Cmd {
			if e, _ := s.entry(id); e.Hidden {
				return shell.Notify(shell.Warn, words.BanksAsked)
			}
			return shell.Open(newItem(d, id, false))
		},
		Ways: d.bankWays,
	})
}

func (d desk) itemRows(s shelved) []parts.Row {
	rows := make([]parts.Row, len(s.entries))
	for i, e := range s.entries {
		rows[i] = parts.Row{ID: e.Item.ID, Cells: []string{d.stem(e), d.S.T(words.BanksLevel, "n", e.Item.Level), d.stands(e), d.seen(e)}}
	}
	return rows
}

// stem is the question on one line; of a hidden one its code.
func (d desk) stem(e quiz.Entry) string {
	if e.Hidden {
		return e.Item.ID
	}
	return oneLine(e.Item.Stem)
}

// stands is the state of the newest version, and whether a draft was sent back.
func (d desk) stands(e quiz.Entry) string {
	if e.Back != "" {
		return d.S.T(words.BanksSentBack)
	}
	return d.state(e.Item.Status)
}

// seen says who may see it.
func (d desk) seen(e quiz.Entry) string {
	switch {
	case e.Hidden:
		return d.S.T(words.BanksHidden)
	case e.Asked:
		return d.S.T(words.BanksInTest)
	case e.Public:
		return d.S.T(words.BanksPublic)
	}
	return d.S.T(words.BanksSealed)
}

// itemFoot says all of a row, where cells are cut.
func (d desk) itemFoot(e quiz.Entry) string {
	switch {
	case e.Item.ID == "":
		return ""
	case e.Hidden:
		return d.S.T(words.BanksAsked)
	case e.Back != "":
		return d.S.T(words.BanksBackFoot, "why", oneLine(e.Back))
	case e.Good.Version > 0 && e.Item.Status == quiz.StatusDraft:
		return oneLine(e.Item.Stem) + " " + d.S.T(words.BanksGoodStays, "n", e.Good.Version, "state", d.state(e.Good.Status))
	}
	return oneLine(e.Item.Stem)
}

func (d desk) bankWays(s shelved, _ string) []page.Way {
	var ways []page.Way
	if s.ToReview > 0 {
		ways = append(ways, page.Way{Key: d.Letter("r", words.BanksReview), Open: func() shell.Screen { return d.review(s.Bank.ID) }})
	}
	if ready := s.ready(); len(ready) > 0 {
		ways = append(ways, page.Way{Key: d.Letter("u", words.BanksUseAll), Open: func() shell.Screen { return d.useAll(s, ready) }})
	}
	if s.Local {
		ways = append(ways, page.Way{Key: d.Letter("n", words.BanksNewItem), Open: func() shell.Screen { return d.kinds(s) }})
	}
	return ways
}

// ready are the ids of what is reviewed and not in use yet, as far as the visitor sees it.
func (s shelved) ready() (ids []string) {
	for _, e := range s.entries {
		if e.Good.Status == quiz.StatusReviewed && !e.Hidden {
			ids = append(ids, e.Item.ID)
		}
	}
	return ids
}

// useAll takes everything in use that was reviewed.
func (d desk) useAll(s shelved, ready []string) shell.Screen {
	head := []page.Fact{page.Named(words.BanksColBank, s.Bank.Title), page.Named(words.BanksColItems, strconv.Itoa(len(ready)))}
	return d.sure(words.BanksUseTitle, words.BanksUseLead, words.BanksUseNow, head, func() (page.Outcome, error) {
		return page.Outcome{Said: words.BanksUsed, Args: []any{"n", len(ready)}}, d.lib.Move(d.ctx(), d.By(), ready, quiz.StatusInUse, "")
	})
}
