package banks

import (
	"digibrug/quiz"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// ways are what the visitor can do with the item, as it stands. In a review it is judged in the list of the sample.
func (i item) ways() []page.Way {
	if i.reading || !i.Loaded {
		return nil
	}
	e := i.got.Entry
	var ways []page.Way
	add := func(when bool, letter string, does words.Key, open func() shell.Screen) {
		if when {
			ways = append(ways, page.Way{Key: i.Letter(letter, does), Open: open})
		}
	}
	good := func(to quiz.Status) bool { return e.Good.Version > 0 && e.Good.Status.May(to, e.Local) }
	add(e.Reviewable(), "g", words.BanksApprove, i.approving)
	add(e.Reviewable(), "t", words.BanksSendBack, i.sendingBack)
	add(e.Local, "w", words.BanksEdit, i.editing)
	add(good(quiz.StatusInUse), "u", words.BanksUse, func() shell.Screen {
		return i.moving(quiz.StatusInUse, words.BanksUseTitle, words.BanksUseLead, words.BanksUseNow)
	})
	add(good(quiz.StatusRetired), "i", words.BanksRetire, func() shell.Screen {
		return i.moving(quiz.StatusRetired, words.BanksRetireTitle, words.BanksRetireLead, words.BanksRetireNow)
	})
	add(good(quiz.StatusDraft), "o", words.BanksRedraft, i.redrafting)
	add(e.Local && !e.Public && !e.Asked && e.Good.Version > 0, "p", words.BanksPublish, i.publishing)
	return ways
}

func (i item) head() []page.Fact {
	return []page.Fact{page.Named(words.BanksColItem, oneLine(i.got.Item.Stem)), page.Named(words.BanksColState, i.d.stands(i.got.Entry))}
}

func (i item) approving() shell.Screen {
	it := i.got.Item
	return i.d.sure(words.BanksApproveTitle, words.BanksApproveLead, words.BanksApproveNow, i.head(), func() (page.Outcome, error) {
		return page.Outcome{Said: words.BanksApprovedOne}, i.d.lib.Approve(i.d.ctx(), i.d.By(), it.ID, it.Version)
	})
}

func (i item) sendingBack() shell.Screen {
	it := i.got.Item
	return i.d.reasoned(words.BanksBackTitle, words.BanksBackLead, words.BanksBackNow, i.head(), i.got.Back, func(why string) (page.Outcome, error) {
		return page.Outcome{Said: words.BanksBackDone}, i.d.lib.SendBack(i.d.ctx(), i.d.By(), it.ID, it.Version, why)
	})
}

func (i item) moving(to quiz.Status, title, lead, button words.Key) shell.Screen {
	return i.d.sure(title, lead, button, i.head(), func() (page.Outcome, error) {
		return page.Outcome{Said: words.BanksMoved, Args: []any{"state", i.d.state(to)}}, i.d.lib.Move(i.d.ctx(), i.d.By(), []string{i.id}, to, "")
	})
}

func (i item) redrafting() shell.Screen {
	return i.d.reasoned(words.BanksRedraftTitle, words.BanksRedraftLead, words.BanksRedraftNow, i.head(), "", func(why string) (page.Outcome, error) {
		return page.Outcome{Said: words.BanksMoved, Args: []any{"state", i.d.state(quiz.StatusDraft)}}, i.d.lib.Move(i.d.ctx(), i.d.By(), []string{i.id}, quiz.StatusDraft, why)
	})
}

// publishing asks once more: what was open can't be closed again, and the button stands under the first Enter.
func (i item) publishing() shell.Screen {
	return page.NewTask(i.d.S, words.BanksPublishTitle, words.BanksSaving, func() (page.Brief, error) {
		return page.Brief{Lead: words.BanksPublishLead, Head: i.head(), Body: parts.NewForm(words.BanksPublishNow),
			Ask: func(parts.Form) page.Question {
				return page.Question{Ask: words.BanksPublishAsk, Yes: words.BanksPublishYes}
			},
			Do: func(parts.Form) (page.Outcome, error) {
				return page.Outcome{Said: words.BanksPublished}, i.d.lib.Publish(i.d.ctx(), i.d.By(), []string{i.id})
			}}, nil
	})
}

// editing opens the form of an item, or says that it is changed in a file.
func (i item) editing() shell.Screen {
	it := i.got.Item
	if !fits(it) {
		return i.d.sure(words.BanksEditTitle, words.BanksEditFile, words.BanksBack, i.head(), func() (page.Outcome, error) { return page.Outcome{}, nil })
	}
	return i.d.edit(i.got.Bank, it)
}
