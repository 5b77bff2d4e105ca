package server

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

// typed feeds a keyboard in pieces, lets its timers run out, and gives what came of it.
func typed(t testing.TB, limits Limits, pieces ...string) (events []string, pressed int, err error) {
	t.Helper()
	var expire func()
	k := newKeyboard(limits, func(msg tea.Msg) { events = append(events, name(msg)) }, func() { pressed++ })
	k.later = func(_ time.Duration, do func()) *time.Timer {
		expire = do
		return time.NewTimer(time.Hour)
	}
	for _, p := range pieces {
		if err = k.feed([]byte(p)); err != nil {
			break
		}
	}
	for i := 0; err == nil && expire != nil && i < 10; i++ {
		do := expire
		expire = nil
		do()
	}
	if len(k.pending) > maxSequence+8<<10 || len(k.paste) > limits.PasteBytes {
		t.Errorf("%d bytes pending, %d of a paste", len(k.pending), len(k.paste))
	}
	if err == nil && (len(k.pending) > 0 || k.pasting) {
		t.Errorf("%q is still pending, pasting: %v", k.pending, k.pasting)
	}
	return events, pressed, err
}

func name(msg tea.Msg) string {
	switch e := msg.(type) {
	case uv.KeyPressEvent:
		return e.Keystroke()
	case uv.PasteEvent:
		return fmt.Sprintf("paste %q", e.Content)
	}
	return strings.TrimPrefix(strings.TrimPrefix(fmt.Sprintf("%T", msg), "uv."), "shell.")
}

func TestKeyboard(t *testing.T) {
	l := DefaultLimits()
	l.PasteBytes = 8
	for what, c := range map[string]struct {
		in      []string
		want    string
		pressed int
	}{
		"letters":                         {[]string{"ab"}, "a b", 2},
		"letters outside ASCII":           {[]string{"é€"}, "é €", 2},
		"a letter in two pieces":          {[]string{"\xc3", "\xa9"}, "é", 1},
		"half a letter":                   {[]string{"\xc3"}, "", 0},
		"bytes that are not UTF-8":        {[]string{"a\xff\xfe\x9b5nb"}, "a 5 n b", 4},
		"arrow":                           {[]string{"\x1b[A\x1bOB"}, "up down", 2},
		"arrow in three pieces":           {[]string{"\x1b", "[", "A"}, "up", 1},
		"escape alone":                    {[]string{"\x1b"}, "esc", 1},
		"alt and a letter":                {[]string{"\x1ba"}, "alt+a", 1},
		"F1 of xterm":                     {[]string{"\x1bOP\x1b[11~"}, "f1 f1", 2},
		"F1 to F5 of the Linux console":   {[]string{"\x1b[[A\x1b[[B\x1b[[", "C\x1b[[D\x1b[[E"}, "f1 f2 f3 f4 f5", 5},
		"unknown on the Linux console":    {[]string{"\x1b[[Zx"}, "shift+z x", 2},
		"shift and tab":                   {[]string{"\x1b[Z"}, "shift+tab", 1},
		"window sizes in the input":       {[]string{"\x1b[8;9999;9999t\x1b[48;9999;9999;1;1ta"}, "a", 1},
		"65535 keys of a Windows console": {[]string{"\x1b[65;30;97;1;0;65535_a"}, "a", 1},
		"a clipboard nobody asked for":    {[]string{"\x1b]52;c;aGFsbG8=\x07a"}, "a", 1},
		"an unfinished string":            {[]string{"\x1b]0;title"}, "", 0},
		"an answer of the terminal":       {[]string{"\x1b[?2026;2$y"}, "ModeReportEvent", 0},
		"paste":                           {[]string{"\x1b[200~abc\x1b[201~d"}, `PasteStartEvent paste "abc" PasteEndEvent d`, 2},
		"paste in pieces":                 {[]string{"\x1b[20", "0~ab", "c\x1b[2", "01~"}, `PasteStartEvent paste "abc" PasteEndEvent`, 1},
		"paste with keys and ESC in it":   {[]string{"\x1b[200~a\r\x1b[Ab\x1b\x1b[201~"}, `PasteStartEvent paste "a\r\x1b[Ab\x1b" PasteEndEvent`, 1},
		"paste that is too long":          {[]string{"\x1b[200~0123456789\x1b[201~"}, `PasteStartEvent paste "01234567" PasteEndEvent NoticeMsg`, 1},
		"paste cut in a letter":           {[]string{"\x1b[200~0123456é\x1b[201~"}, `PasteStartEvent paste "0123456" PasteEndEvent NoticeMsg`, 1},
		"paste without an end":            {[]string{"\x1b[200~abc\x1b[20"}, `PasteStartEvent paste "abc\x1b[20" PasteEndEvent`, 1},
		"an end without a paste":          {[]string{"\x1b[201~a"}, "a", 1},
		"click and wheel":                 {[]string{"\x1b[<0;1;1M\x1b[<64;1;1M\x1b[<0;1;1m"}, "MouseClickEvent MouseWheelEvent MouseReleaseEvent", 2},
		"movements":                       {[]string{strings.Repeat("\x1b[<35;1;1M", 1000)}, "MouseMotionEvent", 0},
	} {
		t.Run(what, func(t *testing.T) {
			got, pressed, err := typed(t, l, c.in...)
			if s := strings.Join(got, " "); s != c.want || pressed != c.pressed || err != nil {
				t.Errorf("%q:\ngot  %s (%d pressed, %v)\nwant %s (%d pressed)", c.in, s, pressed, err, c.want, c.pressed)
			}
		})
	}
}

