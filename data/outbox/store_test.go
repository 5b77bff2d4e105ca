package outbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
)

func TestPut(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		an := o.Actor("an.peeters")
		p, err := o.store.Put(t.Context(), an, Paper{ID: "mine", Channel: Print, Name: "Brief: aan/zee.pdf", Media: "application/pdf",
			Target: "balie-2", State: Sent, Tries: 9, Fault: "x", Maker: "ivo.ict", MakerID: "other", Size: 99}, []byte("%PDF"))
		if err != nil {
			t.Fatal(err)
		}
		want := Paper{ID: p.ID, Channel: Print, Name: "Brief- aan-zee.pdf", Media: "application/pdf", Size: 4, Target: "balie-2", MakerID: an.AccountID,
			Maker: "an.peeters", MadeAt: datatest.Noon, KeepUntil: datatest.Noon.Add(DefaultKeep), State: Waiting}
		if p != want || p.ID == "mine" || p.ID == "" {
			t.Errorf("put as %+v\nwant %+v", p, want)
		}
		if got := o.find("an.peeters", p.ID); got != want {
			t.Errorf("stored as %+v\nwant %+v", got, want)
		}
		rows, err := o.DB.Audit(t.Context(), datatest.Operator, 1)
		if err != nil || rows[0].Action != "outbox.put" || rows[0].Object != p.ID || rows[0].Actor != "an.peeters" {
			t.Fatalf("audited %+v %v", rows, err)
		}
		if got := fmt.Sprint(rows[0].Detail); got != "map[channel:print name:Brief- aan-zee.pdf size:4 target:balie-2 until:2026-12-23]" {
			t.Errorf("audited with %s", got)
		}
		body, err := o.store.Body(t.Context(), an, p.ID)
		if err != nil || string(body) != "%PDF" {
			t.Errorf("the body is %q, %v", body, err)
		}
		whole := make([]byte, 256) // every byte there is comes back
		for i := range whole {
			whole[i] = byte(i)
		}
		bytes, err := o.store.Put(t.Context(), an, Paper{Channel: Fetch, Name: "x.bin", Media: "application/octet-stream"}, whole)
		if err != nil {
			t.Fatal(err)
		}
		if body, err := o.store.Body(t.Context(), an, bytes.ID); err != nil || !slices.Equal(body, whole) {
			t.Errorf("the body is %v, %v", body, err)
		}
	})
}

func TestPutRefuses(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		good := Paper{Channel: Fetch, Name: "a.pdf", Media: "application/pdf"}
		body := []byte("%PDF")
		for what, c := range map[string]struct {
			change func(*Paper)
			body   []byte
			field  string
			why    data.Why
		}{
			"no channel":          {func(p *Paper) { p.Channel = "" }, body, "channel", WhyChannel},
			"a channel of nobody": {func(p *Paper) { p.Channel = "fax" }, body, "channel", WhyChannel},
			"no media":            {func(p *Paper) { p.Media = "" }, body, "media", WhyMedia},
			"media of two lines":  {func(p *Paper) { p.Media = "text/plain\nX: y" }, body, "media", WhyMedia},
			"an option":           {func(p *Paper) { p.Target = "-oraw" }, body, "target", WhyTarget},
			"a path":              {func(p *Paper) { p.Target = "a/../../b" }, body, "target", WhyTarget},
			"two words":           {func(p *Paper) { p.Target = "a b" }, body, "target", WhyTarget},
			"a parent":            {func(p *Paper) { p.Target = ".." }, body, "target", WhyTarget},
			"nothing on it":       {func(*Paper) {}, nil, "body", WhySize},
			"too much on it":      {func(*Paper) {}, make([]byte, MaxBody+1), "body", WhySize},
			"an end now":          {func(p *Paper) { p.KeepUntil = datatest.Noon }, body, "keep", WhyKeep},
			"an end of old":       {func(p *Paper) { p.KeepUntil = datatest.Noon.AddDate(-1, 0, 0) }, body, "keep", WhyKeep},
			"an end too far":      {func(p *Paper) { p.KeepUntil = datatest.Noon.Add(MaxKeep + time.Millisecond) }, body, "keep", WhyKeep},
		} {
			p := good
			c.change(&p)
			_, err := o.store.Put(t.Context(), o.Actor("an.peeters"), p, c.body)
			wantBad(t, what, err, c.field, c.why)
		}
		if err := o.Accounts.SetDisabled(t.Context(), datatest.Operator, "lid1", true); err != nil {
			t.Fatal(err)
		}
		for what, by := range map[string]data.Actor{
			"nobody": {}, "a closed account": o.Actor("lid1"), "a code": {CodeID: "c1", PersonID: "p1", Name: "code"}, "a kiosk": {KioskID: "k1", Name: "pc-1"},
		} {
			if _, err := o.store.Put(t.Context(), by, good, body); !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s puts a paper: %v", what, err)
			}
			if _, err := o.store.Mine(t.Context(), by); !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s lists papers: %v", what, err)
			}
		}
		if got := o.audited(); len(got) != 0 {
			t.Errorf("audited %v", got)
		}
	})
}

