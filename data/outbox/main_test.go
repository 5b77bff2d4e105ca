package outbox

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// office is an outbox in a town, with a clock that tests move.
type office struct {
	*datatest.Town
	t     *testing.T
	store *Store
	clock *datatest.Hand
}

// each runs a test in an office on both engines.
func each(t *testing.T, test func(t *testing.T, o *office)) {
	t.Helper()
	datatest.EachURL(t, func(t *testing.T, url string) {
		clock := &datatest.Hand{}
		db := datatest.Open(t, url, data.WithClock(clock.Now))
		test(t, &office{Town: datatest.NewTown(t, db), t: t, store: NewStore(db), clock: clock})
	})
}

// pdf is a paper as rooms make them.
func pdf(channel Channel, name string) Paper {
	return Paper{Channel: channel, Name: name, Media: "application/pdf"}
}

// put puts a paper of somebody in the outbox.
func (o *office) put(login string, p Paper) Paper {
	o.t.Helper()
	p, err := o.store.Put(o.t.Context(), o.Actor(login), p, []byte("%PDF "+p.Name))
	if err != nil {
		o.t.Fatal(err)
	}
	return p
}

// find gives an own paper of somebody as it stands now.
func (o *office) find(login, id string) Paper {
	o.t.Helper()
	all, err := o.store.Mine(o.t.Context(), o.Actor(login))
	if err != nil {
		o.t.Fatal(err)
	}
	for _, p := range all {
		if p.ID == id {
			return p
		}
	}
	o.t.Fatalf("%s has no paper %s", login, id)
	return Paper{}
}

// audited lists the acts of the outbox, oldest first: "who act name".
func (o *office) audited() (all []string) {
	o.t.Helper()
	rows, err := o.DB.Audit(o.t.Context(), datatest.Operator, 1000)
	if err != nil {
		o.t.Fatal(err)
	}
	for i := len(rows) - 1; i >= 0; i-- {
		if strings.HasPrefix(rows[i].Action, "outbox.") {
			all = append(all, fmt.Sprint(rows[i].Actor, " ", strings.TrimPrefix(rows[i].Action, "outbox."), " ", rows[i].Detail["name"]))
		}
	}
	return all
}

// post is a sender that notes what it gets, and does what it is told.
type post struct {
	mu   sync.Mutex
	got  []string
	does func(ctx context.Context, p Paper) error // nil: all is well
}

func (s *post) Send(ctx context.Context, p Paper, body []byte) error {
	s.mu.Lock()
	s.got = append(s.got, p.Name)
	does := s.does
	s.mu.Unlock()
	if string(body) == "" {
		return errors.New("an empty body")
	}
	if does == nil {
		return nil
	}
	return does(ctx, p)
}

// all gives what came, once.
func (s *post) all() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	got := strings.Join(s.got, " ")
	s.got = nil
	return got
}

// deliver does one round with one sender for prints and folders, and wants these counts.
func (o *office) deliver(s Sender, sent, failed int) {
	o.t.Helper()
	gone, bad, err := o.store.Deliver(o.t.Context(), map[Channel]Sender{Print: s, Folder: s})
	if err != nil || gone != sent || bad != failed {
		o.t.Fatalf("a round sends %d, fails %d, %v; want %d, %d", gone, bad, err, sent, failed)
	}
}

// wantBad wants bad input of a field and kind.
func wantBad(t *testing.T, what string, err error, field string, why data.Why) {
	t.Helper()
	var bad *data.Invalid
	if !errors.As(err, &bad) || bad.Field != field || bad.Why != why {
		t.Errorf("%s: got %v, want %s: %s", what, err, field, why)
	}
}
