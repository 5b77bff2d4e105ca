package recruitdesk

import (
	"errors"
	"strconv"

	"digibrug/quiz/recruit"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// accepting shows the warnings of a draft, to accept all of them.
func (d desk) accepting(f file) shell.Screen {
	var head []page.Fact
	var all []recruit.Lack
	for i, m := range f.lacks {
		if m.Lack.Warns() {
			label := words.Key("")
			if len(all) == 0 {
				label = words.RecruitdeskRowWarn
			}
			head, all = append(head, page.Named(label, d.lack(f.lacks[i]))), append(all, m.Lack)
		}
	}
	return d.sure(words.RecruitdeskAcceptTitle, words.RecruitdeskAcceptLead, words.RecruitdeskAccept, words.RecruitdeskSaving, f.Title, head, func() (page.Outcome, error) {
		return page.Outcome{Said: words.RecruitdeskAccepted}, d.Store.Accept(d.ctx(), d.By(), f.ID, all)
	})
}

// opening freezes a draft: what can't change any more is said before.
func (d desk) opening(f file) shell.Screen {
	n, _ := f.taking()
	head := []page.Fact{page.Named(words.RecruitdeskDay, d.span(f.Days)+", "+hours(f.Days)), page.Named(words.RecruitdeskFactMinutes, d.S.T(words.RecruitdeskMinutesAre, "n", f.Minutes)),
		page.Named(words.RecruitdeskItems, strconv.Itoa(f.Asked())), page.Named(words.RecruitdeskFactPass, d.rule(f.Procedure)),
		page.Named(words.RecruitdeskRowCandidates, strconv.Itoa(n))}
	return d.sure(words.RecruitdeskOpenTitle, words.RecruitdeskOpenLead, words.RecruitdeskOpenNow, words.RecruitdeskOpening, f.Title, head, func() (page.Outcome, error) {
		opened, err := d.Store.Open(d.ctx(), d.By(), f.ID)
		var lacks *recruit.ErrLacks
		if errors.As(err, &lacks) {
			return page.Outcome{Said: words.RecruitdeskStillLacks, Args: []any{"n", blocking(lacks.Missing)}, Warn: true}, nil
		}
		return page.Outcome{Said: words.RecruitdeskOpened, Args: []any{"hash", opened.Frozen}}, err
	})
}

// inviting makes the letters of who has none.
func (d desk) inviting(f file) shell.Screen {
	_, uninvited := f.taking()
	head := []page.Fact{page.Named(words.RecruitdeskLetters, strconv.Itoa(uninvited)), page.Named(words.RecruitdeskDay, d.span(f.Days)+", "+hours(f.Days)),
		page.Named(words.RecruitdeskPlace, f.Place)}
	if d.Door != nil {
		door := f.door
		if door == "" {
			door = d.S.T(words.RecruitdeskNoDoor)
		}
		head = append(head, page.Named(words.RecruitdeskDoor, door))
	}
	return d.sure(words.RecruitdeskInviteTitle, words.RecruitdeskInviteLead, words.RecruitdeskInviteNow, words.RecruitdeskInviting, f.Title, head, func() (page.Outcome, error) {
		paper, err := d.Invitations(d.ctx(), d.By())
		if err != nil {
			return page.Outcome{}, err
		}
		letters, err := d.Store.Invite(d.ctx(), d.By(), f.ID, paper)
		return page.Outcome{Said: words.RecruitdeskInvited, Args: []any{"n", len(letters)}}, err
	})
}

// reprinting makes a new code for a candidate whose letter got lost.
func (d desk) reprinting(p recruit.Procedure, label string) shell.Screen {
	return d.sure(words.RecruitdeskReprintTitle, words.RecruitdeskReprintLead, words.RecruitdeskReprintNow, words.RecruitdeskInviting, label, nil, func() (page.Outcome, error) {
		paper, err := d.Invitations(d.ctx(), d.By())
		if err != nil {
			return page.Outcome{}, err
		}
		_, err = d.Store.Reprint(d.ctx(), d.By(), p.ID, label, paper)
		return page.Outcome{Said: words.RecruitdeskReprinted, Args: []any{"label", label}}, err
	})
}

// sealing closes the list of names.
func (d desk) sealing(f file) shell.Screen {
	return d.sure(words.RecruitdeskSealTitle, words.RecruitdeskSealLead, words.RecruitdeskSealNow, words.RecruitdeskSaving, f.Title, nil, func() (page.Outcome, error) {
		return page.Outcome{Said: words.RecruitdeskSealed}, d.Store.Seal(d.ctx(), d.By(), f.ID)
	})
}

// closing ends the answering, and asks once more while somebody is not done: it can't be undone.
func (d desk) closing(f file) shell.Screen {
	return page.NewTask(d.S, words.RecruitdeskCloseTitle, words.RecruitdeskSaving, func() (b page.Brief, err error) {
		now, err := d.Store.Summary(d.ctx(), d.By(), f.ID)
		if err != nil {
			return b, err
		}
		return page.Brief{Title: f.Title, Lead: words.RecruitdeskCloseLead, Body: parts.NewForm(words.RecruitdeskCloseNow),
			Head: []page.Fact{page.Named(words.RecruitdeskRowCandidates, d.S.T(words.RecruitdeskEndedN, "n", now.Ended, "all", now.Candidates))},
			Ask: func(parts.Form) page.Question {
				if now.Ended >= now.Candidates {
					return page.Question{}
				}
				return page.Question{Ask: words.RecruitdeskCloseAsk, Yes: words.RecruitdeskCloseYes, Args: []any{"n", now.Candidates - now.Ended}}
			},
			Do: func(parts.Form) (page.Outcome, error) {
				return page.Outcome{Said: words.RecruitdeskClosed}, d.Store.Close(d.ctx(), d.By(), f.ID)
			}}, nil
	})
}

// scoring freezes the scores.
func (d desk) scoring(f file) shell.Screen {
	return d.sure(words.RecruitdeskScoreTitle, words.RecruitdeskScoreLead, words.RecruitdeskScoreNow, words.RecruitdeskScoring, f.Title, nil, func() (page.Outcome, error) {
		return page.Outcome{Said: words.RecruitdeskScored}, d.Store.FreezeScores(d.ctx(), d.By(), f.ID)
	})
}

// naming opens the list of names, which is written down.
func (d desk) naming(f file) shell.Screen {
	return d.sure(words.RecruitdeskNameTitle, words.RecruitdeskNameLead, words.RecruitdeskNameNow, words.RecruitdeskSaving, f.Title, nil, func() (page.Outcome, error) {
		return page.Outcome{Said: words.RecruitdeskNamed}, d.Store.OpenNames(d.ctx(), d.By(), f.ID)
	})
}

// dropping calls a procedure off, with the reason.
func (d desk) dropping(f file) shell.Screen {
	return page.NewTask(d.S, words.RecruitdeskDropTitle, words.RecruitdeskSaving, func() (page.Brief, error) {
		return page.Brief{Title: f.Title, Lead: words.RecruitdeskDropLead,
			Body: parts.NewForm(words.RecruitdeskDropNow, parts.Field{Name: "why", Label: words.RecruitdeskWhy, Hint: words.RecruitdeskWhyHint, Need: true, Max: longestLine}),
			Ask: func(parts.Form) page.Question {
				return page.Question{Ask: words.RecruitdeskDropAsk, Yes: words.RecruitdeskDropYes, Args: []any{"title", f.Title}}
			},
			Do: func(b parts.Form) (page.Outcome, error) {
				return page.Outcome{Said: words.RecruitdeskDropped}, d.Store.Drop(d.ctx(), d.By(), f.ID, b.Value("why"))
			}}, nil
	})
}
