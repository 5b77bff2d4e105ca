// Package tui puts the rooms together: which there are, who sees them, and what each gets of the floors
// below.
package tui

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"

	"digibrug/courses"
	"digibrug/courses/activity"
	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/outbox"
	rules "digibrug/data/staffing"
	workbooks "digibrug/data/start"
	"digibrug/loans"
	"digibrug/quiz"
	"digibrug/quiz/recruit"
	"digibrug/tui/activities"
	"digibrug/tui/coursewords"
	"digibrug/tui/home"
	"digibrug/tui/me"
	"digibrug/tui/papers"
	"digibrug/tui/reading"
	"digibrug/tui/server"
	"digibrug/tui/shell"
	"digibrug/tui/start"
	"digibrug/tui/theme"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// House is what the rooms stand on.
type House struct {
	DB       *data.DB
	People   *data.People
	Accounts *data.Accounts
	Settings *data.Settings
	Codes    *data.Codes
	Kiosks   *data.Kiosks
	Staffing *rules.Store
	Start    start.Desk
	Calendar *calendar.Store
	Outbox   *outbox.Store
	// Fetch gives what to type after sftp for papers that wait to be fetched; host is empty while that can't be.
	// It may be nil.
	Fetch    func(ctx context.Context) (host, port string, err error)
	Channels []outbox.Channel // by which any paper can leave; nil: they wait to be fetched
	Mails    bool             // what has a mail address can leave by mail
	Loans    *loans.Store
	Courses  *courses.Store
	Children *activity.Store // activities for children
	Shelf    *papers.Shelf   // the lists and figures of the house; nil: none on screens
	Quiz     *quiz.Store
	Recruit  *recruit.Store
	Ends     *sync.WaitGroup // what visits do when they are over; nil: nobody waits for it
	Gate     *data.Gate
	Log      *slog.Logger
	Clock    data.Clock
}

// Open makes the program of one visit: server.Config.Open.
func (h House) Open(g server.Guest) (tea.Model, error) {
	visit, err := h.openVisit(g)
	switch {
	case err != nil:
		return nil, err
	case g.Say != nil:
		return reading.Plain(visit, g.Say), nil
	}
	return reading.New(visit), nil
}

// openVisit makes the screens of a visit.
func (h House) openVisit(g server.Guest) (reading.Visit, error) {
	place, err := h.Settings.Get(g.Ctx, data.SettingPlace, "digibrug")
	if err != nil {
		return nil, err
	}
	if g.Identity.AccountID == "" {
		return h.openVisitor(g, place)
	}
	titles, err := h.Settings.Titles(g.Ctx)
	if err != nil {
		return nil, err
	}
	s := shell.NewSession(g.Ctx, g.Identity, place, h.Clock, h.Log)
	s.Titles = titles
	s.Still = func(ctx context.Context) error { return h.Gate.Still(ctx, g.Identity) }
	s.KeepLook = func(ctx context.Context, lang words.Lang, name theme.Name) error {
		return h.Accounts.SetLook(ctx, g.Identity.Actor(), string(lang), string(name))
	}
	// Until an own password is chosen, and the second factor set up that the role asks for, there is no room to go
	// to: the stores refuse too.
	var ready atomic.Bool
	ready.Store(!g.Identity.MustChange && !g.Identity.MustEnrol)
	entries := h.entries(g.Identity)
	for i, e := range entries {
		entries[i].May = func(id data.Identity) bool { return ready.Load() && (e.May == nil || e.May(id)) }
	}
	if ready.Load() {
		return shell.NewRoot(s, home.New(s, h.Quiz, entries), entries, Errors()), nil
	}
	next := func() shell.Screen {
		ready.Store(true)
		return home.New(s, h.Quiz, entries)
	}
	if in := next; g.Identity.MustEnrol {
		next = func() shell.Screen { return me.NewFirst(s, h.Accounts, in) }
	}
	if g.Identity.MustChange {
		return shell.NewRoot(s, home.NewPassword(s, h.Accounts, next), entries, Errors()), nil
	}
	return shell.NewRoot(s, next(), entries, Errors()), nil
}

// Errors are the errors of the floors below that people are told about in words of their own, on screens
// and at the command line.
func Errors() words.Errors {
	return append(words.Errors{
		{Err: quiz.ErrTimeUp, Key: words.ErrorTimeUp},
		{Err: quiz.ErrEnded, Key: words.ErrorEnded},
		{Err: quiz.ErrNotOpen, Key: words.ErrorNotOpen},
		{Err: quiz.ErrNotInvited, Key: words.ErrorNotInvited},
		{Err: quiz.ErrState, Key: words.ErrorState},
		{Err: recruit.ErrState, Key: words.RecruitErrState},
		{Err: recruit.ErrSealed, Key: words.RecruitErrSealed},
		{Err: recruit.ErrChanged, Key: words.RecruitErrChanged},
		{Err: recruit.ErrSat, Key: words.RecruitErrSat},
		{Err: recruit.ErrUndecided, Key: words.RecruitErrUndecided},
		{Err: data.ErrMustChange, Key: words.ErrorMustChange},
		{Err: data.ErrMustEnrol, Key: words.ErrorMustEnrol},
		{Err: data.ErrFull, Key: words.ErrorFull},
		{Err: data.ErrDisk, Key: words.ErrorDisk},
		{Err: data.ErrReadOnly, Key: words.ErrorReadOnly},
		{Err: data.ErrCorrupt, Key: words.ErrorCorrupt},
		{Err: data.ErrBusy, Key: words.ErrorBusy},
		{Err: data.ErrNewer, Key: words.ErrorNewer},
		{Err: data.ErrOlder, Key: words.ErrorOlder},
		{Err: data.ErrChain, Key: words.ErrorChain},
		{Err: data.ErrLastICT, Key: words.ErrorLastICT},
		{Err: workbooks.ErrMeanwhile, Key: words.StartMeanwhile},
		{Err: calendar.ErrChanged, Key: words.CalendarChanged},
		{Err: loans.ErrLent, Key: words.ErrorLent, Args: lentArgs},
		{Err: loans.ErrRefused, Key: words.ErrorRefused},
		{Err: loans.ErrOpenLines, Key: words.ErrorOpenLines},
		{Err: loans.ErrBookingOver, Key: words.ErrorBookingOver},
	}, slices.Concat(coursewords.Errors(), activities.Errors(), recruitErrors(), bankErrors())...)
}

// lentArgs name who was first, and when.
func lentArgs(lang words.Lang, err error) []any {
	var lent *loans.LentError
	if !errors.As(err, &lent) {
		return nil
	}
	return []any{"by", lent.By, "at", words.Clock(lang, lent.At)}
}