// What never ends is cut before it fills memory or eats time.
func TestEndless(t *testing.T) {
	l := DefaultLimits()
	l.PasteFlood = 1 << 20
	chunk := strings.Repeat("x", 4096)
	for _, start := range []string{"\x1b]0;", "\x1bP", "\x1b_", "\x1b^", "\x1bX", "\x1b[200~", "\x1b["} {
		pieces := []string{start}
		for range 300 {
			pieces = append(pieces, chunk)
		}
		if start == "\x1b[" {
			pieces[1] = strings.Repeat("1;", 4096)
		}
		if _, _, err := typed(t, l, pieces...); !errors.Is(err, errFlood) && start != "\x1b[" {
			t.Errorf("%q without end: %v, want it cut", start, err)
		}
	}
}

// No pattern of keys costs more than its length: sixteen times as much takes some sixteen times as long, where a cost that
// grows with the square would take 256 times. How long it takes is for a benchmark.
func TestCostOfInput(t *testing.T) {
	l := DefaultLimits()
	costs := map[string]func(string){
		"to read": func(keys string) {
			k := newKeyboard(l, func(tea.Msg) {}, func() {})
			k.later = func(time.Duration, func()) *time.Timer { return time.NewTimer(time.Hour) }
			for chunk := range slices.Chunk([]byte(keys), 4096) {
				if k.feed(chunk) != nil {
					break
				}
			}
		},
		"to draw": func(keys string) { ink(keys) },
	}
	for _, pattern := range []string{"a", "\x1b", "\x1b[", "\x1b\x1b[A", "\x1b]", "\x1bP\x1b", "\x1b[1$", "\xff", "e\u0301\u0301", "\x1b[1;", "\x1bO", "\x1b[[", "\x1b[200~\x1b[201~"} {
		for what, cost := range costs {
			took := func(length int) time.Duration {
				keys, begin := strings.Repeat(pattern, length/len(pattern)), time.Now()
				cost(keys)
				return time.Since(begin)
			}
			const part = 1 << 15
			least := max(took(part), took(part), took(part), time.Millisecond)
			if all := took(16 * part); all > 100*least {
				t.Errorf("%s %q takes %v for %d bytes and %v for %d", what, pattern, least, part, all, 16*part)
			}
		}
	}
}

