package recruit

import (
	"context"
	"fmt"

	"digibrug/data"
)

// PCs lists the PCs with a key of their own at which a test can be taken, for a recruiter of the procedure: those of test rooms
// first, then those of the public computer rooms. What stands beside a counter or in a cafeteria is no place for a test.
func (s *Store) PCs(ctx context.Context, by data.Actor, procedure string) (all []data.Kiosk, err error) {
	err = s.view(ctx, by, procedure, []Duty{Recruiter}, func(q data.Query, _ Procedure) error {
		for _, kind := range []data.KioskKind{data.KioskTestRoom, data.KioskOCR} {
			some, err := data.OpenKiosks(ctx, q, kind)
			if err != nil {
				return err
			}
			all = append(all, some...)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("PCs for procedure %s: %w", data.Clean(procedure, 40), err)
	}
	return all, nil
}
