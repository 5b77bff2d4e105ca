package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/outbox"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"

	room "digibrug/tui/outbox"

	tea "charm.land/bubbletea/v2"
)

func an(s *scene) shell.Screen  { s.week(); return s.mine("an.peeters") }
func ivo(s *scene) shell.Screen { s.week(); return s.mine("ivo.ict") }

func TestMinePage(t *testing.T) { pages(t, an) }
func TestMineNone(t *testing.T) {
	pages(t, func(s *scene) shell.Screen { return s.mine("an.peeters") })
}
func TestMineOfICT(t *testing.T) { pages(t, ivo) }
func TestQueuePage(t *testing.T) { pages(t, ivo, keys("w")) }
func TestQueueNone(t *testing.T) {
	pages(t, func(s *scene) shell.Screen { return s.mine("ivo.ict") }, keys("w"))
}
func TestFetchPage(t *testing.T)  { pages(t, an, row(4)) }
func TestSpacesPage(t *testing.T) { pages(t, an, row(0)) }
func TestFailedPage(t *testing.T) { pages(t, an, row(2)) }
func TestAgainPage(t *testing.T)  { pages(t, an, row(1)) }
func TestDropAsk(t *testing.T)    { pages(t, an, row(4), keys("d")) }
func TestNoDoor(t *testing.T) {
	pages(t, func(s *scene) shell.Screen {
		s.way = func(context.Context) (string, string, error) { return "", "", nil }
		return an(s)
	}, row(4))
}
func TestLocalDoor(t *testing.T) {
	pages(t, func(s *scene) shell.Screen {
		s.way = func(context.Context) (string, string, error) { return "127.0.0.1", "2223", nil }
		return an(s)
	}, row(4))
}

// row goes down so many rows and opens what is there.
func row(n int) []tea.Msg {
	var msgs []tea.Msg
	for range n {
		msgs = append(msgs, keys("down")...)
	}
	return append(msgs, keys("enter")...)
}

// Everybody sees the own papers alone, and the queue who may.
func TestWhoSeesWhat(t *testing.T) {
	s := newScene(t)
	s.week()
	if err := s.Accounts.Grant(t.Context(), datatest.Operator, "lid1", data.RoleDeputy, "2026-01-01", ""); err != nil {
		t.Fatal(err)
	}
	page := show(t, s.mine("bert.maes"))
	page.Says("jaarverslag.pdf", "wacht")
	page.Lacks("lijst-", "brieven-kennismeting", "wachtrij")
	page.Send(keys("w")...)
	page.Says("Brieven en prints", "jaarverslag.pdf")
	page.Lacks("lijst-")

	deputy := s.Identity("lid1")
	deputy.Roles = append(deputy.Roles, data.RoleDeputy)
	page = show(t, room.NewMine(screentest.Session(t, deputy), s.store, s.way), keys("w"))
	page.Says("Wachtrij", "jaarverslag.pdf", "lijst-2.pdf", "lijst-3.pdf", "opnieuw")
	page.Lacks("lijst-1.pdf", "brieven-kennismeting", "weggooien")
	page.Send(keys("d")...) // not the deputy's to throw away
	page.Lacks("Wilt u")
	page.Send(keys("r")...)
	page.Says("wordt meteen opnieuw geprobeerd")
}

// A print that failed is tried again from its page; it then goes at the next round.
func TestRetry(t *testing.T) {
	s := newScene(t)
	page := show(t, an(s), row(2))
	page.Says("lijst-2.pdf", "Dit is mislukt na 10 pogingen", "De printer balie bestaat niet.")
	page.Send(keys("r")...)
	page.Says("lijst-2.pdf wordt meteen opnieuw geprobeerd.", "Dit vertrekt zo dadelijk.")
	s.round(nil)
	page.Send(keys("esc")...)
	page.Send(keys("enter")...)
	page.Says("lijst-2.pdf", "Dit is vertrokken op 23/11/2026 12:00.")
	page.Lacks("r opnieuw", "bestaat niet")
	page.Send(keys("r")...) // what is gone is not tried again
	page.Lacks("wordt meteen")
}

func TestRetryInList(t *testing.T) {
	s := newScene(t)
	page := show(t, ivo(s), keys("w"), keys("down", "r"))
	page.Says("lijst-3.pdf wordt meteen opnieuw geprobeerd.")
}

