package me_test

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"digibrug/tui/me"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
)

// hostile wants to name the window, clear the screen, turn the text around and fill everything.
var hostile = "\x1b]0;gekraakt\a\x1b[2J\x9b31m\u202eomgekeerd\u2066\u200b\r\nregel\ttwee " + strings.Repeat("é\u0301\u0302", 50) + strings.Repeat("lang", 1250)

var (
	style   = regexp.MustCompile(`\x1b\[[0-9;:]*m`)
	harmful = regexp.MustCompile("[\x00-\x09\x0b-\x1f\x7f\u0080-\u009f\u200b\u202a-\u202e\u2066-\u2069]")
)

// evil is a store in which everything that people once typed is hostile.
type evil struct{ *data.Accounts }

func (evil) Me(context.Context, data.Actor) (data.Me, error) {
	w := data.Work{Employment: data.Employment{Job: hostile, Employer: hostile, From: hostile, Fraction: 1}, Service: hostile, Organisation: hostile}
	now := w
	now.From, now.Until = "2020-01-01", "2026-12-31"
	return data.Me{Person: data.Person{Given: hostile, Family: hostile, Number: hostile}, Work: []data.Work{w, now}, Login: hostile, Password: true,
		Roles: []data.HeldRole{{Role: data.Role(hostile), From: hostile}, {Role: data.RoleICT, From: "2020-01-01", Until: "2026-12-31" + hostile}}, Keys: make([]data.Key, 99999),
		Sessions: 1 << 40, Codes: -1, Acts: 1 << 50}, nil
}

func (evil) KeysOf(context.Context, data.Actor, string) ([]data.Key, error) {
	return []data.Key{{Fingerprint: hostile, Type: hostile, Label: hostile, UsedAt: datatest.Noon}}, nil
}

type evilSessions struct{ *data.Sessions }

func (evilSessions) Mine(context.Context, data.Actor) ([]data.Session, error) {
	return []data.Session{{ID: hostile, From: hostile, Method: hostile + "+" + hostile}, {ID: "2", Method: "files:" + hostile, StartedAt: datatest.Noon}}, nil
}

type evilSettings struct{}

func (evilSettings) Get(context.Context, data.Setting, string) (string, error) { return hostile, nil }

func TestHostileTextIsHarmless(t *testing.T) {
	s := newScene(t, "an.peeters")
	s.id.Name, s.id.Login = hostile, hostile
	stores := s.stores()
	stores.Account, stores.Settings = evil{s.Accounts}, evilSettings{}
	stores.Tests = told{{Campaign: quiz.Campaign{Title: hostile, OpensOn: hostile, ClosesOn: hostile}}}
	for name, screen := range map[string]shell.Screen{
		"mine": me.New(s.session("nl"), stores), "keys": me.NewKeys(s.session("nl"), stores.Account), "sessions": me.NewSessions(s.session("nl"), evilSessions{data.NewSessions(s.DB)}),
		"kept": me.NewKept(s.session("nl"), stores), "enrol": me.NewFirst(s.session("nl"), s.Accounts, nil),
	} {
		for _, w := range []window{{80, 24, "nl"}, {60, 20, "nl"}, {200, 50, "nl"}} {
			page := s.show(screen, w)
			for _, press := range []string{"", "down", "enter", "down", "enter", "pgdown", "end"} {
				if press != "" {
					page.Send(keys(press)...)
				}
				harmless(t, name+" "+press, page)
			}
		}
	}
}

func harmless(t *testing.T, where string, s *screentest.Screen) {
	t.Helper()
	s.Fits()
	v := s.View()
	for _, text := range []string{style.ReplaceAllString(v.Content, ""), v.WindowTitle} {
		if found := harmful.FindString(text); found != "" {
			t.Errorf("%s: the page carries %q", where, found)
		}
	}
}
