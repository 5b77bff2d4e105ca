package main

import (
	"context"
	"log/slog"
	"sync"

	"digibrug/data"
)

// keep does what the house does by itself, until ctx ends: it tidies, and sends papers out.
func keep(ctx context.Context, log *slog.Logger, cfg Config, h *house, gate *data.Gate) {
	var crew sync.WaitGroup
	for _, does := range []func(){
		func() { tidy(ctx, log, h, gate) },
		func() { deliver(ctx, log, cfg, h, deliverEvery) },
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
