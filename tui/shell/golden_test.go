package shell_test

import (
	"fmt"
	"testing"
	"time"

	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

func TestPages(t *testing.T) {
	k, typed, steps := screentest.Keys, screentest.Type, screentest.Steps
	pages := map[string][]tea.Msg{
		"home":             nil,
		"help":             k("f1"),
		"help searched":    steps(k("f1"), typed("taal")),
		"palette":          k("ctrl+p"),
		"palette typed":    steps(k(":"), typed("cafe")),
		"logout":           k("esc"),
		"wipe":             k("end", "enter"),
		"wiped":            k("end", "enter", "down", "enter"),
		"idle":             {shell.IdleMsg{Left: time.Minute}},
		"stop":             {shell.StopMsg{Left: 90 * time.Second}},
		"refused":          k("down", "down", "down", "enter"),
		"failed":           k("end", "up", "enter"),
		"unknown key":      k("x"),
		"form":             k("end", "up", "up", "enter"),
		"form wrong":       steps(k("end", "up", "up", "enter"), typed("Zoë"), k("tab"), typed("31/2/2026"), k("down", "down", "down", "down", "enter")),
		"form leaving":     steps(k("end", "up", "up", "enter"), typed("Zoë"), k("esc")),
		"list searched":    steps(k("/"), typed("prof")),
		"messages waiting": {shell.NoticeMsg{Key: "Een."}, shell.NoticeMsg{Kind: shell.Warn, Key: "Twee."}, shell.NoticeMsg{Key: "Drie."}},
	}
	for name, msgs := range pages {
		for _, size := range [][2]int{{80, 24}, {120, 40}, {60, 20}} {
			t.Run(fmt.Sprintf("%s %dx%d", name, size[0], size[1]), func(t *testing.T) {
				screentest.Golden(t, show(t, size[0], size[1], msgs...))
			})
		}
	}
}

func TestLanguages(t *testing.T) {
	for _, lang := range []words.Lang{words.EN, words.FR} {
		for name, msgs := range map[string][]tea.Msg{
			"help":    screentest.Keys("f1"),
			"palette": screentest.Keys("ctrl+p"),
			"logout":  screentest.Keys("ctrl+c"),
			"idle":    {shell.IdleMsg{Left: time.Minute}},
			"failed":  screentest.Keys("end", "up", "enter"),
		} {
			t.Run(fmt.Sprintf("%s %s", lang, name), func(t *testing.T) {
				screentest.Golden(t, show(t, 80, 24).In(lang).Send(msgs...))
			})
		}
	}
}

func TestSmall(t *testing.T) {
	for _, size := range [][2]int{{59, 20}, {60, 19}, {20, 5}, {5, 3}, {1, 1}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			screentest.Golden(t, show(t, size[0], size[1]))
		})
	}
}
