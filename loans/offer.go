package loans

import (
	"context"
	"fmt"

	"digibrug/data"
)

// Place is somebody's place on the waiting list as the desk sees it.
type Place struct {
	Wait
	Type    string    // name
	Ahead   int       // how many wait for the type longer
	Number  Number    // of the booking that is offered
	Device  string    // that is kept free meanwhile, as people call it
	Refused []Refusal // of one that waits: why nothing is offered now; none: the next look will offer something
}

// Queue lists the waiting list, by type, who waits longest first, each with why nothing was offered.
func (s *Store) Queue(ctx context.Context, by data.Actor) (all []Place, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		all, err = queue(ctx, q)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the waiting list: %w", err)
	}
	return all, nil
}

func queue(ctx context.Context, q data.Query) (all []Place, err error) {
	waits, err := data.List(ctx, q, scanWait, waitColumns+` JOIN device_types t ON t.id = w.type_id WHERE w.state IN ('waiting', 'offered')
		ORDER BY t.sort_key, w.type_id, w.at, w.id`)
	if err != nil || len(waits) == 0 {
		return nil, err
	}
	known, err := types(ctx, q, "")
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, t := range known {
		names[t.ID] = t.Name
	}
	ahead := map[string]int{}
	for _, w := range waits {
		p := Place{Wait: w, Type: names[w.TypeID], Ahead: ahead[w.TypeID]}
		ahead[w.TypeID]++
		if w.State == "offered" {
			b, err := bookingWhere(ctx, q, `k.id = $1`, w.BookingID)
			if err != nil {
				return nil, err
			}
			p.Number, p.Device = b.Number, b.Device
		} else if p.Refused, err = notOffered(ctx, q, w); err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, nil
}

// notOffered is what stands in the way of an offer today.
func notOffered(ctx context.Context, q data.Query, w Wait) ([]Refusal, error) {
	who, err := borrower(ctx, q, w.BorrowerID)
	if err != nil {
		return nil, err
	}
	today := data.DayOf(q.Now())
	rules, err := current(ctx, q, today)
	if err != nil {
		return nil, err
	}
	b := Booking{TypeID: w.TypeID, BorrowerID: w.BorrowerID, From: max(w.From, today), To: w.To}
	return b.assign(ctx, q, rules, who, BookAsk{Type: w.TypeID, Borrower: w.BorrowerID, From: b.From, To: b.To})
}
