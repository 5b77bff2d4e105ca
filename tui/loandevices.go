package tui

import (
	"context"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/loans"
	"digibrug/tui/borrowers"
	"digibrug/tui/devices"
	"digibrug/tui/papers"
	"digibrug/tui/shell"
)

// deviceDesk is what the room of devices works with.
func (h House) deviceDesk() devices.Desk {
	return devices.Desk{Store: h.Loans, People: h.People, Places: h.Calendar, Labels: h.printLabels, List: h.listDevices,
		Borrower: func(s *shell.Session, id string) shell.Screen { return borrowers.NewPage(s, h.borrowerDesk(), id) }}
}

// printLabels sends labels of the smallest size: a laptop has room for no more between its screws.
func (h House) printLabels(ctx context.Context, by data.Actor, start int, numbers []loans.Number) (p outbox.Paper, err error) {
	all, err := papers.DeviceLabels(ctx, by, h.Loans, h.People, numbers)
	if err != nil {
		return p, err
	}
	return h.sendLabels(ctx, by, papers.Labels65, start, all...)
}

// sendLabels puts a sheet of labels where papers leave, from a label on (1 is the first).
func (h House) sendLabels(ctx context.Context, by data.Actor, layout papers.LabelLayout, start int, all ...papers.Label) (p outbox.Paper, err error) {
	place, err := h.Settings.Get(ctx, data.SettingPlace, "")
	if err != nil {
		return p, err
	}
	err = h.DB.InTx(ctx, func(tx *data.Tx) error {
		p, err = papers.SendLabels(ctx, tx, by, h.way(), papers.LabelSheet{Layout: layout, Start: start, Place: place, At: tx.Now(), All: all})
		return err
	})
	return p, err
}

// listDevices puts the list of devices where papers wait to be fetched: a workbook goes to no printer.
func (h House) listDevices(ctx context.Context, by data.Actor, as papers.Format) (p outbox.Paper, err error) {
	lists := papers.LoanLists{Loans: h.Loans, People: h.People, Places: h.Calendar, Now: h.DB.Now}
	s, err := papers.NewShelf(h.DB, h.Settings, lists.Papers()...).Fill(ctx, by, papers.ListOfDevices, papers.Ask{})
	if err != nil {
		return p, err
	}
	way := outbox.Fetch
	if as == papers.FormatPDF {
		way = h.way()
	}
	err = h.DB.InTx(ctx, func(tx *data.Tx) error {
		p, err = papers.SendSheet(ctx, tx, by, way, as, s)
		return err
	})
	return p, err
}
