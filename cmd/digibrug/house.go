package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"

	"digibrug/courses"
	"digibrug/courses/activity"
	coursetakeover "digibrug/courses/takeover"
	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/outbox"
	"digibrug/data/staffing"
	"digibrug/data/start"
	"digibrug/loans"
	"digibrug/loans/takeover"
	"digibrug/quiz"
	"digibrug/quiz/recruit"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// house is the lower floors, put together.
type house struct {
	db       *data.DB
	people   *data.People
	accounts *data.Accounts
	settings *data.Settings
	codes    *data.Codes
	kiosks   *data.Kiosks
	staffing *staffing.Store
	start    *start.Store
	calendar *calendar.Store
	outbox   *outbox.Store
	loans    *loans.Store
	courses  *courses.Store
	children *activity.Store
	quiz     *quiz.Store
	recruit  *recruit.Store
}

// enter opens the house of an initialised data directory for a command; leave closes it.
func (c *cli) enter(ctx context.Context) (*house, error) {
	cfg, err := c.configureReady(nil)
	if err != nil {
		return nil, err
	}
	return open(ctx, cfg, quietLog(c.err), data.AsIs())
}

// inHouse is a command that works in the house of an initialised data directory.
func (c *cli) inHouse(act func(ctx context.Context, h *house, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) (err error) {
		h, err := c.enter(cmd.Context())
		if err != nil {
			return err
		}
		defer h.leave(&err)
		return act(cmd.Context(), h, args)
	}
}

// onAccount is inHouse for a command on the account that its first argument names.
func (c *cli) onAccount(act func(ctx context.Context, h *house, a data.Account, args []string) error) func(*cobra.Command, []string) error {
	return c.inHouse(func(ctx context.Context, h *house, args []string) error {
		a, err := c.find(ctx, h, args[0])
		if err != nil {
			return err
		}
		return act(ctx, h, a, args)
	})
}

// open opens the database, which must exist: a command that is given a wrong path makes no empty one.
func open(ctx context.Context, cfg Config, log *slog.Logger, opts ...data.Option) (*house, error) {
	if path, ok := cfg.file(); ok {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return nil, failed(err, nl.T(words.CliNoDatabase, "path", path))
		}
	}
	return openNew(ctx, cfg, log, opts...)
}

// openNew is open for a database that need not be there yet.
func openNew(ctx context.Context, cfg Config, log *slog.Logger, opts ...data.Option) (*house, error) {
	banks, err := quiz.ShippedBanks(data.Banks, "nl")
	if err != nil {
		return nil, err
	}
	db, err := data.Open(ctx, cfg.url(), append(opts, data.WithLog(log))...)
	if err != nil {
		return nil, err
	}
	hasher := data.NewHasher(cfg.Hash)
	codes, tests := data.NewCodes(db, hasher), quiz.NewStore(db, banks)
	return &house{
		db: db, people: data.NewPeople(db), accounts: data.NewAccounts(db, hasher), settings: data.NewSettings(db),
		codes: codes, kiosks: data.NewKiosks(db),
		start:    start.NewStore(db, append(takeover.Workbook(), coursetakeover.Sheets()...)...),
		staffing: staffing.NewStore(db, append(staffing.Steps(), quiz.FirstTest(), loans.OpenLoans())...), calendar: calendar.NewStore(db), outbox: outbox.NewStore(db), loans: loans.NewStore(db),
		courses: courses.NewStore(db).Mailing(cfg.mails()), children: activity.NewStore(db),
		quiz: tests, recruit: recruit.NewStore(db, codes, recruit.Held(tests.Library())),
	}, nil
}

// leave closes the house; err is what the command came to before.
func (h *house) leave(err *error) { *err = errors.Join(*err, h.db.Close()) }

// quietLog is the log of a command that comes and goes: warnings only.
func quietLog(w io.Writer) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelWarn}))
}

// logger is the log of the server.
func (cfg Config) logger(w io.Writer) *slog.Logger {
	opts := &slog.HandlerOptions{Level: cfg.LogLevel}
	if cfg.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, opts))
	}
	return slog.New(slog.NewTextHandler(w, opts))
}
