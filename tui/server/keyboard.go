package server

import (
	"bytes"
	"errors"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
	"charm.land/ssh"
	uv "github.com/charmbracelet/ultraviolet"
)

const (
	// maxSequence is the length in bytes of the longest escape sequence that is waited for. Terminals send
	// a few dozen; what is longer is meant to fill memory.
	maxSequence = 4 << 10
	// escWait is how long an ESC waits for the rest of its sequence before it is the Escape key.
	escWait = 50 * time.Millisecond
	// pasteWait is how long a paste waits for more before it is over, end marker or not.
	pasteWait = time.Second
)

var pasteEnd = []byte("\x1b[201~")

// errFlood says that a client sends what no keyboard and no terminal sends.
var errFlood = errors.New("input beyond every measure")

// read brings what the person types to the program, until the session ends.
func (v *visit) read(s ssh.Session, p *tea.Program) {
	k := newKeyboard(v.door.limits, func(msg tea.Msg) { p.Send(msg) }, func() {
		v.lastKey.Store(int64(time.Since(v.born)))
	})
	k.later = func(d time.Duration, do func()) *time.Timer {
		return after(v.log, d, func() {
			if !safely(v.log, do) {
				v.end(broken)
			}
		})
	}
	defer k.stop()
	fine := safely(v.log, func() {
		if err := k.readFrom(s.Read); errors.Is(err, errFlood) {
			v.door.loud.warn("input flood", "from", v.wire.from, "session", v.ref)
			v.end(flooded)
		}
	})
	if !fine {
		v.end(broken)
		return
	}
	v.end(left) // nobody types any more: the client closed its side
}

// keyboard turns the bytes of a terminal into messages. It takes the place of Bubble Tea's reader, which
// runs without a guard against panics, keeps a paste and an unfinished sequence however long they grow,
// leaks its goroutines when a key is on its way while the program ends, and knows no F1 on the Linux
// console. The decoder itself is the same.
//
// Messages go out as the events of ultraviolet, which Bubble Tea translates. Not passed on: window sizes
// (they come with the SSH window-change only), clipboards (never asked for), what is unknown.
type keyboard struct {
	limits  Limits
	send    func(tea.Msg)
	pressed func() // a person did something: a key, a paste, a click
	later   func(time.Duration, func()) *time.Timer

	mu      sync.Mutex
	decoder uv.EventDecoder
	pending []byte // not decoded yet; at most maxSequence and one read
	pasting bool
	paste   []byte // at most limits.PasteBytes
	pasted  int    // bytes of this paste, also those dropped
	moved   time.Time
	typed   time.Time // when the last key came
	spare   float64   // keys that may still come at once
	burst   bool      // keys of this burst were dropped
	timer   *time.Timer
	turn    int // counts feeds, so that a timer that comes too late does nothing
}

func newKeyboard(limits Limits, send func(tea.Msg), pressed func()) *keyboard {
	return &keyboard{limits: limits, send: send, pressed: pressed, spare: burstKeys}
}

// readFrom feeds the keyboard until the source ends or sends beyond measure.
func (k *keyboard) readFrom(read func([]byte) (int, error)) error {
	buf := make([]byte, 4<<10)
	for {
		n, err := read(buf)
		if ferr := k.feed(buf[:n]); ferr != nil {
			return ferr
		}
		if err != nil {
			return err
		}
	}
}

func (k *keyboard) feed(p []byte) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.turn++
	if k.timer != nil {
		k.timer.Stop()
	}
	k.pending = append(k.pending, p...)
	err := k.drain(false)
	k.arm()
	return err
}

// arm sees to it that what waits for more bytes does not wait for ever.
func (k *keyboard) arm() {
	if !k.pasting && len(k.pending) == 0 {
		k.pending = nil
		return
	}
	wait, turn := escWait, k.turn
	if k.pasting {
		wait = pasteWait
	}
	k.timer = k.later(wait, func() { k.expire(turn) })
}

func (k *keyboard) expire(turn int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if turn == k.turn {
		_ = k.drain(true) // what is there is under every limit
		k.arm()
	}
}

func (k *keyboard) stop() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.turn++
	if k.timer != nil {
		k.timer.Stop()
	}
}

// drain decodes what is pending. expired says that no more bytes are coming for now.
func (k *keyboard) drain(expired bool) error {
	for {
		if k.pasting {
			if err := k.drainPaste(expired); err != nil || k.pasting {
				return err
			}
		}
		if len(k.pending) == 0 {
			return nil
		}
		n, event := k.next(k.pending, expired)
		if n == 0 {
			if len(k.pending) > maxSequence {
				return errFlood
			}
			return nil
		}
		k.pending = k.pending[n:]
		k.emit(event)
	}
}

// next decodes the first event: its length in bytes, 0 when more bytes are needed, and nil for what is
// left out.
func (k *keyboard) next(b []byte, expired bool) (int, uv.Event) {
	if b[0] >= utf8.RuneSelf {
		if !utf8.FullRune(b) && !expired {
			return 0, nil
		}
		if r, size := utf8.DecodeRune(b); r == utf8.RuneError && size <= 1 {
			return 1, nil // not UTF-8: the decoder would take 0x9B for the start of a sequence
		}
	}
	if n, event, ok := k.special(b, expired); ok {
		return n, event
	}
	n, event := k.decoder.Decode(b)
	if n <= 0 {
		return 1, nil
	}
	if n < len(b) || expired || b[0] != 0x1b {
		return n, event
	}
	if _, unknown := event.(uv.UnknownEvent); unknown || n <= 2 {
		return 0, nil // the bytes end with it: it may go on
	}
	return n, event
}