// What is thrown away is asked first, and gone then, here and for who fetches.
func TestDrop(t *testing.T) {
	s := newScene(t)
	page := show(t, an(s), row(4), keys("d"))
	page.Says("Wilt u brieven-kennismeting-najaar-2026-11-23.pdf weggooien?")
	page.Send(keys("enter")...) // "Nee" stands first
	page.Says("Dit ligt klaar")
	page.Send(keys("d", "down", "enter")...)
	page.Says("brieven-kennismeting-najaar-2026-11-23.pdf is weggegooid.", "lijst-2.pdf")
	if n := strings.Count(page.Text(), "najaar"); n > 1 { // the notice
		t.Errorf("it is still there:\n%s", page.Text())
	}
	page.Send(keys("home", "d", "down", "enter")...)
	page.Says("Overzicht van de diensten (nieuw).pdf is weggegooid.")
	mine, err := s.store.Mine(t.Context(), s.Actor("an.peeters"))
	if err != nil || len(mine) != 4 {
		t.Errorf("%d papers are left, %v", len(mine), err)
	}
}

// The ICT officer throws away from the queue what is nobody else's business; not from what others fetch.
func TestDropFromQueue(t *testing.T) {
	s := newScene(t)
	page := show(t, ivo(s), keys("w", "end", "d", "down", "enter"))
	page.Says("jaarverslag.pdf is weggegooid.")
	page.Lacks("bert.maes")
}

// Somebody else was first: a sentence, and the list as it is now.
func TestTwoAtOnce(t *testing.T) {
	s := newScene(t)
	one, other := show(t, an(s), row(2)), show(t, s.mine("an.peeters"), keys("down", "down"))
	one.Send(keys("d", "down", "enter")...)
	other.Send(keys("r")...)
	other.Says("lijst-3.pdf")
	other.Lacks("lijst-2.pdf wordt", "balie bestaat")
	other.Send(keys("home", "d")...)
	one.Send(keys("home", "d", "down", "enter")...)
	other.Send(keys("down", "enter")...)
	other.Says("lijst-3.pdf")
	other.Lacks("is weggegooid", "Overzicht van de diensten")
}

// A question about one paper never throws another away that came into its place.
func TestListMovesUnderQuestion(t *testing.T) {
	s := newScene(t)
	page := show(t, an(s), keys("d"))
	page.Says("Wilt u Overzicht van de diensten (nieuw).pdf weggooien?")
	mine, err := s.store.Mine(t.Context(), s.Actor("an.peeters"))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.store.Drop(t.Context(), s.Actor("an.peeters"), mine[0].ID); err != nil {
		t.Fatal(err)
	}
	page.Send(shell.ShownMsg{})
	page.Send(keys("down", "enter")...)
	if left, err := s.store.Mine(t.Context(), s.Actor("an.peeters")); err != nil || len(left) != len(mine)-1 {
		t.Errorf("%d papers are left of %d, %v", len(left), len(mine), err)
	}
}

// A role that was taken away meanwhile is told, and changes nothing.
func TestRoleGone(t *testing.T) {
	s := newScene(t)
	page := show(t, ivo(s), keys("w"))
	if err := s.Accounts.Grant(t.Context(), datatest.Operator, "lid1", data.RoleICT, "2026-01-01", ""); err != nil {
		t.Fatal(err)
	}
	if err := s.Accounts.Revoke(t.Context(), datatest.Operator, "ivo.ict", data.RoleICT); err != nil {
		t.Fatal(err)
	}
	page.Send(keys("d", "down", "enter")...)
	page.Lacks("is weggegooid")
	if queue, err := s.store.Queue(t.Context(), datatest.Operator); err != nil || len(queue) != 3 {
		t.Errorf("the queue has %d, %v", len(queue), err)
	}
}

// faulty fails at everything, as long as it is told to.
type faulty struct {
	*outbox.Store
	err error
}

func (f *faulty) Mine(ctx context.Context, by data.Actor) ([]outbox.Paper, error) {
	if f.err != nil {
		return nil, f.err
	}
	return f.Store.Mine(ctx, by)
}

func (f *faulty) Find(ctx context.Context, by data.Actor, id string) (outbox.Paper, error) {
	if f.err != nil {
		return outbox.Paper{}, f.err
	}
	return f.Store.Find(ctx, by, id)
}

