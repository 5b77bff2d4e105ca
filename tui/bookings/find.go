package bookings

import (
	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// mostTyped is how many characters a name or code has.
const mostTyped = 80

// newFinder finds who a reservation is for, and next makes the screen that takes its place.
func newFinder(s *shell.Session, desk Desk, next func(loans.Borrower) shell.Screen) shell.Screen {
	columns := []parts.Column{{Title: words.BookingColBorrower, Min: 20, Grow: 2}, {Title: words.BookingColPhone, Min: 14, Grow: 1}, {Title: words.BookingColNumber, Min: 10, Drop: 1}}
	by := s.Who.Actor()
	return page.NewFinder(s, words.BookingSearching, columns, page.Finding[loans.Borrower]{
		Title: words.BookingWho, Lead: words.BookingWhoLead, None: words.BookingWhoNone, NoCode: words.BookingNoCard, Chooses: words.BookingChoose,
		Search: func(typed string) ([]loans.Borrower, error) { return desk.Store.Search(s.Ctx, by, typed) },
		IsCode: func(typed string) bool {
			_, bad := loans.ParseNumber(typed)
			return bad == nil
		},
		ByCode: func(code string) (*loans.Borrower, error) {
			found, err := desk.Store.Find(s.Ctx, by, code)
			if err != nil || found.Borrower == nil {
				return nil, err
			}
			return &found.Borrower.Borrower, nil
		},
		Row: func(b loans.Borrower) parts.Row {
			return parts.Row{ID: b.ID, Cells: []string{b.Name(), b.Phone, b.Number.Show()}}
		},
		Open: func(b loans.Borrower) tea.Cmd { return shell.Replace(next(b)) },
	})
}
