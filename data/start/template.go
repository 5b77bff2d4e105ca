package start

import (
	"context"
	"fmt"

	"digibrug/data"
	"digibrug/data/workbook"
)

// Template is an empty start workbook with examples, or, filled, one with what the house has. about are lines for a
// sheet of its own that says how it works; its name comes first. Only the ICT officer may have it.
func (s *Store) Template(ctx context.Context, by data.Actor, filled bool, about []string) (draft workbook.Draft, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		if err := data.Require(ctx, q, by, data.RoleICT); err != nil {
			return err
		}
		draft = workbook.Draft{About: about}
		for _, sheet := range s.sheets {
			tab := workbook.Tab{Name: sheet.Name()}
			for _, f := range sheet.Fields() {
				tab.Columns = append(tab.Columns, workbook.DraftColumn{Head: f.Head, Need: f.Need, Day: f.Day, Known: f.Known})
				for i, text := range f.Example {
					for !filled && len(tab.Rows) <= i {
						tab.Rows = append(tab.Rows, make([]string, len(sheet.Fields())))
					}
					if !filled {
						tab.Rows[i][len(tab.Columns)-1] = text
					}
				}
			}
			if filled {
				if tab.Rows, err = sheet.Fill(ctx, q); err != nil {
					return fmt.Errorf("fill sheet %s: %w", sheet.Name(), err)
				}
			}
			draft.Tabs = append(draft.Tabs, tab)
		}
		return nil
	})
	if err != nil {
		return workbook.Draft{}, fmt.Errorf("make a start workbook: %w", err)
	}
	return draft, nil
}
