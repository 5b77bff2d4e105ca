package main

import (
	"context"
	"errors"
	"log/slog"
	"sync"

	"digibrug/data"
)

// keep does what the house does by itself, until ctx ends: it tidies, sends papers out, and tells
// people by mail what changed in their courses.
func keep(ctx context.Context, log *slog.Logger, cfg Config, h *house, gate *data.Gate) {
	var crew sync.WaitGroup
	for _, does := range []func(){
		func() { tidy(ctx, log, h, gate) },
		func() { deliver(ctx, log, cfg, h, deliverEvery) },
		func() { tellCourses(ctx, log, cfg, h, deliverEvery) },
	} {
		crew.Go(func() { _ = safely(log, func() error { does(); return nil }) })
	}
	crew.Wait()
}

// tidyOutbox throws away papers whose end has come.
func (h *house) tidyOutbox(ctx context.Context, log *slog.Logger) error {
	n, err := h.outbox.Tidy(ctx)
	if n > 0 {
		log.Info("tidied", "papers", n)
	}
	return err
}

// keeper is who acts when the house does something by itself.
const keeper = "digibrug"

// tidyLoans does what the days bring at the loan desk: missed reservations, offers that lapse, what is free offered to
// who waits, and what ended long ago unlinked from who it was.
func (h *house) tidyLoans(ctx context.Context, log *slog.Logger) error {
	by := data.Operator(keeper)
	missed, lapsed, offered, err := h.loans.Tidy(ctx, by)
	unlinked, err2 := h.loans.Unlink(ctx, by)
	if missed+lapsed+offered+unlinked > 0 {
		log.Info("tidied", "missed", missed, "lapsed", lapsed, "offered", offered, "unlinked", unlinked)
	}
	return errors.Join(err, err2)
}

// tidyCourses does what the days bring in the courses: offers that nobody took lapse and go to the next who waits, and
// who took the last course long ago loses the name.
func (h *house) tidyCourses(ctx context.Context, log *slog.Logger) error {
	by := data.Operator(keeper)
	lapsed, moved, err := h.courses.Tidy(ctx, by)
	unlinked, err2 := h.courses.Unlink(ctx, by)
	if lapsed+moved+unlinked > 0 {
		log.Info("tidied", "lapsed", lapsed, "offered", moved, "unlinked", unlinked)
	}
	return errors.Join(err, err2)
}

// tidyChildren takes away which child came to an activity, once the last day that it keeps that has passed.
func (h *house) tidyChildren(ctx context.Context, log *slog.Logger) error {
	n, err := h.children.Purge(ctx, data.Operator(keeper))
	if n > 0 {
		log.Info("purged", "children", n)
	}
	return err
}

// tidyCandidates destroys what is kept about candidates of a recruitment test, once its term is over.
func (h *house) tidyCandidates(ctx context.Context, log *slog.Logger) error {
	done, err := h.recruit.Purge(ctx, data.Operator(keeper))
	for _, p := range done {
		log.Info("purged", "procedure", p.ProcedureID, "candidates", len(p.List))
	}
	return err
}
