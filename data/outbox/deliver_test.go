package outbox

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
)

func TestDeliver(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		sender := &post{}
		first := o.put("an.peeters", Paper{Channel: Print, Name: "a.pdf", Media: "application/pdf", Target: "balie"})
		o.clock.Forward(time.Minute)
		o.put("bert.maes", pdf(Folder, "b.pdf"))
		fetch, mail := o.put("an.peeters", pdf(Fetch, "f.pdf")), o.put("an.peeters", pdf(Mail, "m.pdf"))
		if sent, failed, err := o.store.Deliver(t.Context(), nil); sent+failed != 0 || err != nil {
			t.Errorf("without a sender: %d %d %v", sent, failed, err)
		}
		o.deliver(sender, 2, 0)
		if got := sender.all(); got != "a.pdf b.pdf" {
			t.Errorf("sent %q", got)
		}
		o.deliver(sender, 0, 0)
		if got := o.find("an.peeters", first.ID); got.State != Sent || got.Tries != 1 || !got.SentAt.Equal(o.clock.Now()) || got.Fault != "" {
			t.Errorf("sent as %+v", got)
		}
		for _, p := range []Paper{fetch, mail} {
			if got := o.find("an.peeters", p.ID); got != p {
				t.Errorf("what has no sender has become %+v", got)
			}
		}
		rows, err := o.DB.Audit(t.Context(), datatest.Operator, 2)
		if err != nil || rows[1].Actor != "clock" || rows[1].Action != "outbox.send" || fmt.Sprint(rows[1].Detail) != "map[channel:print name:a.pdf target:balie]" {
			t.Errorf("audited %+v %v", rows, err)
		}
		if err := o.store.Retry(t.Context(), o.Actor("an.peeters"), first.ID); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("retry of what was sent: %v", err)
		}
		if _, err := o.store.Body(t.Context(), o.Actor("an.peeters"), first.ID); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("body of what was sent: %v", err)
		}
		var left int
		if err := data.One(t.Context(), o.DB, []any{&left}, `SELECT count(*) FROM outbox WHERE state = 'sent' AND body <> ''`); err != nil || left != 0 {
			t.Errorf("%d copies of what was sent, %v", left, err)
		}
	})
}

// A paper that fails is tried again after each wait and not before, and given up after the last; a retry begins anew.
func TestBackoff(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		sender := &post{does: func(context.Context, Paper) error { return errors.New("geen papier\x1b[2J\nin lade 2") }}
		p := o.put("an.peeters", pdf(Print, "a.pdf"))
		var waits time.Duration
		for n := 1; n < MaxTries; n++ {
			o.deliver(sender, 0, 1)
			o.deliver(sender, 0, 0)
			if got := o.find("an.peeters", p.ID); got.State != Waiting || got.Tries != n || got.Fault != "geen papier[2J in lade 2" || !got.NextAt.Equal(o.clock.Now().Add(Backoff(n))) {
				t.Fatalf("after try %d: %+v", n, got)
			}
			o.clock.Forward(Backoff(n) - time.Millisecond)
			o.deliver(sender, 0, 0)
			o.clock.Forward(time.Millisecond)
			waits += Backoff(n)
		}
		if waits < 60*time.Hour || waits > 72*time.Hour {
			t.Errorf("all waits together are %v, want a weekend", waits)
		}
		o.deliver(sender, 0, 1)
		if got := o.find("an.peeters", p.ID); got.State != Failed || got.Tries != MaxTries {
			t.Fatalf("after the last try: %+v", got)
		}
		o.clock.Forward(48 * time.Hour)
		o.deliver(sender, 0, 0)
		sender.does = nil
		if err := o.store.Retry(t.Context(), o.Actor("an.peeters"), p.ID); err != nil {
			t.Fatal(err)
		}
		o.deliver(sender, 1, 0)
		if got := o.find("an.peeters", p.ID); got.State != Sent || got.Tries != 1 || got.Fault != "" {
			t.Errorf("after a retry: %+v", got)
		}
		want := "an.peeters put a.pdf, clock give_up a.pdf, an.peeters retry a.pdf, clock send a.pdf"
		if got := strings.Join(o.audited(), ", "); got != want {
			t.Errorf("audited %s\nwant %s", got, want)
		}
	})
}

// A retry need not wait for the next try.
func TestRetrySoon(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		sender := &post{does: func(context.Context, Paper) error { return errors.New("uit") }}
		p := o.put("an.peeters", pdf(Print, "a.pdf"))
		o.deliver(sender, 0, 1)
		if err := o.store.Retry(t.Context(), o.Actor("ivo.ict"), p.ID); err != nil {
			t.Fatal(err)
		}
		o.deliver(sender, 0, 1)
		if got := o.find("an.peeters", p.ID); got.Tries != 2 {
			t.Errorf("a retry of what waits counts from %d", got.Tries-1)
		}
	})
}

// One bad paper holds up none of the others.
func TestDamagedBody(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		bad := o.put("an.peeters", pdf(Print, "stuk.pdf"))
		o.clock.Forward(time.Second)
		o.put("an.peeters", pdf(Print, "goed.pdf"))
		if err := o.DB.InPlainTx(t.Context(), func(tx *data.Tx) error {
			_, err := tx.ExecContext(t.Context(), `UPDATE outbox SET body = '~~~' WHERE id = $1`, bad.ID)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		sender := &post{}
		o.deliver(sender, 1, 1)
		if got := sender.all(); got != "goed.pdf" {
			t.Errorf("sent %q", got)
		}
		if got := o.find("an.peeters", bad.ID); !strings.Contains(got.Fault, "damaged") {
			t.Errorf("the damaged one says %q", got.Fault)
		}
		if _, err := o.store.Body(t.Context(), o.Actor("an.peeters"), bad.ID); !errors.Is(err, errBody) {
			t.Errorf("its body: %v", err)
		}
	})
}

