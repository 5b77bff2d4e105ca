package admin_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"digibrug/tui/admin"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"

	tea "charm.land/bubbletea/v2"
)

// hostile wants to name the window, clear the screen, turn the text around and fill everything.
var hostile = "\x1b]0;gekraakt\a\x1b[2J\x9b31m\u202eomgekeerd\u2066\u200b\r\nregel\ttwee " + strings.Repeat("é\u0301\u0302", 50) + strings.Repeat("lang", 1250)

var (
	style   = regexp.MustCompile(`\x1b\[[0-9;:]*m`)
	harmful = regexp.MustCompile("[\x00-\x09\x0b-\x1f\x7f\u0080-\u009f\u200b\u202a-\u202e\u2066-\u2069]")
)

// harmless fails the test when the page carries more than styles, or does not fit.
func harmless(t *testing.T, s *screentest.Screen) {
	t.Helper()
	s.Fits()
	v := s.View()
	for _, text := range []string{style.ReplaceAllString(v.Content, ""), v.WindowTitle} {
		if found := harmful.FindString(text); found != "" {
			t.Errorf("the page carries %q:\n%q", found, text)
		}
	}
}

// evil is a store in which everything that people once typed is hostile.
type evil struct{ *data.Accounts }

func (e evil) List(ctx context.Context, by data.Actor) ([]data.Account, error) {
	all, err := e.Accounts.List(ctx, by)
	for i := range all {
		all[i].Person, all[i].Login, all[i].Service = hostile, fmt.Sprint(i, hostile), hostile
	}
	return all, err
}

func (e evil) Find(context.Context, data.Actor, string) (data.Account, error) {
	return data.Account{ID: "x", Person: hostile, Login: hostile, Service: hostile, HasPassword: true, Roles: append(data.Roles(), data.Role(hostile))}, nil
}

func (e evil) KeysOf(context.Context, data.Actor, string) ([]data.Key, error) {
	return []data.Key{{ID: "x", Fingerprint: hostile, Type: hostile, Label: hostile, UsedAt: datatest.Noon}}, nil
}

func (e evil) RolesOf(context.Context, data.Actor, string) ([]data.HeldRole, error) {
	return []data.HeldRole{{Role: data.RoleStaff, From: "2020-01-01", Until: "2099" + hostile}, {Role: data.RoleICT, From: hostile}}, nil
}

func (e evil) SetPassword(context.Context, data.Actor, string, string) error { return nil }

type evilQuiz struct{ *quiz.Store }

func (e evilQuiz) one() quiz.Campaign {
	return quiz.Campaign{ID: "x", Title: hostile, OpensOn: hostile, ClosesOn: "2026-12-31" + hostile, Offer: hostile, State: quiz.Open, Started: 3, Ended: 1,
		Blueprint: quiz.Blueprint{Cells: []quiz.Cell{{Domain: hostile, Level: 1, Count: 2}, {Domain: "b", Level: 9, Count: -1}}}}
}

func (e evilQuiz) Campaigns(context.Context, data.Actor) ([]quiz.Campaign, error) {
	return []quiz.Campaign{e.one()}, nil
}
func (e evilQuiz) Campaign(context.Context, data.Actor, string) (quiz.Campaign, error) {
	return e.one(), nil
}
func (e evilQuiz) Banks(context.Context) ([]quiz.Bank, error) {
	return []quiz.Bank{{Domain: "b", Title: hostile}}, nil
}
func (e evilQuiz) DomainTitle(string) string { return hostile }
func (e evilQuiz) Audit(context.Context, data.Actor, int) ([]data.AuditRow, error) {
	return []data.AuditRow{{Seq: 1, At: time.Unix(0, 0), Actor: hostile, From: hostile, Action: hostile, Object: hostile,
		Detail: map[string]string{hostile: hostile, "role": hostile, "name": hostile}, Prev: hostile, Hash: hostile}}, nil
}

func TestHostileTextIsShownHarmless(t *testing.T) {
	s := newScene(t)
	people, quizzes := evil{s.Accounts}, evilQuiz{s.quiz}
	me := s.session("ivo.ict")
	screens := map[string]shell.Screen{
		"accounts":  admin.NewAccounts(me, people, s.People),
		"account":   admin.NewAccount(me, people, "x"),
		"roles":     admin.NewRoles(me, people, "x"),
		"keys":      admin.NewKeys(me, people, "x", hostile),
		"campaigns": admin.NewCampaigns(me, quizzes, s.People),
		"campaign":  admin.NewCampaign(me, quizzes, s.People, "x"),
		"audit":     admin.NewAudit(me, quizzes),
	}
	for name, screen := range screens {
		for _, size := range screentest.Sizes() {
			t.Run(fmt.Sprintf("%s %dx%d", name, size[0], size[1]), func(t *testing.T) {
				page := screentest.Show(t, screen, size[0], size[1])
				harmless(t, page)
				for _, step := range keys("down", "space", "enter", "down", "enter", "end", "enter", "down", "enter", "esc", "n", "pgdown", "enter") {
					page.Send(step)
					harmless(t, page)
				}
			})
		}
	}
}

