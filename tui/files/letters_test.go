package files

import (
	"errors"
	"io/fs"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/outbox"
)

// acts lists the audit rows since the scene was set: "who action", oldest first.
func (h *house) acts(since int64) string {
	h.t.Helper()
	rows, err := h.DB.Audit(h.t.Context(), datatest.Operator, 1000)
	if err != nil {
		h.t.Fatal(err)
	}
	var all []string
	for i := len(rows) - 1; i >= 0; i-- {
		if rows[i].Seq > since {
			all = append(all, rows[i].Actor+" "+rows[i].Action)
		}
	}
	return strings.Join(all, ", ")
}

// The outbox behind the door: each sees what waits for them and nothing else, and looking is not fetching.
func TestDrawer(t *testing.T) {
	var store *outbox.Store
	h := open(t, func(c *Config) {
		store = outbox.NewStore(c.DB)
		c.Letters = Drawer{store}
	})
	put := func(login string, channel outbox.Channel, name string) outbox.Paper {
		t.Helper()
		p, err := store.Put(t.Context(), h.Actor(login), outbox.Paper{Channel: channel, Name: name, Media: "application/pdf"}, []byte("%PDF voor "+login))
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	p := put("an.peeters", outbox.Fetch, "brieven-kennismeting-2026-11-23.pdf")
	put("an.peeters", outbox.Fetch, "Brieven-kennismeting-2026-11-23.pdf")
	long := put("an.peeters", outbox.Fetch, strings.Repeat("lang ", 40)+".pdf")
	put("an.peeters", outbox.Print, "afdruk.pdf")
	put("an.peeters", outbox.Folder, "map.pdf")
	put("ivo.ict", outbox.Fetch, "van ivo.pdf")
	rows, err := h.DB.Audit(t.Context(), datatest.Operator, 1)
	if err != nil {
		t.Fatal(err)
	}
	begin := rows[0].Seq

	c := h.sftp("an.peeters")
	got := strings.Join(walk(t, c, "/brieven"), "\n")
	want := "/brieven/" + long.Name + "\n/brieven/Brieven-kennismeting-2026-11-23-2.pdf\n/brieven/brieven-kennismeting-2026-11-23.pdf"
	if got != want {
		t.Errorf("an sees\n%s\nwant\n%s", got, want)
	}
	if info, err := c.Stat("/brieven/" + p.Name); err != nil || info.Size() != p.Size {
		t.Errorf("stat: %v %v", info, err)
	}
	if acts := h.acts(begin); acts != "an.peeters login" {
		t.Errorf("after looking: %s", acts)
	}
	if body := string(fetch(t, c, "/brieven/"+p.Name)); body != "%PDF voor an.peeters" {
		t.Errorf("fetched %q", body)
	}
	if acts := h.acts(begin); acts != "an.peeters login, an.peeters outbox.fetch, an.peeters files.read" {
		t.Errorf("after fetching: %s", acts)
	}
	mine, err := store.Mine(t.Context(), h.Actor("an.peeters"))
	if err != nil || stateOf(mine, p.ID) != outbox.Sent || stateOf(mine, long.ID) != outbox.Waiting {
		t.Errorf("the outbox has %+v, %v", mine, err)
	}
	fetch(t, c, "/brieven/"+p.Name) // as often as one likes, while it is kept

	if got := walk(t, h.sftp("ivo.ict"), "/brieven"); strings.Join(got, " ") != "/brieven/van ivo.pdf" { // though the ICT officer sees the queue
		t.Errorf("ivo sees %v", got)
	}
	for _, name := range []string{p.Name, "afdruk.pdf", p.ID} {
		if _, err := h.sftp("ivo.ict").Open("/brieven/" + name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("ivo opens an's %s: %v", name, err)
		}
	}
	if err := store.Drop(t.Context(), h.Actor("an.peeters"), p.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Open("/brieven/" + p.Name); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a letter that was thrown away: %v", err)
	}
	// A body of another is not given even to who knows its id.
	if _, err := (Drawer{store}).Body(t.Context(), h.Actor("ivo.ict"), long.ID); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("another's body: %v", err)
	}
}

func stateOf(all []outbox.Paper, id string) outbox.State {
	for _, p := range all {
		if p.ID == id {
			return p.State
		}
	}
	return "gone"
}

// A damaged letter is told with a reference; the others are fetched.
func TestDrawerDamaged(t *testing.T) {
	var store *outbox.Store
	h := open(t, func(c *Config) {
		store = outbox.NewStore(c.DB)
		c.Letters = Drawer{store}
	})
	p, err := store.Put(t.Context(), h.Actor("an.peeters"), outbox.Paper{Channel: outbox.Fetch, Name: "a.pdf", Media: "application/pdf"}, []byte("%PDF"))
	if err != nil {
		t.Fatal(err)
	}
	if err := h.DB.InPlainTx(t.Context(), func(tx *data.Tx) error {
		_, err := tx.ExecContext(t.Context(), `UPDATE outbox SET body = '~' WHERE id = $1`, p.ID)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	c := h.sftp("an.peeters")
	if _, err := c.Open("/brieven/a.pdf"); err == nil || !strings.Contains(err.Error(), "referentie") {
		t.Errorf("said %v", err)
	}
	fetch(t, c, "/LEESMIJ.txt")
}
