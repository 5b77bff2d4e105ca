// Package borrowers is the room of who borrows: find somebody by some letters, see what they have, had, booked and owe,
// change what is known of them, block, join a household, erase. Social workers see here why somebody pays less; the
// desk sees the tariff and nothing more.
package borrowers

import (
	"context"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Room is the room's name in the palette and for shell.GoMsg.
const Room shell.Room = "borrowers"

// Desk is what the room works with. Only Store must be there: the keys of what is missing are gone.
type Desk struct {
	Store *loans.Store
	// Money opens the ledger of a loan, Book makes a reservation for a borrower, each by id.
	Money func(s *shell.Session, loan string) shell.Screen
	Book  func(s *shell.Session, borrower string) shell.Screen
	// Card makes the card of a borrower, and puts it where papers leave.
	Card func(ctx context.Context, by data.Actor, of loans.Number) (outbox.Paper, error)
}

// one finds the borrower whom a text means: by the number on the card, or by a name that only one has. It returns an
// *data.Invalid of a field.
func (d Desk) one(s *shell.Session, field, typed string) (loans.Borrower, error) {
	if _, bad := loans.ParseNumber(typed); bad == nil {
		found, err := d.byCard(s, typed)
		if err != nil || found != nil {
			return deref(found), under(field, err)
		}
	}
	all, err := d.Store.Search(s.Ctx, s.Who.Actor(), typed)
	switch {
	case err != nil:
		return loans.Borrower{}, err
	case len(all) == 1:
		return all[0], nil
	case len(all) > 1:
		return loans.Borrower{}, &data.Invalid{Field: field, Why: WhySeveral, Got: data.Clean(typed, 40)}
	}
	return loans.Borrower{}, &data.Invalid{Field: field, Why: WhyNobody, Got: data.Clean(typed, 40)}
}

func deref(b *loans.Borrower) loans.Borrower {
	if b == nil {
		return loans.Borrower{}
	}
	return *b
}

// What can be wrong with who is meant.
const (
	WhyNobody  data.Why = "borrower.nobody"  // nobody is called Got
	WhySeveral data.Why = "borrower.several" // several are called Got
)

// byCard finds the borrower of a card; nil when the number is of something else.
func (d Desk) byCard(s *shell.Session, code string) (*loans.Borrower, error) {
	found, err := d.Store.Find(s.Ctx, s.Who.Actor(), code)
	if err != nil || found.Borrower == nil {
		return nil, err
	}
	return &found.Borrower.Borrower, nil
}

// New opens the line that finds somebody.
func New(s *shell.Session, desk Desk) shell.Screen {
	add := key.NewBinding(key.WithKeys("f5"), key.WithHelp("F5", s.T(words.BorrowerNew)))
	columns := []parts.Column{{Title: words.BorrowerColName, Min: 20, Grow: 2}, {Title: words.BorrowerColKind, Min: 12, Grow: 1, Drop: 1},
		{Title: words.BorrowerColPhone, Min: 14, Grow: 1, Drop: 2}, {Title: words.BorrowerColNumber, Min: 10}}
	return page.NewFinder(s, words.BorrowerSearching, columns, page.Finding[loans.Borrower]{
		Title: words.BorrowerTitle, Lead: words.BorrowerLead, None: words.BorrowerNone, NoCode: words.BorrowerNoCard, Chooses: words.BorrowerOpen,
		Search: func(typed string) ([]loans.Borrower, error) { return desk.Store.Search(s.Ctx, s.Who.Actor(), typed) },
		IsCode: func(typed string) bool {
			_, bad := loans.ParseNumber(typed)
			return bad == nil
		},
		ByCode: func(code string) (*loans.Borrower, error) { return desk.byCard(s, code) },
		Row: func(b loans.Borrower) parts.Row {
			return parts.Row{ID: b.ID, Cells: []string{b.Name(), s.T(words.LoanCategory(string(b.Category))), b.Phone, b.Number.Show()}}
		},
		Open: func(b loans.Borrower) tea.Cmd { return shell.Open(NewPage(s, desk, b.ID)) },
		Can:  []key.Binding{add},
		More: func(_ page.Finder[loans.Borrower], msg tea.Msg) tea.Cmd {
			if press, ok := msg.(tea.KeyPressMsg); ok && key.Matches(press, add) {
				return shell.Open(newForm(s, desk, ""))
			}
			return nil
		},
	})
}
