package kiosk_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"digibrug/data"
	"digibrug/tui/kiosk"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"

	tea "charm.land/bubbletea/v2"
)

// windows are those that every screen must fit, each in a language.
var windows = []struct {
	w, h int
	lang string
}{{80, 24, "nl"}, {120, 40, "nl"}, {60, 20, "nl"}, {80, 24, "en"}, {80, 24, "fr"}}

var (
	keys  = screentest.Keys
	typed = screentest.Type
)

// Codes that fit their check letter.
const (
	annCode = "bcdfghjknc"
	boCode  = "bcdfghjkrh"
)

func TestCodesOfTheTestsFit(t *testing.T) {
	for _, code := range []string{annCode, boCode} {
		if _, err := data.ParseCode(code); err != nil {
			t.Errorf("%s: %v; take %s", code, err, data.NewCode())
		}
	}
}

// porter is a gate that knows the codes of ann and bo, or fails.
type porter struct {
	mu      sync.Mutex
	err     error
	hold    chan struct{} // a try waits for it; nil: none does
	tries   []string
	entered []data.Identity
}

func (p *porter) Code(ctx context.Context, code, from string, at data.Identity) (data.Identity, error) {
	p.mu.Lock()
	p.tries = append(p.tries, code)
	hold, err := p.hold, p.err
	p.mu.Unlock()
	if hold != nil {
		select {
		case <-hold:
		case <-ctx.Done():
			return data.Identity{}, ctx.Err()
		}
	}
	secret, bad := data.ParseCode(code)
	who, known := map[string]string{annCode: "Ann Peeters", boCode: "Bo Wouters"}[secret]
	switch {
	case bad != nil:
		return data.Identity{}, bad
	case err != nil:
		return data.Identity{}, err
	case !known || at.KioskID == "" || from == "":
		return data.Identity{}, fmt.Errorf("code: %w", data.ErrDenied)
	}
	return data.Identity{CodeID: "code of " + who, KioskID: at.KioskID, PersonID: who, Name: who, Login: "code:BCD", From: from}, nil
}

func (p *porter) Entered(_ context.Context, id data.Identity) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.entered = append(p.entered, id)
}

func (p *porter) tried() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.tries)
}

// pc is a kiosk PC in the library.
var pc = data.Kiosk{ID: "k1", Name: "ocr-1", Kind: data.KioskOCR, Location: "Bibliotheek"}

var itself = data.Identity{KioskID: "k1", Login: "kiosk:ocr-1", From: "192.0.2.8"}

// home opens the home of the kiosk, as a Booth does.
func home(t *testing.T, gate *porter, lang string, pages ...shell.Entry) shell.Screen {
	t.Helper()
	who := itself
	who.Language = lang
	s := screentest.Session(t, who)
	s.Bare, s.Stays = true, true
	return kiosk.NewHome(s, gate, pc, pages)
}

// pages compares a page with a golden file in every window.
func pages(t *testing.T, gate func() *porter, steps ...[]tea.Msg) {
	t.Helper()
	for _, w := range windows {
		t.Run(fmt.Sprintf("%s_%dx%d", w.lang, w.w, w.h), func(t *testing.T) {
			screentest.Golden(t, screentest.Show(t, home(t, gate(), w.lang), w.w, w.h, screentest.Steps(steps...)...))
		})
	}
}

func calm() *porter { return &porter{} }

func failing(err error) func() *porter { return func() *porter { return &porter{err: err} } }

var errBroken = errors.New("the disk is on fire")

func has(t *testing.T, page string, wanted ...string) {
	t.Helper()
	for _, w := range wanted {
		if !strings.Contains(strings.Join(strings.Fields(page), " "), w) {
			t.Errorf("the page lacks %q:\n%s", w, page)
		}
	}
}

func lacks(t *testing.T, page string, unwanted ...string) {
	t.Helper()
	for _, w := range unwanted {
		if strings.Contains(page, w) {
			t.Errorf("the page has %q:\n%s", w, page)
		}
	}
}