// A paper that goes with another act is there when that act is, and not otherwise.
func TestPutInsideAnAct(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		an, broken := o.Actor("an.peeters"), errors.New("broken")
		letter := func(end error) error {
			return o.DB.InTx(t.Context(), func(tx *data.Tx) error {
				if _, err := Put(t.Context(), tx, an, pdf(Fetch, "a.pdf"), []byte("x")); err != nil {
					return err
				}
				return end
			})
		}
		if err := letter(broken); !errors.Is(err, broken) {
			t.Fatal(err)
		}
		if mine, err := o.store.Mine(t.Context(), an); err != nil || len(mine) != 0 || len(o.audited()) != 0 {
			t.Errorf("after an act that failed: %v, %v, audited %v", mine, err, o.audited())
		}
		if err := letter(nil); err != nil {
			t.Fatal(err)
		}
		if mine, err := o.store.Mine(t.Context(), an); err != nil || len(mine) != 1 || len(o.audited()) != 1 {
			t.Errorf("after an act: %v, %v, audited %v", mine, err, o.audited())
		}
		err := o.DB.InPlainTx(t.Context(), func(tx *data.Tx) error {
			_, err := Put(t.Context(), tx, an, pdf(Fetch, "b.pdf"), []byte("x"))
			return err
		})
		if err == nil {
			t.Error("a paper without an audit row")
		}
	})
}

// No two papers of one maker have a name that a Windows folder takes for the same.
func TestNameClashes(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		long := strings.Repeat("é", 130) + ".pdf"
		for _, c := range []struct{ login, name, want string }{
			{"an.peeters", "Lijst.pdf", "Lijst.pdf"},
			{"an.peeters", "lijst.PDF", "lijst-2.PDF"},
			{"an.peeters", "Lijst-2.pdf", "Lijst-2-2.pdf"},
			{"an.peeters", "Líjst.pdf", "Líjst-3.pdf"},
			{"an.peeters", "Lijst", "Lijst"},
			{"bert.maes", "Lijst.pdf", "Lijst.pdf"},
			{"an.peeters", long, strings.Repeat("é", 116) + ".pdf"},
			{"an.peeters", long, strings.Repeat("é", 114) + "-2.pdf"},
		} {
			if p := o.put(c.login, pdf(Fetch, c.name)); p.Name != c.want {
				t.Errorf("%s of %s is called %q, want %q", c.name, c.login, p.Name, c.want)
			}
		}
		mine, err := o.store.Mine(t.Context(), o.Actor("an.peeters"))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range mine {
			if p.Name == "Lijst.pdf" {
				if err := o.store.Drop(t.Context(), o.Actor("an.peeters"), p.ID); err != nil {
					t.Fatal(err)
				}
			}
		}
		if p := o.put("an.peeters", pdf(Print, "LIJST.pdf")); p.Name != "LIJST.pdf" {
			t.Errorf("a name that came free is not given: %q", p.Name)
		}
	})
}

// Many that put papers of one name at the same time all get one, each its own.
func TestPutAtOnce(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		an, names, errs := o.Actor("an.peeters"), make([]string, 12), make([]error, 12)
		var makers sync.WaitGroup
		for i := range names {
			makers.Go(func() {
				p, err := o.store.Put(context.Background(), an, pdf(Fetch, "Lijst.pdf"), []byte("x"))
				names[i], errs[i] = p.Name, err
			})
		}
		makers.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
		slices.Sort(names)
		if len(slices.Compact(names)) != 12 {
			t.Errorf("names %v", names)
		}
	})
}