// FuzzKeyboard: whatever comes in, in whatever pieces, nothing panics, nothing stays pending, and pieces
// of a paste are valid text.
func FuzzKeyboard(f *testing.F) {
	for _, s := range []string{"a", "\x1b[200~x\x1b[201~", "\x1b[[A", "\x1b[65;30;97;1;0;65535_", "\x1b]52;c;!\x07", "\x1bP+q\x1b\\", "\x1b\x1b\x1b[A", "\x9b8;1;1t", "\x1b[M   ", "\x1b[1$", "\x1b[1;5R"} {
		f.Add([]byte(s), byte(3))
	}
	l := DefaultLimits()
	l.PasteBytes = 64
	f.Fuzz(func(t *testing.T, in []byte, at byte) {
		cut := min(int(at), len(in))
		k := newKeyboard(l, func(msg tea.Msg) {
			if p, ok := msg.(uv.PasteEvent); ok && !utf8.ValidString(p.Content) {
				t.Errorf("paste %q", p.Content)
			}
			if _, ok := msg.(uv.WindowSizeEvent); ok {
				t.Error("a window size from the input")
			}
		}, func() {})
		k.later = func(time.Duration, func()) *time.Timer { return time.NewTimer(time.Hour) }
		for _, p := range [][]byte{in[:cut], in[cut:]} {
			if err := k.feed(p); err != nil && !errors.Is(err, errFlood) {
				t.Fatal(err)
			}
		}
		k.expire(k.turn)
		if len(k.pending) > 0 || k.pasting {
			t.Errorf("%q pending", k.pending)
		}
	})
}

// T15: a paste of any length, ended or not, costs at most what is kept, and the session goes on at once.
func TestPaste(t *testing.T) {
	h := start(t)
	v := h.visit()
	before := memory()
	v.Send([]byte("\x1b[200~"))
	megabyte := []byte(strings.Repeat("x", 1<<20))
	for range 20 {
		v.Send(megabyte)
	}
	if grown := int64(memory()) - int64(before); grown > 20<<20 {
		t.Errorf("memory grew by %d MB, want less than 20", grown>>20)
	}
	v.Send([]byte("\x1b[201~"))
	v.WaitFor("paste=65536 cut")
	v.Type("a")
	v.WaitFor("last=a")

	v.Send([]byte("\x1b[200~never ends"))
	v.WaitFor("paste=10")
	v.Type("b")
	v.WaitFor("last=b")
}

func TestFlood(t *testing.T) {
	h := start(t, limits(func(l *Limits) { l.PasteFlood = 1 << 20 }))
	v := h.visit()
	_ = v.Terminal.Send([]byte("\x1b[200~" + strings.Repeat("x", 2<<20)))
	v.WaitFor("Uw venster stuurde te veel tegelijk")
}

// T16, small: a flood of keys doesn't hold up a colleague, is dropped beyond what a hand types, and said so; after
// it the person types on.
func TestKeyFlood(t *testing.T) {
	h := start(t)
	v := h.visit()
	other := h.visit()
	v.Send([]byte(strings.Repeat("k", 10000)))
	begin := time.Now()
	other.Press("a")
	other.WaitFor("keys=1 last=a")
	if took := time.Since(begin); took > time.Second {
		t.Errorf("a colleague waited %v for one key", took)
	}
	v.WaitFor("cut")
	before := "" // "cut" comes with the first key that is dropped: the rest of them must be through
	eventually(t, "the end of the flood", func() bool {
		time.Sleep(50 * time.Millisecond)
		now := v.Screen()
		same := now == before
		before = now
		return same
	})
	v.Press("z")
	v.WaitFor("last=z")
}

// A client that closes its side of the input has left.
func TestEndOfInput(t *testing.T) {
	h := start(t)
	v := h.visit()
	v.CloseInput()
	v.WaitFor("Tot ziens")
}
