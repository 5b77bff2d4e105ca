package server

import (
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/tui/screentest"

	gossh "golang.org/x/crypto/ssh"
)

// kiosk opens the session of a kiosk PC.
func (h *house) kiosk() *screentest.Visitor {
	h.t.Helper()
	key := newKey(h.t)
	h.gate.mu.Lock()
	h.gate.keys[data.KioskLogin] = key.PublicKey()
	h.gate.mu.Unlock()
	v := screentest.Dial(h.t, h.addr, data.KioskLogin, gossh.PublicKeys(key))
	v.WaitFor("kiosk:ocr-1 via publickey")
	return v
}

// TestKioskGoesOn leaves a kiosk alone: it has its own time, counted from the last key although the screen repaints;
// nothing happens where nobody sits, the seconds of who does are counted down, and the session goes on after them.
func TestKioskGoesOn(t *testing.T) {
	h := start(t, limits(func(l *Limits) {
		l.Idle, l.Warn = 100*time.Millisecond, 50*time.Millisecond // of others
		l.KioskIdle, l.KioskWarn = 1500*time.Millisecond, 1200*time.Millisecond
	}))
	v := h.kiosk()
	if err := v.Ended(2 * time.Second); err == nil || !strings.Contains(err.Error(), "still open") {
		t.Fatalf("a kiosk at which nobody sits: %v", err)
	}
	if page := v.Screen(); strings.Contains(page, "warned") || strings.Contains(page, "over") {
		t.Errorf("nobody was warned:\n%s", page)
	}
	v.Press("T")
	v.WaitFor("warned")
	v.Press("a") // another 1.5 s
	begin := time.Now()
	v.WaitFor("over")
	if took := time.Since(begin); took < 1300*time.Millisecond || took > 5*time.Second {
		t.Errorf("over %v after the last key, want 1.5 s", took)
	}
	if page := v.Screen(); !strings.Contains(page, "warned warned warned over") && !strings.Contains(page, "warned warned over") {
		t.Errorf("a warning at the first key, then one for each second, then the end; the screen:\n%s", page)
	}
	if err := v.Ended(2 * time.Second); err == nil || !strings.Contains(err.Error(), "still open") {
		t.Fatalf("after the end of a visitor: %v", err)
	}
	if n := strings.Count(v.Screen(), "over"); n != 1 {
		t.Errorf("an empty kiosk was begun anew %d times", n)
	}
	v.Press("b")
	v.WaitFor("last=b")
}

// TestKioskMax cuts nobody's work at a kiosk for the session's age: it waits until nobody sits there.
func TestKioskMax(t *testing.T) {
	h := start(t, limits(func(l *Limits) {
		l.Max, l.KioskIdle, l.KioskWarn = 300*time.Millisecond, 800*time.Millisecond, 100*time.Millisecond
	}))
	v := h.kiosk()
	v.Press("a")
	v.WaitFor("over") // with Max long gone
	v.WaitFor("en bent nu afgemeld")
	if err := h.kiosk().Ended(3 * time.Second); err != nil {
		t.Errorf("an empty kiosk beyond its time: %v", err)
	}
}
