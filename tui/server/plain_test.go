package server

import (
	"io"
	"strings"
	"testing"

	"digibrug/tui/shell"

	tea "charm.land/bubbletea/v2"
)

// parrot says every line again, and leaves at "dag".
type parrot struct{ say func(string) }

func (p parrot) Init() tea.Cmd  { return nil }
func (p parrot) View() tea.View { return tea.NewView("nobody sees this") }

func (p parrot) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	line, is := msg.(shell.LineMsg)
	switch {
	case is && line.Text == "dag":
		return p, tea.Quit
	case is:
		return p, func() tea.Msg {
			p.say("u zei: " + line.Text)
			return nil
		}
	}
	return p, nil
}

// TestWithoutPTY is a client without a terminal: lines come in and go out as plain text, harmless, each whole, and the
// farewell is in the client's language.
func TestWithoutPTY(t *testing.T) {
	h := start(t, func(c *Config) {
		c.Open = func(g Guest) (tea.Model, error) {
			if g.Say == nil {
				t.Error("there is no terminal, and nobody to say anything to")
			}
			return parrot{g.Say}, nil
		}
	})
	for lang, farewell := range map[string]string{"nl_BE.UTF-8": "Tot ziens", "en_US.UTF-8": "Goodbye", "fr_BE": "Au revoir"} {
		s, err := h.mustClient().NewSession()
		if err != nil {
			t.Fatal(err)
		}
		_ = s.Setenv("LANG", lang)
		in, err := s.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		out, err := s.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Shell(); err != nil {
			t.Fatal(err)
		}
		for _, line := range []string{"één\r\n", "\x1b[2Jtwee\x00\xff\n", strings.Repeat("x", 2*maxLine) + "\n", "dag\n"} {
			if _, err := io.WriteString(in, line); err != nil {
				t.Fatal(err)
			}
		}
		heard, err := io.ReadAll(out)
		if err != nil {
			t.Fatal(err)
		}
		text := string(heard)
		for _, want := range []string{"u zei: één\n", "twee", "u zei: " + strings.Repeat("x", maxLine) + "\n", farewell} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %.300q lacks %.60q", lang, text, want)
			}
		}
		if strings.ContainsAny(text, "\x1b\x00\r") || strings.Contains(text, "nobody") {
			t.Errorf("%s: %.300q is not plain text", lang, text)
		}
		if err := s.Wait(); err != nil {
			t.Errorf("%s: end: %v", lang, err)
		}
	}
}

// TestWithoutPTYClosed ends a visit whose client closes its side.
func TestWithoutPTYClosed(t *testing.T) {
	h := start(t, func(c *Config) {
		c.Open = func(g Guest) (tea.Model, error) { return parrot{g.Say}, nil }
	})
	s, err := h.mustClient().NewSession()
	if err != nil {
		t.Fatal(err)
	}
	s.Stdin = strings.NewReader("hallo")
	if err := s.Shell(); err != nil {
		t.Fatal(err)
	}
	if err := s.Wait(); err != nil {
		t.Errorf("end: %v", err)
	}
	eventually(t, "the session is over", func() bool { return h.door.Sessions() == 0 })
}
