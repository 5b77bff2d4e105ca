package recruitdesk_test

import (
	"crypto/ed25519"
	"fmt"
	"slices"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
	"digibrug/tui/screentest"

	gossh "golang.org/x/crypto/ssh"
)

// TestKiosks ticks a PC with a key for the test: those of a test room and of the public room can be, the one beside a counter
// and one that was closed can't.
func TestKiosks(t *testing.T) {
	s := ready(t)
	l, err := calendar.NewStore(s.DB).AddLocation(t.Context(), datatest.Operator, s.Services["Bibliotheek"].OrganisationID, "Dorpshuis", calendar.Calendar{})
	s.Must(err)
	kiosks, ids := data.NewKiosks(s.DB), map[string]string{}
	for i, n := range []data.NewKiosk{{Name: "test-1", Kind: data.KioskTestRoom}, {Name: "ocr-1", Kind: data.KioskOCR}, {Name: "balie-1", Kind: data.KioskCounter}, {Name: "test-2", Kind: data.KioskTestRoom}} {
		key, err := gossh.NewPublicKey(ed25519.NewKeyFromSeed(fmt.Appendf(nil, "%032d", i)).Public())
		s.Must(err)
		n.LocationID, n.Key = l.ID, string(gossh.MarshalAuthorizedKey(key))
		k, err := kiosks.Add(t.Context(), datatest.Operator, n)
		s.Must(err)
		ids[n.Name] = k.ID
	}
	_, err = kiosks.SetDisabled(t.Context(), datatest.Operator, "test-2", true)
	s.Must(err)
	page := s.show(rik, 120, 60, keys("enter"), screentest.Row(5))
	page.Says("En aan deze pc's", "[ ] test-1 (Dorpshuis)", "[ ] ocr-1 (Dorpshuis)").Lacks("balie-1", "test-2")
	for range 30 {
		if strings.Contains(page.Text(), "► En aan deze pc's") {
			break
		}
		page.Send(keys("tab")...)
	}
	page.Send(keys("space", "pgdown", "enter")...)
	all, err := s.Store.Procedures(t.Context(), s.Actor(rik))
	s.Must(err)
	p, err := s.Store.Procedure(t.Context(), s.Actor(rik), all[0].ID)
	s.Must(err)
	if !slices.Equal(p.Kiosks, []string{ids["test-1"]}) {
		t.Errorf("the test may be taken at %q, want test-1 (%s)", p.Kiosks, ids["test-1"])
	}
	if !p.GoodAt("203.0.113.9", ids["test-1"]) || p.GoodAt("203.0.113.9", ids["ocr-1"]) {
		t.Error("a code works elsewhere than at the PC that was ticked")
	}
}
