package tui

import (
	"context"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/tui/papers"
	"digibrug/tui/reports"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// reportRoom is where lists and figures are read by whoever may have one.
func (h House) reportRoom() shell.Entry {
	return shell.Entry{Room: reports.Room, Title: words.ReportTitle,
		May: func(id data.Identity) bool {
			return account(id) && h.Shelf != nil && len(reports.Of(h.Shelf, id.Roles)) > 0
		},
		Open: func(s *shell.Session) shell.Screen {
			return reports.New(s, reports.Desk{Shelf: h.Shelf, Send: h.keepSheet})
		}}
}

// keepSheet puts a list where its maker fetches it.
func (h House) keepSheet(ctx context.Context, by data.Actor, f papers.Format, s papers.Sheet) (p outbox.Paper, err error) {
	err = h.DB.InTx(ctx, func(tx *data.Tx) error {
		p, err = papers.SendSheet(ctx, tx, by, outbox.Fetch, f, s)
		return err
	})
	return p, err
}
