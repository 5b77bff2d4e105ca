package server

import (
	"testing"

	"digibrug/tui/screentest"
)

// TestLeft hears of the end of each log-in once, however it ends, and of nobody who never came in.
func TestLeft(t *testing.T) {
	gone := func(h *house) (logins []string) {
		h.gate.mu.Lock()
		defer h.gate.mu.Unlock()
		for _, id := range h.gate.gone {
			logins = append(logins, id.Login)
		}
		return logins
	}
	h := start(t)
	if _, err := h.client("an", secret("bo")); err == nil {
		t.Fatal("came in with another's password")
	}
	v := screentest.Dial(t, h.addr, "an", secret("an"))
	v.WaitFor("an via password")
	if n := len(gone(h)); n != 0 {
		t.Errorf("%d have left while the first is still here", n)
	}
	v.Close()
	eventually(t, "an to have left", func() bool { return len(gone(h)) == 1 })
	c, err := h.client("bo", secret("bo"))
	if err != nil {
		t.Fatal(err)
	}
	_ = c.Close()
	eventually(t, "bo to have left", func() bool { return len(gone(h)) == 2 })
	if _, err := h.client("an", secret("an")); err != nil {
		t.Fatal(err)
	}
	eventually(t, "an to have entered", func() bool { return len(h.gate.who()) == 3 })
	if err := h.door.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := gone(h); len(got) != 3 || got[0] != "an" || got[1] != "bo" || got[2] != "an" {
		t.Errorf("left: %q, want an, bo and an", got)
	}
}
