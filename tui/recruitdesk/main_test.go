package recruitdesk_test

import (
	"context"
	"os"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"digibrug/quiz/recruit"
	"digibrug/quiz/recruit/recruittest"
	"digibrug/tui/recruitdesk"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// Who comes in.
const (
	rik   = "lid1" // recruiter of the procedure
	other = "lid2" // recruiter of none yet
)

// scene is a town in which a test is prepared, with the room before it.
type scene struct {
	*recruittest.Scene
	t       testing.TB
	in      string // folder of lists
	letters int    // that were made
	door    string // that letters say
	names   int    // rows of the list of names that went with them
}

// ready has a draft with all that it needs.
func ready(t testing.TB) *scene {
	return &scene{Scene: recruittest.NewScene(t, datatest.Open(t, datatest.SQLite(t))), t: t, in: t.TempDir()}
}

// bare has a draft of another recruiter in which nearly everything is still to be done.
func bare(t testing.TB) *scene {
	s := ready(t)
	d := recruit.PresetSmall.Of([]string{"mail", "windows"}, "2026-12-07")
	organisations, err := s.People.Organisations(t.Context())
	s.Must(err)
	_, err = s.Store.Create(t.Context(), s.Other, recruit.Procedure{OrganisationID: organisations[0].ID, Title: "Medewerker onthaal", Details: d})
	s.Must(err)
	return s
}

// opened is ready, and open.
func opened(t testing.TB) *scene {
	s := ready(t)
	s.Open()
	return s
}

// invited is opened, with letters.
func invited(t testing.TB) *scene {
	s := opened(t)
	s.Invite()
	return s
}

func (s *scene) desk() recruitdesk.Desk {
	return recruitdesk.Desk{Store: s.Store, Tests: quiz.NewLibrary(s.DB, recruittest.Banks()), Organisations: s.People, In: s.in,
		Door:     func(context.Context) (string, error) { return s.door, nil },
		Template: func(context.Context, data.Actor) (string, error) { return "sjabloon-kandidaten.xlsx", nil },
		Invitations: func(context.Context, data.Actor) (recruit.Inviting, error) {
			return func(_ context.Context, _ *data.Tx, letters []recruit.Invitation, names []recruit.NameRow) error {
				s.letters, s.names = len(letters), len(names)
				return nil
			}, nil
		}}
}

// errors are those that the house knows.
func errorsKnown() words.Errors {
	return words.Errors{{Err: recruit.ErrState, Key: words.RecruitErrState}, {Err: recruit.ErrSealed, Key: words.RecruitErrSealed}, {Err: recruit.ErrSat, Key: words.RecruitErrSat}}
}

// show opens the room for somebody.
func (s *scene) show(login string, w, h int, steps ...[]tea.Msg) *screentest.Screen {
	s.t.Helper()
	id := s.Identity(login)
	account, err := s.Accounts.Find(s.t.Context(), datatest.Operator, login)
	s.Must(err)
	id.Roles, id.Method = account.Roles, "password"
	session := screentest.Session(s.t, id)
	session.Now = s.DB.Now
	return screentest.ShowRoot(s.t, shell.NewRoot(session, recruitdesk.New(session, s.desk()), nil, errorsKnown()), w, h, screentest.Steps(steps...)...)
}

func (s *scene) as(login string, steps ...[]tea.Msg) *screentest.Screen {
	s.t.Helper()
	return s.show(login, 80, 24, steps...)
}

var (
	keys  = screentest.Keys
	typed = screentest.Type
)

func pages(t *testing.T, make func(testing.TB) *scene, login string, steps ...[]tea.Msg) {
	t.Helper()
	screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen { return make(t).show(login, w, h, steps...) })
}
