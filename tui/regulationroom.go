package tui

import (
	"context"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/data/regulation"
	"digibrug/tui/papers"
	"digibrug/tui/regtext"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// loanRegulation reads the loan regulation with its figures filled in.
func (h House) loanRegulation() papers.LoanRegulation {
	return papers.LoanRegulation{Texts: regulation.NewStore(h.DB), Rules: h.Loans, Settings: h.Settings, Now: h.DB.Now}
}

// regtextRoom is the room in which everybody who works here reads the regulation.
func (h House) regtextRoom() shell.Entry {
	return shell.Entry{Room: regtext.Room, Title: words.RegtextTitle, May: account, Quiet: true, Open: func(s *shell.Session) shell.Screen {
		r := h.loanRegulation()
		return regtext.New(s, regtext.Desk{Reader: r, Texts: regulation.NewStore(h.DB), Print: func(ctx context.Context, by data.Actor, e papers.Edition) (outbox.Paper, error) {
			return r.Print(ctx, h.DB, by, h.way(), e)
		}})
	}}
}

// publicPages are what everybody may read at a kiosk.
func (h House) publicPages() []shell.Entry {
	return append(append(h.lessonPages(), h.practicePage()), shell.Entry{Room: regtext.PublicRoom, Title: words.RegfigureTitle,
		Open: func(s *shell.Session) shell.Screen {
			return regtext.NewPublic(s, regtext.Desk{Reader: h.loanRegulation()})
		}}, h.evaluationForm())
}
