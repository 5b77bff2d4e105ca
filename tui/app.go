// Package tui puts the rooms together: which there are, who sees them, and what each gets of the floors
// below.
package tui

import (
	"context"
	"log/slog"
	"sync/atomic"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/tui/admin"
	"digibrug/tui/assessment"
	"digibrug/tui/home"
	"digibrug/tui/server"
	"digibrug/tui/shell"
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
	Quiz     *quiz.Store
	Gate     *data.Gate
	Log      *slog.Logger
	Clock    data.Clock
}

// Open makes the program of one visit: server.Config.Open.
func (h House) Open(g server.Guest) (tea.Model, error) {
	place, err := h.Settings.Get(g.Ctx, data.SettingPlace, "digibrug")
	if err != nil {
		return nil, err
	}
	s := shell.NewSession(g.Ctx, g.Identity, place, h.Clock, h.Log)
	s.Still = func(ctx context.Context) error { return h.Gate.Still(ctx, g.Identity) }
	s.KeepLook = func(ctx context.Context, lang words.Lang, name theme.Name) error {
		return h.Accounts.SetLook(ctx, g.Identity.Actor(), string(lang), string(name))
	}
	// Until an own password is chosen there is no room to go to: the stores refuse too.
	var ready atomic.Bool
	ready.Store(!g.Identity.MustChange)
	entries := h.entries()
	for i, e := range entries {
		entries[i].May = func(id data.Identity) bool { return ready.Load() && (e.May == nil || e.May(id)) }
	}
	if ready.Load() {
		return shell.NewRoot(s, home.New(s, h.Quiz, entries), entries, Errors()), nil
	}
	first := home.NewPassword(s, h.Accounts, func() shell.Screen {
		ready.Store(true)
		return home.New(s, h.Quiz, entries)
	})
	return shell.NewRoot(s, first, entries, Errors()), nil
}

// entries are the rooms in the order of the home screen. Who may enter is asked here only to show what is
// useful; the stores decide.
func (h House) entries() []shell.Entry {
	with := func(roles ...data.Role) func(data.Identity) bool {
		return func(id data.Identity) bool {
			for _, r := range roles {
				if id.Has(r) {
					return true
				}
			}
			return false
		}
	}
	return []shell.Entry{
		{Room: assessment.Room, Title: words.AssessmentTitle, May: with(data.RoleStaff),
			Open: func(s *shell.Session) shell.Screen { return assessment.NewMine(s, h.Quiz) }},
		{Room: assessment.GroupsRoom, Title: words.GroupTitle, May: func(id data.Identity) bool { return id.Has(data.RoleHead) && !id.Has(data.RoleDirector) },
			Open: func(s *shell.Session) shell.Screen { return assessment.NewGroups(s, h.Quiz) }},
		{Room: assessment.AllGroupsRoom, Title: words.GroupTitleAll, May: with(data.RoleDirector),
			Open: func(s *shell.Session) shell.Screen { return assessment.NewGroups(s, h.Quiz) }},
		{Room: admin.CampaignsRoom, Title: words.AdminCampaigns, May: with(data.RoleICT),
			Open: func(s *shell.Session) shell.Screen { return admin.NewCampaigns(s, h.Quiz, h.People) }},
		{Room: admin.AccountsRoom, Title: words.AdminAccounts, May: with(data.RoleICT, data.RoleDeputy),
			Open: func(s *shell.Session) shell.Screen { return admin.NewAccounts(s, h.Accounts, h.People) }},
		{Room: admin.AuditRoom, Title: words.AdminAudit, May: with(data.RoleICT, data.RoleConsultant),
			Open: func(s *shell.Session) shell.Screen { return admin.NewAudit(s, h.DB) }},
		{Room: home.PasswordRoom, Title: words.HomePasswordTitle,
			Open: func(s *shell.Session) shell.Screen { return home.NewPassword(s, h.Accounts, nil) }},
	}
}

// Errors are the errors of the floors below that people are told about in words of their own, on screens
// and at the command line.
func Errors() words.Errors {
	return words.Errors{
		{Err: quiz.ErrTimeUp, Key: words.ErrorTimeUp},
		{Err: quiz.ErrEnded, Key: words.ErrorEnded},
		{Err: quiz.ErrNotOpen, Key: words.ErrorNotOpen},
		{Err: quiz.ErrNotInvited, Key: words.ErrorNotInvited},
		{Err: quiz.ErrState, Key: words.ErrorState},
		{Err: data.ErrMustChange, Key: words.ErrorMustChange},
		{Err: data.ErrFull, Key: words.ErrorFull},
		{Err: data.ErrDisk, Key: words.ErrorDisk},
		{Err: data.ErrReadOnly, Key: words.ErrorReadOnly},
		{Err: data.ErrCorrupt, Key: words.ErrorCorrupt},
		{Err: data.ErrBusy, Key: words.ErrorBusy},
		{Err: data.ErrNewer, Key: words.ErrorNewer},
		{Err: data.ErrOlder, Key: words.ErrorOlder},
		{Err: data.ErrChain, Key: words.ErrorChain},
		{Err: data.ErrLastICT, Key: words.ErrorLastICT},
	}
}
