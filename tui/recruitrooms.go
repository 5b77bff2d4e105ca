package tui

import (
	"context"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/quiz/recruit"
	"digibrug/tui/papers"
	"digibrug/tui/recruitdesk"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// recruitRooms is the room of who recruits.
func (h House) recruitRooms() []shell.Entry {
	return []shell.Entry{
		{Room: recruitdesk.Room, Title: words.RecruitdeskTitle, May: with(data.RoleRecruiter),
			Open: func(s *shell.Session) shell.Screen { return recruitdesk.New(s, h.recruitDesk()) }},
	}
}

// recruitDesk is what the room works with.
func (h House) recruitDesk() recruitdesk.Desk {
	return recruitdesk.Desk{Store: h.Recruit, Tests: h.Quiz.Library(), Organisations: h.People, Invitations: h.invite, Door: h.door, Template: h.candidateTemplate, Printer: h.recruitPrinter(), In: h.Start.In}
}

// recruitPrinter makes the papers of procedures where their maker fetches them; nil in a house without lists.
func (h House) recruitPrinter() *recruitdesk.Printer {
	if h.Shelf == nil {
		return nil
	}
	return &recruitdesk.Printer{Shelf: papers.RecruitShelf{Papers: h.recruitPapers(), Lists: h.Shelf},
		Send: func(ctx context.Context, by data.Actor, w papers.Written, f papers.Format) (p outbox.Paper, err error) {
			err = h.DB.InTx(ctx, func(tx *data.Tx) error {
				p, err = w.Send(ctx, tx, by, outbox.Fetch, f)
				return err
			})
			return p, err
		}}
}

// recruitPapers makes the documents of a recruitment.
func (h House) recruitPapers() papers.RecruitPapers {
	return papers.RecruitPapers{Recruit: h.Recruit, Titles: h.Quiz, Settings: h.Settings, Now: h.DB.Now}
}

// invite makes what sends invitations, and the list of names, to the papers of their maker.
func (h House) invite(ctx context.Context, by data.Actor) (recruit.Inviting, error) {
	var put []outbox.Paper // the room names none of them
	return h.recruitPapers().Inviting(ctx, papers.InvitedToOutbox(by, h.way(), &put))
}

// door is the address of the screens door, as letters say it.
func (h House) door(ctx context.Context) (string, error) {
	return h.Settings.Get(ctx, data.SettingDoor, "")
}

// candidateTemplate puts an empty list of candidates where its maker fetches it.
func (h House) candidateTemplate(ctx context.Context, by data.Actor) (string, error) {
	body, err := recruit.CandidateTemplate()
	if err != nil {
		return "", err
	}
	p, err := h.Outbox.Put(ctx, by, outbox.Paper{Channel: outbox.Fetch, Name: "sjabloon-kandidaten.xlsx",
		Media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}, body)
	return p.Name, err
}
