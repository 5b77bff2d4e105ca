package server

import (
	"context"
	"errors"
	"maps"
	"net"
	"slices"
	"time"

	"digibrug/tui/shell"
)

// stopGrace is how long sessions get to say farewell once their time to save is over.
const stopGrace = 700 * time.Millisecond

// Shutdown closes the door: nobody comes in any more, all sessions hear shell.StopMsg and have Limits.Stop
// to save, whoever is left then gets a farewell sentence, and all connections are closed. It returns
// within Limits.Stop and a second, earlier when all have gone or ctx ends. Stock Shutdown waits without
// end for people who don't leave.
func (d *Door) Shutdown(ctx context.Context) error {
	visits, err := d.close()
	if visits == nil {
		return err
	}
	for _, v := range visits {
		v.send(shell.StopMsg{Left: d.limits.Stop})
	}
	d.wait(ctx, d.limits.Stop)
	for _, v := range visits {
		v.end(stopped)
	}
	d.wait(ctx, stopGrace)
	return errors.Join(err, d.cut(), ctx.Err())
}

// close stops accepting and gives the sessions that are open, nil when the door was closed before.
func (d *Door) close() ([]*visit, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.stopping.Swap(true) {
		return nil, nil
	}
	var errs []error
	for l := range d.listeners {
		if err := l.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
			errs = append(errs, err)
		}
	}
	if len(d.visits) == 0 {
		close(d.empty)
	}
	return append([]*visit{}, slices.Collect(maps.Keys(d.visits))...), errors.Join(errs...)
}

func (d *Door) wait(ctx context.Context, most time.Duration) {
	timer := time.NewTimer(most)
	defer timer.Stop()
	select {
	case <-d.empty:
	case <-timer.C:
	case <-ctx.Done():
	}
}

// cut closes every connection, also those that never logged in, of which the library knows nothing.
func (d *Door) cut() error {
	err := d.srv.Close()
	if errors.Is(err, net.ErrClosed) {
		err = nil
	}
	d.mu.Lock()
	wires := slices.Collect(maps.Keys(d.wires))
	d.mu.Unlock()
	for _, w := range wires {
		_ = w.Close()
	}
	return err
}