func TestHostileTextInEveryField(t *testing.T) {
	s := newScene(t)
	paste := []tea.Msg{tea.PasteMsg{Content: hostile}}
	into := func(fields int) []tea.Msg {
		steps := keys("n")
		for range fields {
			steps = screentest.Steps(steps, paste, keys("tab"))
		}
		return screentest.Steps(steps, keys("pgdown", "enter"))
	}
	for name, open := range map[string]func() *screentest.Screen{
		"account":  func() *screentest.Screen { return show(t, ict(s), into(6)) },
		"campaign": func() *screentest.Screen { return show(t, s.campaigns("ivo.ict"), into(10)) },
		"key": func() *screentest.Screen {
			return show(t, ict(s), find("bert"), keys("down", "down", "enter"), into(1))
		},
		"filter": func() *screentest.Screen { return show(t, ict(s), keys("/"), paste, keys("enter")) },
		"person": func() *screentest.Screen {
			page := show(t, ict(s), keys("n"), paste, keys("tab"), paste, keys("tab", "right", "tab"), paste, keys("tab", "ctrl+u"), typed("kwaad"), keys("pgdown", "enter"))
			page.Says(first)
			return page.Send(keys("enter", "down", "enter")...)
		},
		"title": func() *screentest.Screen {
			page := show(t, s.campaigns("ivo.ict"), keys("n"), paste, keys("pgdown", "enter"))
			page.Says("Het ontwerp is bewaard.")
			return page.Send(keys("enter", "down", "enter", "esc")...)
		},
	} {
		t.Run(name, func(t *testing.T) { harmless(t, open()) })
	}
	harmless(t, show(t, admin.NewAudit(s.session("ivo.ict"), s.DB), keys("enter")))
}

// message makes a message out of a byte and the one after it: mostly keys, now and then what the frame or a
// store may send.
func message(b, arg byte) tea.Msg {
	names := []string{"up", "down", "left", "right", "enter", "enter", "enter", "space", "tab", "shift+tab", "pgup", "pgdown", "home", "end",
		"backspace", "delete", "esc", "n", "/", "ctrl+u", "f1", "ctrl+p", "f2", "é", "2", "down", "down", "enter"}
	switch {
	case int(b) < 6*len(names):
		return keys(names[int(b)%len(names)])[0]
	case b < 180:
		return tea.WindowSizeMsg{Width: 60 + int(arg)%80, Height: 20 + int(arg)%30}
	case b < 190:
		return tea.PasteMsg{Content: hostile[:int(arg)]}
	case b < 205:
		return tea.MouseClickMsg{X: int(arg) % 90, Y: int(b+arg) % 30, Button: tea.MouseLeft}
	case b < 215:
		return tea.MouseWheelMsg{X: 5, Y: 5, Button: tea.MouseWheelDown}
	case b < 225:
		return shell.ShownMsg{}
	case b < 235:
		return shell.FailedMsg{Err: context.Canceled}
	case b < 245:
		return shell.BackMsg{}
	}
	return tea.KeyPressMsg{Code: rune(arg), Text: string(rune(arg))}
}

// walk sends the messages that the bytes stand for to one of the rooms; what doesn't fit fails the test.
func walk(t *testing.T, s scene, who data.Identity, steps []byte) {
	t.Helper()
	me := screentest.Session(t, who)
	rooms := []shell.Screen{
		admin.NewAccounts(me, s.Accounts, s.People), admin.NewCampaigns(me, s.quiz, s.People), admin.NewAudit(me, s.DB),
		admin.NewAccount(me, s.Accounts, "bert.maes"), admin.NewRoles(me, s.Accounts, "lid5"), admin.NewKeys(me, s.Accounts, "lid4", "Lid"),
		admin.NewAccountForm(me, s.Accounts, s.People), admin.NewCampaignForm(me, s.quiz, s.People),
	}
	if len(steps) == 0 {
		return
	}
	page := screentest.Show(t, rooms[int(steps[0])%len(rooms)], 80, 24)
	for i := 1; i+1 < len(steps) && !page.Left(); i++ {
		page.Send(message(steps[i], steps[i+1]))
		harmless(t, page)
	}
}

func FuzzAnyMessages(f *testing.F) {
	s := newScene(f)
	s.season()
	who := s.who("ivo.ict")
	random := rand.New(rand.NewPCG(7, 7))
	for room := range byte(24) {
		steps := []byte{room}
		for range 60 {
			steps = append(steps, byte(random.UintN(256)))
		}
		f.Add(steps)
	}
	f.Fuzz(func(t *testing.T, steps []byte) { walk(t, s, who, steps[:min(len(steps), 200)]) })
}
