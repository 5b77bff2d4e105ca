package main

import (
	"context"
	"log/slog"
	netmail "net/mail"
	"time"

	"digibrug/data"
	"digibrug/tui/papers"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// courseMails writes what people must hear of courses in mails.
func (h *house) courseMails(cfg Config) papers.CourseMails {
	m := papers.CourseMails{Settings: h.settings, Now: h.db.Now}
	if from, err := netmail.ParseAddress(cfg.Mail.From); err == nil { // what can't be read, sends no mails either
		m.From = from.Address
	}
	return m
}

// tellCourses puts mails to participants and trainers in the outbox until ctx ends, where mails can leave.
func tellCourses(ctx context.Context, log *slog.Logger, cfg Config, h *house, every time.Duration) {
	if !cfg.mails() {
		return
	}
	mails := h.courseMails(cfg)
	rounds(ctx, log, every, func() error {
		n, err := mails.Tell(ctx, data.Operator(keeper), h.courses)
		if n > 0 {
			log.Info("told of courses by mail", "n", n)
		}
		return err
	})
}

// courseTell is one such round.
func (c *cli) courseTell() *cobra.Command {
	return &cobra.Command{Use: "tell", Short: nl.T(words.CoursetellCliTell), Args: takes(0, 0),
		RunE: c.inHouse(func(ctx context.Context, h *house, _ []string) error {
			cfg, err := c.configureReady(nil)
			if err != nil {
				return err
			}
			if !cfg.mails() {
				return failed(nil, nl.T(words.CoursetellCliNone))
			}
			n, err := h.courseMails(cfg).Tell(ctx, c.by(), h.courses)
			if err != nil {
				return err
			}
			return c.done(map[string]any{"mails": n}, nl.T(words.CoursetellCliTold, "n", n))
		})}
}