func (f *faulty) Drop(ctx context.Context, by data.Actor, id string) error {
	if f.err != nil {
		return f.err
	}
	return f.Store.Drop(ctx, by, id)
}

func TestStoreFails(t *testing.T) {
	s := newScene(t)
	s.week()
	store := &faulty{s.store, errors.New("geheime oorzaak")}
	page := show(t, room.NewMine(s.session("an.peeters"), store, s.way))
	page.Says("referentie")
	page.Lacks("geheime")
	store.err = nil
	page.Send(keys("enter")...)
	page.Says("lijst-2.pdf")
	store.err = errors.New("geheime oorzaak")
	page.Send(keys("down", "down", "enter")...)
	page.Says("referentie")
	store.err = nil
	page.Send(keys("enter")...)
	page.Says("Dit is mislukt")
	store.err = errors.New("geheime oorzaak")
	page.Send(keys("d", "down", "enter")...)
	page.Says("referentie")
	store.err = nil
	page.Send(keys("enter")...)
	page.Says("lijst-2.pdf")
	s.way = func(context.Context) (string, string, error) { return "", "", errors.New("geheime oorzaak") }
	page = show(t, room.NewMine(s.session("an.peeters"), store, s.way), row(4))
	page.Says("referentie")
}

// hostile wants to name the window, clear the screen, turn the text around and fill everything.
var hostile = "\x1b]0;gekraakt\a\x1b[2J\x9b31m\u202eomgekeerd\u2066\u200b\r\nregel\ttwee " + strings.Repeat("é\u0301\u0302", 50) + strings.Repeat("lang", 1250)

// evil is a store in which everything that people once typed, or a printer said, is hostile.
type evil struct {
	*outbox.Store
	me string
}

func (e evil) one(channel outbox.Channel, state outbox.State) outbox.Paper {
	return outbox.Paper{ID: string(channel) + string(state), Channel: channel, Name: hostile, Media: hostile, Target: hostile, Size: 1 << 40, MakerID: e.me,
		Maker: hostile, MadeAt: datatest.Noon, KeepUntil: datatest.Noon, State: state, Tries: 3, Fault: hostile}
}

func (e evil) all() (all []outbox.Paper) {
	for _, state := range []outbox.State{outbox.Waiting, outbox.Sent, outbox.Failed} {
		all = append(all, e.one(outbox.Fetch, state), e.one(outbox.Print, state))
	}
	return append(all, e.one(outbox.Channel(hostile), outbox.State(hostile)))
}

func (e evil) Mine(context.Context, data.Actor) ([]outbox.Paper, error)  { return e.all(), nil }
func (e evil) Queue(context.Context, data.Actor) ([]outbox.Paper, error) { return e.all(), nil }
func (e evil) Find(_ context.Context, _ data.Actor, id string) (outbox.Paper, error) {
	for _, p := range e.all() {
		if p.ID == id {
			return p, nil
		}
	}
	return outbox.Paper{}, data.ErrNotFound
}
func (e evil) Retry(context.Context, data.Actor, string) error { return nil }
func (e evil) Drop(context.Context, data.Actor, string) error  { return nil }

func TestHostileText(t *testing.T) {
	s := newScene(t)
	store := evil{s.store, s.Identity("ivo.ict").AccountID}
	s.way = func(context.Context) (string, string, error) { return hostile, hostile, nil }
	for _, size := range screentest.Sizes() {
		for _, first := range []string{"home", "w"} {
			t.Run(fmt.Sprintf("%s %dx%d", first, size[0], size[1]), func(t *testing.T) {
				page := screentest.Show(t, room.NewMine(s.session("ivo.ict"), store, s.way), size[0], size[1], keys(first)...)
				for range store.all() {
					for _, step := range keys("enter", "r", "d", "enter", "esc", "r", "d", "down", "enter", "down") {
						page.Send(step)
						page.Fits()
						v := page.View()
						for _, text := range []string{style.ReplaceAllString(v.Content, ""), v.WindowTitle} {
							if found := harmful.FindString(text); found != "" {
								t.Fatalf("the page carries %q:\n%q", found, text)
							}
						}
					}
				}
			})
		}
	}
}
