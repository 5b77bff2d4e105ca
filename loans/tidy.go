package loans

import (
	"context"
	"fmt"
	"strconv"

	"digibrug/data"
)

// Tidy does what the days bring, at desks that are open today: bookings that nobody fetched in time are missed, offers
// of the waiting list lapse, and who waits is offered what is free. It audits what it changed and tells how much that
// is; a desk that is closed today keeps everything until it opens.
func (s *Store) Tidy(ctx context.Context, by data.Actor) (missed, lapsed, offered int, err error) {
	err = s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		if err := lapseCalls(ctx, tx); err != nil {
			return err
		}
		if missed, err = missBookings(ctx, tx); err != nil {
			return err
		}
		if lapsed, err = lapseOffers(ctx, tx); err != nil {
			return err
		}
		if offered, err = offerWaits(ctx, tx, by); err != nil || missed+lapsed+offered == 0 {
			return err
		}
		return tx.Audit(ctx, by, "booking.tidy", tx.Today(), "missed", strconv.Itoa(missed), "lapsed", strconv.Itoa(lapsed), "offered", strconv.Itoa(offered))
	})
	if err != nil {
		return 0, 0, 0, fmt.Errorf("tidy bookings: %w", err)
	}
	return missed, lapsed, offered, nil
}

// missBookings ends bookings whose time to be fetched is over, at desks that are open today.
func missBookings(ctx context.Context, tx *data.Tx) (n int, err error) {
	all, err := data.List(ctx, tx, scanBooking, bookingColumns+` WHERE k.state IN ('booked', 'ready') AND k.pick_up_until < $1 ORDER BY k.id`, tx.Today())
	if err != nil {
		return 0, err
	}
	for _, b := range all {
		if open, err := openToday(ctx, tx, b.DeviceID); err != nil || !open {
			if err != nil {
				return 0, err
			}
			continue
		}
		if err := setBooking(ctx, tx, b.ID, Missed); err != nil {
			return 0, err
		}
		n++
	}
	return n, nil
}

// openToday tells whether the desk of a device is open today.
func openToday(ctx context.Context, tx *data.Tx, id string) (bool, error) {
	d, err := device(ctx, tx, id)
	if err != nil {
		return false, err
	}
	open, err := openingOf(ctx, tx, d.LocationID)
	return open.IsOpen(data.StoredDay(tx.Today())), err
}