// Who may see, fetch, drop and retry what: an's own papers by each of the actors.
func TestOwnOnly(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		for login, role := range map[string]data.Role{"lid2": data.RoleDeputy, "lid3": data.RoleConsultant} {
			if err := o.Accounts.Grant(t.Context(), datatest.Operator, login, role, "2026-01-01", ""); err != nil {
				t.Fatal(err)
			}
		}
		actors := map[string]data.Actor{"self": o.Actor("an.peeters"), "colleague": o.Actor("lid1"), "ict": o.Actor("ivo.ict"), "deputy": o.Actor("lid2"),
			"consultant": o.Actor("lid3"), "director": o.Actor("dirk.adm"), "console": datatest.Operator, "nobody": {}}
		acts := map[string]func(data.Actor, string) error{
			"find":  func(by data.Actor, id string) error { _, err := o.store.Find(t.Context(), by, id); return err },
			"body":  func(by data.Actor, id string) error { _, err := o.store.Body(t.Context(), by, id); return err },
			"retry": func(by data.Actor, id string) error { return o.store.Retry(t.Context(), by, id) },
			"drop":  func(by data.Actor, id string) error { return o.store.Drop(t.Context(), by, id) },
		}
		may := map[string][]string{ // act and channel: who, besides the maker
			"find fetch": nil, "find print": {"ict", "deputy", "console"},
			"body fetch": nil, "body print": nil,
			"retry print": {"ict", "deputy", "console"},
			"drop fetch":  nil, "drop print": {"ict", "console"},
		}
		for what, others := range may {
			act, channel, _ := strings.Cut(what, " ")
			for who, by := range actors {
				p := o.put("an.peeters", pdf(Channel(channel), what+".pdf"))
				err := acts[act](by, p.ID)
				allowed := who == "self" || slices.Contains(others, who)
				switch {
				case allowed && err != nil:
					t.Errorf("%s by %s: %v", what, who, err)
				case !allowed && who == "nobody" && !errors.Is(err, data.ErrDenied), !allowed && who != "nobody" && !errors.Is(err, data.ErrNotFound):
					t.Errorf("%s by %s: %v, want it not to be there", what, who, err)
				}
			}
		}
		for who, by := range actors {
			_, err := o.store.Queue(t.Context(), by)
			if want := who == "ict" || who == "deputy" || who == "console"; (err == nil) != want || err != nil && !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s asks for the queue: %v", who, err)
			}
			mine, _ := o.store.Mine(t.Context(), by)
			if who != "self" && len(mine) > 0 {
				t.Errorf("%s has %d papers of another", who, len(mine))
			}
		}
		if err := o.store.Retry(t.Context(), o.Actor("an.peeters"), o.put("an.peeters", pdf(Fetch, "x")).ID); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("retry of what is fetched: %v", err)
		}
	})
}

// What the operator makes belongs to the command line, and to no account.
func TestOperator(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		p, err := o.store.Put(t.Context(), datatest.Operator, pdf(Fetch, "a.pdf"), []byte("x"))
		if err != nil || p.MakerID != "" || p.Maker != "console:test" {
			t.Fatalf("put as %+v, %v", p, err)
		}
		if mine, err := o.store.Mine(t.Context(), data.Operator("somebody else")); err != nil || len(mine) != 1 {
			t.Errorf("the operator has %v, %v", mine, err)
		}
		if _, err := o.store.Body(t.Context(), o.Actor("ivo.ict"), p.ID); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("the ICT officer reads a paper of the console: %v", err)
		}
	})
}

// Reading is audited each time, and the first time a paper that waited to be fetched is sent.
func TestFetch(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		an := o.Actor("an.peeters")
		fetch, print := o.put("an.peeters", pdf(Fetch, "f.pdf")), o.put("an.peeters", pdf(Print, "p.pdf"))
		o.clock.Forward(time.Hour)
		for range 2 {
			for _, p := range []Paper{fetch, print} {
				if _, err := o.store.Body(t.Context(), an, p.ID); err != nil {
					t.Fatal(err)
				}
			}
			o.clock.Forward(time.Hour)
		}
		if got := o.find("an.peeters", fetch.ID); got.State != Sent || !got.SentAt.Equal(datatest.Noon.Add(time.Hour)) {
			t.Errorf("fetched: %+v", got)
		}
		if got := o.find("an.peeters", print.ID); got.State != Waiting || !got.SentAt.IsZero() {
			t.Errorf("read before it is printed: %+v", got)
		}
		want := "an.peeters put f.pdf, an.peeters put p.pdf, an.peeters fetch f.pdf, an.peeters fetch p.pdf, an.peeters fetch f.pdf, an.peeters fetch p.pdf"
		if got := strings.Join(o.audited(), ", "); got != want {
			t.Errorf("audited %s\nwant %s", got, want)
		}
	})
}

