// Package kiosk is what a kiosk PC shows: the home where a visitor chooses a language and types the code of a
// letter, and the Booth, which receives one visitor after another and keeps nothing of any of them.
package kiosk

import (
	"strings"

	"digibrug/data"
	"digibrug/tui/keys"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Home is the first screen of a kiosk PC.
type Home struct {
	s     *shell.Session
	gate  gate
	pc    data.Kiosk
	pages []shell.Entry // what everybody may read here
	w, h  int
	list  parts.List
}

// Rows of the list that are no page and no language.
const rowCode = "code"

// NewHome opens the home of a kiosk PC. pages are what everybody may read there.
func NewHome(s *shell.Session, gate gate, pc data.Kiosk, pages []shell.Entry) shell.Screen {
	return Home{s: s, gate: gate, pc: pc, pages: pages, list: parts.NewList(parts.Kind{}, nil)}.listed()
}

// Init does nothing: all is known.
func (h Home) Init() tea.Cmd { return nil }

// Title is the word for home.
func (h Home) Title() string { return h.s.T(words.KioskTitle) }

// Update chooses a language, or what to do.
func (h Home) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		h.w, h.h = msg.Width, msg.Height
		return h.listed(), nil
	case shell.LookedMsg:
		return h.listed(), nil
	case tea.KeyPressMsg:
		for _, lang := range words.Langs() {
			if key.Matches(msg, langKey(lang)) {
				return h.speak(lang)
			}
		}
	}
	var event parts.Event
	h.list, event = h.list.Update(h.s.Look(), parts.Shift(msg, 0, len(h.greeting())))
	if event != parts.Chose {
		return h, nil
	}
	row, _ := h.list.Current()
	if lang, is := words.ParseLang(row.ID); is {
		return h.speak(lang)
	}
	if row.ID == rowCode {
		return h, shell.Open(newCode(h.s, h.gate))
	}
	for _, page := range h.pages {
		if string(page.Room) == row.ID {
			return h, shell.Open(page.Open(h.s))
		}
	}
	return h, nil
}

// speak changes the language, and puts the cursor on what most people come for.
func (h Home) speak(lang words.Lang) (shell.Screen, tea.Cmd) {
	h.list = h.list.On(rowCode)
	return h, func() tea.Msg { return shell.LookMsg{Lang: lang} }
}

// langKey is the letter with which a language begins, named in that language.
func langKey(lang words.Lang) key.Binding {
	letter := lang.Name()[:1]
	return key.NewBinding(key.WithKeys(strings.ToLower(letter), letter), key.WithHelp(letter, lang.Name()))
}

func (h Home) listed() Home {
	rows := []parts.Item{{ID: rowCode, Title: h.s.T(words.KioskEnter), Note: h.s.T(words.KioskEnterFor)}}
	for _, page := range h.pages {
		rows = append(rows, parts.Item{ID: string(page.Room), Title: h.s.T(page.Title)})
	}
	for _, lang := range words.Langs() {
		row := parts.Item{ID: string(lang), Title: langKey(lang).Help().Key + "  " + lang.Name()}
		if lang == h.s.Lang() {
			row.Note = h.s.T(words.KioskNow)
		}
		rows = append(rows, row)
	}
	h.list = h.list.With(rows).Sized(h.w, max(1, h.h-len(h.greeting())-len(h.below())))
	return h
}

// greeting is the lines above the list, with an empty one at the end. Nobody's language is known yet.
func (h Home) greeting() []string {
	var welcome []string
	for _, lang := range words.Langs() {
		welcome = append(welcome, words.T(lang, words.KioskWelcome))
	}
	look := h.s.Look()
	title := strings.Join(welcome, " "+look.Theme.Glyphs.Dot+" ")
	return []string{look.Theme.Title.Render(parts.Cut(title, h.w)), "", parts.Cut(look.T(words.KioskWhat), h.w), ""}
}

// below is what stands under the list: the name to mention on the telephone.
func (h Home) below() []string {
	lines := []string{""}
	for _, line := range parts.Wrap(h.s.T(words.KioskPC, "name", h.pc.Name), h.w) {
		lines = append(lines, h.s.Theme().Quiet.Render(line))
	}
	return lines
}

// View gives greeting, choices and name.
func (h Home) View() string {
	lines := append(h.greeting(), h.list.View(h.s.Look()))
	return parts.Rows(append(lines, h.below()...), h.h)
}

// Cursor is on the choice.
func (h Home) Cursor() (x, y int, shown bool) {
	x, y, shown = h.list.Cursor()
	return x, y + len(h.greeting()), shown
}

// Mouse: choices can be clicked.
func (h Home) Mouse() bool { return true }

// ShortHelp is the footer. The letters of the languages stand in the list.
func (h Home) ShortHelp() []key.Binding {
	return []key.Binding{h.s.Keys().Arrows, keys.Named(h.s.Keys().Enter, h.s.T(words.KioskChoose))}
}

// FullHelp is the help page.
func (h Home) FullHelp() [][]key.Binding {
	var langs []key.Binding
	for _, lang := range words.Langs() {
		langs = append(langs, langKey(lang))
	}
	return [][]key.Binding{h.ShortHelp(), langs, h.s.Keys().Moving()}
}
