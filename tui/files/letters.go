package files

import (
	"context"

	"digibrug/data"
	"digibrug/data/outbox"
)

// Drawer gives the papers of an outbox that wait for their makers to fetch them.
type Drawer struct{ Outbox *outbox.Store }

// Mine lists the own papers of the channel outbox.Fetch.
func (d Drawer) Mine(ctx context.Context, by data.Actor) ([]Letter, error) {
	all, err := d.Outbox.Mine(ctx, by)
	var letters []Letter
	for _, p := range all {
		if p.Channel == outbox.Fetch {
			letters = append(letters, Letter{ID: p.ID, Name: p.Name, Size: p.Size, MadeAt: p.MadeAt})
		}
	}
	return letters, err
}

// Body gives an own paper; the outbox audits that it was read.
func (d Drawer) Body(ctx context.Context, by data.Actor, id string) ([]byte, error) {
	return d.Outbox.Body(ctx, by, id)
}
