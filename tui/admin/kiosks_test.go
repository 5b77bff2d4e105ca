package admin_test

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
	"digibrug/tui/admin"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"

	gossh "golang.org/x/crypto/ssh"
)

// park puts three kiosk PCs at two locations; one was never seen and one is closed.
func (s scene) park() *data.Kiosks {
	s.t.Helper()
	store, place := data.NewKiosks(s.DB), calendar.NewStore(s.DB)
	must := func(err error) {
		s.t.Helper()
		if err != nil {
			s.t.Fatal(err)
		}
	}
	at := map[string]string{}
	for _, name := range []string{"Bibliotheek", "Dorpshuis"} {
		l, err := place.AddLocation(s.t.Context(), datatest.Operator, s.Services["Bibliotheek"].OrganisationID, name, calendar.Calendar{})
		must(err)
		at[name] = l.ID
	}
	for i, n := range []data.NewKiosk{{Name: "ocr-1", Kind: data.KioskOCR, LocationID: at["Dorpshuis"]}, {Name: "ocr-2", Kind: data.KioskOCR, LocationID: at["Dorpshuis"]},
		{Name: "cafe-1", Kind: data.KioskCafe, LocationID: at["Bibliotheek"]}} {
		key, err := gossh.NewPublicKey(ed25519.NewKeyFromSeed([]byte(fmt.Sprintf("%032d", i))).Public())
		must(err)
		n.Key = string(gossh.MarshalAuthorizedKey(key))
		k, err := store.Add(s.t.Context(), datatest.Operator, n)
		must(err)
		if n.Name != "ocr-2" {
			must(s.DB.InPlainTx(s.t.Context(), func(tx *data.Tx) error {
				_, err := tx.ExecContext(s.t.Context(), `UPDATE kiosks SET seen_at = $1 WHERE id = $2`, datatest.Noon.Add(-time.Duration(i)*time.Hour).UnixMilli(), k.ID)
				return err
			}))
		}
	}
	_, err := store.SetDisabled(s.t.Context(), datatest.Operator, "ocr-2", true)
	must(err)
	return store
}

func parked(s scene) shell.Screen { return admin.NewKiosks(s.session("ivo.ict"), s.park()) }
func unparked(s scene) shell.Screen {
	return admin.NewKiosks(s.session("ivo.ict"), data.NewKiosks(s.DB))
}

func TestKiosksNone(t *testing.T)     { pages(t, unparked) }
func TestKiosksPage(t *testing.T)     { pages(t, parked) }
func TestKiosksCloseAsk(t *testing.T) { pages(t, parked, keys("down", "d")) }
func TestKiosksClosed(t *testing.T)   { pages(t, parked, keys("down", "d", "down", "enter")) }
func TestKiosksOpenAsk(t *testing.T)  { pages(t, parked, keys("end", "D")) }
func TestKiosksOpened(t *testing.T)   { pages(t, parked, keys("end", "d", "down", "enter")) }

// TestKioskSwitch closes one, says no to another, and looks at what the database and the log have.
func TestKioskSwitch(t *testing.T) {
	s := newScene(t)
	store := s.park()
	page := show(t, admin.NewKiosks(s.session("ivo.ict"), store), keys("/"), typed("ocr-1"), keys("enter", "d", "enter"))
	disabled := func(name string) bool {
		k, err := store.Find(t.Context(), datatest.Operator, name)
		if err != nil {
			t.Fatal(err)
		}
		return k.Disabled
	}
	if disabled("ocr-1") {
		t.Error("No closes it")
	}
	page.Send(keys("d", "down", "enter")...)
	page.Says("De kiosk-pc ocr-1 is gesloten")
	if !disabled("ocr-1") || disabled("cafe-1") {
		t.Errorf("ocr-1 closed: %v, cafe-1 closed: %v", disabled("ocr-1"), disabled("cafe-1"))
	}
	rows, err := s.DB.Audit(t.Context(), datatest.Operator, 1)
	if err != nil || rows[0].Action != "kiosk.disable" || rows[0].Object != "kiosk:ocr-1" || rows[0].Actor != "ivo.ict" {
		t.Errorf("the log says %+v, %v", rows, err)
	}
}

// TestKioskSomebodyWasFirst closes a PC that another screen closed a moment ago.
func TestKioskSomebodyWasFirst(t *testing.T) {
	s := newScene(t)
	store := s.park()
	page := show(t, admin.NewKiosks(s.session("ivo.ict"), store), keys("d"))
	if _, err := store.SetDisabled(t.Context(), datatest.Operator, "cafe-1", true); err != nil {
		t.Fatal(err)
	}
	page.Send(keys("down", "enter")...)
	page.Says("De kiosk-pc cafe-1 is gesloten")
}

// badPark is a store in which everything is hostile, and nothing can be changed.
type badPark struct{ err error }

func (b badPark) List(context.Context, data.Actor) ([]data.Kiosk, error) {
	return []data.Kiosk{{ID: "x", Name: hostile, Kind: data.KioskKind(hostile), Location: hostile, SeenAt: datatest.Noon}}, nil
}

func (b badPark) SetDisabled(context.Context, data.Actor, string, bool) (data.Kiosk, error) {
	return data.Kiosk{}, b.err
}

func TestHostileKiosks(t *testing.T) {
	s := newScene(t)
	for _, size := range screentest.Sizes() {
		page := screentest.Show(t, admin.NewKiosks(s.session("ivo.ict"), badPark{errors.New("broken")}), size[0], size[1])
		harmless(t, page)
		harmless(t, page.Send(keys("d")...))
		harmless(t, page.Send(keys("down", "enter")...))
		page.Says("Kiosk-pc sluiten of openen")
	}
}

// TestKiosksRefused: without the role the list stays empty and says so.
func TestKiosksRefused(t *testing.T) {
	s := newScene(t)
	page := show(t, admin.NewKiosks(s.session("an.peeters"), s.park()))
	page.Lacks("ocr-1", "Dorpshuis")
}