// Four processes that deliver at the same time send every paper once.
func TestManySenders(t *testing.T) {
	datatest.EachURL(t, func(t *testing.T, url string) {
		o := &office{Town: datatest.NewTown(t, datatest.Open(t, url)), t: t}
		o.store = NewStore(o.DB)
		const papers = 40
		for i := range papers {
			o.put("an.peeters", pdf(Print, fmt.Sprintf("p%02d", i)))
		}
		sender := &post{}
		var offices sync.WaitGroup
		sent, errs := make([]int, 4), make([]error, 4)
		for i := range sent {
			store := NewStore(datatest.Open(t, url)) // its own connections, as another process has
			offices.Go(func() {
				var failed int
				sent[i], failed, errs[i] = store.Deliver(context.Background(), map[Channel]Sender{Print: sender})
				if failed > 0 {
					errs[i] = errors.Join(errs[i], fmt.Errorf("%d failed", failed))
				}
			})
		}
		offices.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
		got, seen := strings.Fields(sender.all()), map[string]bool{}
		for _, name := range got {
			seen[name] = true
		}
		if len(got) != papers || len(seen) != papers || sent[0]+sent[1]+sent[2]+sent[3] != papers {
			t.Errorf("%d sent of %d papers, %v by each", len(got), len(seen), sent)
		}
		if n := strings.Count(strings.Join(o.audited(), "\n"), "clock send"); n != papers {
			t.Errorf("%d audit rows, want %d", n, papers)
		}
	})
}

// What a process that died had claimed is left alone until its claim runs out, then sent; and should it come back to
// life, it no longer has a say.
func TestKilledSender(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		sender := &post{}
		senders := map[Channel]Sender{Print: sender}
		p := o.put("an.peeters", pdf(Print, "a.pdf"))
		dead, err := o.store.claim(t.Context(), senders)
		if err != nil {
			t.Fatal(err)
		}
		o.deliver(sender, 0, 0)
		if err := o.store.Retry(t.Context(), o.Actor("an.peeters"), p.ID); err != nil {
			t.Errorf("a retry while a sender is at it: %v", err)
		}
		o.deliver(sender, 0, 0)
		o.clock.Forward(claimTime - time.Millisecond)
		o.deliver(sender, 0, 0)
		o.clock.Forward(time.Millisecond)
		o.deliver(sender, 1, 0)
		for _, late := range []error{o.store.settle(t.Context(), dead, errors.New("too late")), o.store.settle(t.Context(), dead, nil), o.store.release(t.Context(), dead)} {
			if late != nil {
				t.Error(late)
			}
		}
		if got := o.find("an.peeters", p.ID); got.State != Sent || got.Tries != 2 || got.Fault != "" {
			t.Errorf("after all: %+v", got)
		}
		if got := strings.Join(o.audited(), ", "); got != "an.peeters put a.pdf, clock send a.pdf" {
			t.Errorf("audited %s", got)
		}
	})
}

// Whoever takes the paper dies of it: that ends too.
func TestDeadlyPaper(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		sender := &post{}
		p := o.put("an.peeters", pdf(Print, "a.pdf"))
		for range MaxTries {
			if _, err := o.store.claim(t.Context(), map[Channel]Sender{Print: sender}); err != nil {
				t.Fatal(err)
			}
			o.clock.Forward(claimTime)
		}
		o.deliver(sender, 0, 1)
		if got := o.find("an.peeters", p.ID); got.State != Failed || sender.all() != "" {
			t.Errorf("after %d deaths: %+v", MaxTries, got)
		}
	})
}

// A round that is stopped gives back what it was at, as if it had not begun; one that had sent the paper says so.
func TestStopped(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		p := o.put("an.peeters", pdf(Print, "a.pdf"))
		ctx, stop := context.WithCancel(t.Context())
		halted := &post{does: func(ctx context.Context, _ Paper) error { stop(); <-ctx.Done(); return ctx.Err() }}
		if sent, failed, err := o.store.Deliver(ctx, map[Channel]Sender{Print: halted}); sent+failed != 0 || err != nil {
			t.Errorf("a round that is stopped: %d %d %v", sent, failed, err)
		}
		if got := o.find("an.peeters", p.ID); got != p {
			t.Errorf("the paper has become %+v", got)
		}
		ctx, stop = context.WithCancel(t.Context())
		done := &post{does: func(context.Context, Paper) error { stop(); return nil }}
		if sent, _, err := o.store.Deliver(ctx, map[Channel]Sender{Print: done}); sent != 1 || err != nil {
			t.Errorf("a round that is stopped after it sent: %d %v", sent, err)
		}
		if got := o.find("an.peeters", p.ID); got.State != Sent {
			t.Errorf("the paper is %+v", got)
		}
	})
}

// A paper may be dropped while it is being sent; that it went is then nobody's business.
func TestDroppedMeanwhile(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		p := o.put("an.peeters", pdf(Print, "a.pdf"))
		o.deliver(&post{does: func(context.Context, Paper) error {
			return o.store.Drop(context.Background(), o.Actor("an.peeters"), p.ID)
		}}, 1, 0)
		if got := strings.Join(o.audited(), ", "); got != "an.peeters put a.pdf, an.peeters drop a.pdf" {
			t.Errorf("audited %s", got)
		}
	})
}