// From its end on a paper is not there for anybody, and Tidy takes it away.
func TestEnd(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		an, short, long := o.Actor("an.peeters"), pdf(Print, "kort.pdf"), pdf(Print, "lang.pdf")
		short.KeepUntil = datatest.Noon.Add(time.Hour)
		ended, kept := o.put("an.peeters", short), o.put("an.peeters", long)
		gone := o.put("an.peeters", Paper{Channel: Fetch, Name: "weg.pdf", Media: "application/pdf", KeepUntil: datatest.Noon.Add(time.Hour)})
		o.clock.Forward(time.Hour - time.Millisecond)
		if n, err := o.store.Tidy(t.Context()); n != 0 || err != nil {
			t.Errorf("tidied %d before the end, %v", n, err)
		}
		o.clock.Forward(time.Millisecond)
		mine, err := o.store.Mine(t.Context(), an)
		queue, qerr := o.store.Queue(t.Context(), o.Actor("ivo.ict"))
		if errors.Join(err, qerr) != nil || len(mine) != 1 || len(queue) != 1 || mine[0].ID != kept.ID || queue[0].ID != kept.ID {
			t.Errorf("after the end of one: mine %v, queue %v, %v %v", mine, queue, err, qerr)
		}
		_, err = o.store.Body(t.Context(), an, gone.ID)
		for _, err := range []error{err, o.store.Drop(t.Context(), an, ended.ID), o.store.Retry(t.Context(), an, ended.ID)} {
			if !errors.Is(err, data.ErrNotFound) {
				t.Errorf("a paper past its end: %v", err)
			}
		}
		sender := &post{}
		o.deliver(sender, 1, 0)
		if got := sender.all(); got != "lang.pdf" {
			t.Errorf("sent %q", got)
		}
		if n, err := o.store.Tidy(t.Context()); n != 2 || err != nil {
			t.Errorf("tidied %d, %v", n, err)
		}
	})
}

// Mine is newest first, Queue oldest first, and neither shows what the other is for.
func TestLists(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		for _, name := range []string{"1", "2", "3"} {
			o.put("an.peeters", pdf(Folder, name))
			o.put("bert.maes", pdf(Print, "b"+name))
			o.put("bert.maes", pdf(Fetch, "f"+name))
			o.clock.Forward(time.Minute)
		}
		o.put("an.peeters", pdf(Mail, "m"))
		names := func(all []Paper, err error) string {
			if err != nil {
				t.Fatal(err)
			}
			var out []string
			for _, p := range all {
				out = append(out, p.Name)
			}
			return strings.Join(out, " ")
		}
		if got := names(o.store.Mine(t.Context(), o.Actor("an.peeters"))); got != "m 3 2 1" {
			t.Errorf("mine: %s", got)
		}
		if got := names(o.store.Queue(t.Context(), o.Actor("ivo.ict"))); got != "1 b1 2 b2 3 b3 m" {
			t.Errorf("queue: %s", got)
		}
		piles := func(want ...Pile) {
			t.Helper()
			if got, err := o.store.Piles(t.Context(), o.Actor("ivo.ict")); err != nil || !slices.Equal(got, want) {
				t.Errorf("piles %v, %v; want %v", got, err, want)
			}
		}
		piles(Pile{"bert.maes", 3})
		o.put("an.peeters", pdf(Fetch, "own"))
		if _, err := o.store.Body(t.Context(), o.Actor("bert.maes"), o.put("bert.maes", pdf(Fetch, "seen")).ID); err != nil {
			t.Fatal(err)
		}
		piles(Pile{"an.peeters", 1}, Pile{"bert.maes", 3})
		if _, err := o.store.Piles(t.Context(), o.Actor("an.peeters")); !errors.Is(err, data.ErrDenied) {
			t.Errorf("who makes papers counts those of others: %v", err)
		}
		o.deliver(&post{}, 6, 0)
		if got := names(o.store.Queue(t.Context(), o.Actor("ivo.ict"))); got != "m" {
			t.Errorf("queue after a round: %s", got)
		}
		if got := names(o.store.Mine(t.Context(), o.Actor("an.peeters"))); got != "own m 3 2 1" {
			t.Errorf("mine after a round: %s", got)
		}
	})
}