// special decodes what the decoder of ultraviolet gets wrong.
func (k *keyboard) special(b []byte, expired bool) (n int, event uv.Event, ok bool) {
	if len(b) >= 3 && b[0] == 0x1b && b[1] == 0x1b && b[2] == 0x1b {
		return 1, uv.KeyPressEvent{Code: uv.KeyEscape}, true // the decoder calls itself once per ESC in a row
	}
	if len(b) < 3 || b[0] != 0x1b || b[1] != '[' {
		return 0, nil, false
	}
	if b[2] == '[' { // F1 to F5 of the Linux console: ESC [ [ A to E
		switch {
		case len(b) < 4 && !expired:
			return 0, nil, true
		case len(b) >= 4 && b[3] >= 'A' && b[3] <= 'E':
			return 4, uv.KeyPressEvent{Code: uv.KeyF1 + rune(b[3]-'A')}, true
		}
		return 3, nil, true
	}
	if b[2] == 'M' && len(b) < 6 && !expired {
		return 0, nil, true // an old mouse report has three more bytes
	}
	end := 2
	for end < len(b) && b[end] >= 0x20 && b[end] <= 0x3f {
		end++
	}
	if end < len(b) && b[end] == '_' {
		// A key record of the Windows console: nobody asked for them, and each may say that it stands for
		// 65535 keys, which the decoder then makes: 30 bytes turn into megabytes.
		return end + 1, nil, true
	}
	return 0, nil, false
}

func (k *keyboard) emit(event uv.Event) {
	switch e := event.(type) {
	case nil, uv.UnknownEvent, uv.UnknownCsiEvent, uv.UnknownSs3Event, uv.UnknownOscEvent, uv.UnknownDcsEvent,
		uv.UnknownSosEvent, uv.UnknownPmEvent, uv.UnknownApcEvent,
		uv.WindowSizeEvent, uv.PixelSizeEvent, uv.CellSizeEvent, uv.WindowOpEvent, uv.KittyGraphicsEvent,
		uv.ClipboardEvent:
		return
	case uv.MultiEvent:
		for _, one := range e {
			k.emit(one)
		}
		return
	case uv.PasteStartEvent:
		k.pasting, k.pasted = true, 0
	case uv.PasteEndEvent:
		return // without a start
	case uv.MouseMotionEvent:
		now := time.Now()
		if now.Sub(k.moved) < time.Second/time.Duration(k.limits.Motions) {
			return
		}
		k.moved = now
	case uv.KeyPressEvent, uv.MouseClickEvent, uv.MouseWheelEvent:
		k.pressed()
		if !k.typedByHand() {
			return
		}
	}
	k.send(event)
}

// Keys that come in one go, such as a paste from a terminal that doesn't say that it pastes, are passed on up to
// burstKeys, and from then on as fast as nobody types: each costs an update of the screen.
const (
	burstKeys     = 4000
	keysPerSecond = 200
)

// typedByHand tells whether a key is passed on; what is dropped is told once per burst.
func (k *keyboard) typedByHand() bool {
	now := time.Now()
	k.spare = min(burstKeys, k.spare+now.Sub(k.typed).Seconds()*keysPerSecond)
	k.typed = now
	if k.spare < 1 {
		if !k.burst {
			k.burst = true
			k.send(shell.NoticeMsg{Kind: shell.Warn, Key: words.DoorPasteCut})
		}
		return false
	}
	k.spare--
	k.burst = k.burst && k.spare < burstKeys/2
	return true
}

// drainPaste takes in the text of a paste up to its end. A paste that stops coming is over too.
func (k *keyboard) drainPaste(expired bool) error {
	if at := bytes.Index(k.pending, pasteEnd); at >= 0 {
		err := k.take(k.pending[:at])
		k.pending = k.pending[at+len(pasteEnd):]
		k.endPaste()
		return err
	}
	keep := 0 // bytes at the end that may be the beginning of the end marker
	for n := min(len(pasteEnd)-1, len(k.pending)); n > 0 && !expired; n-- {
		if bytes.HasSuffix(k.pending, pasteEnd[:n]) {
			keep = n
			break
		}
	}
	err := k.take(k.pending[:len(k.pending)-keep])
	k.pending = k.pending[len(k.pending)-keep:]
	if expired {
		k.endPaste()
	}
	return err
}

// take keeps what fits of a piece of a paste.
func (k *keyboard) take(p []byte) error {
	k.pasted += len(p)
	room := max(0, k.limits.PasteBytes-len(k.paste))
	k.paste = append(k.paste, p[:min(room, len(p))]...)
	if k.pasted > k.limits.PasteFlood {
		return errFlood
	}
	return nil
}

func (k *keyboard) endPaste() {
	text := strings.ToValidUTF8(string(k.paste), "")
	cut := k.pasted > len(k.paste)
	k.pasting, k.paste, k.pasted = false, nil, 0
	k.pressed()
	k.send(uv.PasteEvent{Content: text})
	k.send(uv.PasteEndEvent{})
	if cut {
		k.send(shell.NoticeMsg{Kind: shell.Warn, Key: words.DoorPasteCut})
	}
}
