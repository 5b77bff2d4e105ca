package tui_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz/recruit"
	"digibrug/quiz/recruit/recruittest"
	"digibrug/tui"
	"digibrug/tui/screentest"
	"digibrug/tui/server"

	gossh "golang.org/x/crypto/ssh"
)

// seats is how many candidates sit the test of TestTwentyCandidates at once.
const seats = 20

// hall is a test that twenty candidates sit at once, through real SSH, on a clock that runs from noon.
type hall struct {
	*recruittest.Scene
	t       *testing.T
	addr    string
	letters []recruit.Invitation
	began   time.Time

	mu  sync.Mutex
	cut map[string]time.Duration // by label: how long after the line was cut the supervisor saw it
	at  map[string]time.Time     // by label: when it was cut
}

func newHall(t *testing.T, url string) *hall {
	t.Helper()
	began := time.Now()
	clock := func() time.Time { return datatest.Noon.Add(time.Since(began)) }
	db := datatest.Open(t, url, data.WithClock(clock))
	h := &hall{Scene: recruittest.NewScene(t, db), t: t, began: began, cut: map[string]time.Duration{}, at: map[string]time.Time{}}
	_, err := h.Store.AddCandidates(t.Context(), h.Rik, h.P.ID, recruittest.Names(seats)[6:])
	h.Must(err)
	h.P.ByHand, h.P.Written = true, recruit.Written{Counts: map[string]int{"mail": 1}, Points: recruit.WrittenPoints}
	_, err = h.Store.Change(t.Context(), h.Rik, h.P)
	h.Must(err)
	h.Open()
	h.letters = h.Invite()
	quiet := slog.New(slog.DiscardHandler)
	house := tui.House{DB: db, People: h.People, Accounts: h.Accounts, Settings: data.NewSettings(db), Codes: h.Codes, Recruit: h.Store,
		Gate: data.NewGate(h.Accounts, quiet), Ends: new(sync.WaitGroup), Log: quiet, Clock: clock}
	key, err := server.MakeHostKey(filepath.Join(t.TempDir(), "host"))
	h.Must(err)
	door, err := server.New(server.Config{Limits: server.Limits{Stop: 300 * time.Millisecond}, HostKey: key, Gate: house.Gate, Open: house.Open, Log: quiet, Clock: clock})
	h.Must(err)
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	h.Must(err)
	h.addr = l.Addr().String()
	served := make(chan error, 1)
	go func() { served <- door.Serve(l) }()
	t.Cleanup(func() {
		_ = door.Shutdown(context.WithoutCancel(t.Context())) // candidates that hang are cut
		<-served
		house.Ends.Wait()
	})
	return h
}

// supervise does what a supervisor does, until ctx ends: looks at cards, lets who was cut go on, answers questions, and
// writes down how soon a cut line showed. tell hears each look.
func (h *hall) supervise(ctx context.Context, tell func(recruit.Room)) error {
	for ctx.Err() == nil {
		room, err := h.Store.Room(ctx, h.Sup, h.P.ID)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return fmt.Errorf("look at the room: %w", err)
		}
		for _, s := range room.Sittings {
			if err := h.helps(ctx, s, room.Now); err != nil && ctx.Err() == nil {
				return fmt.Errorf("%s: %w", s.Candidate.Label, err)
			}
		}
		tell(room)
		time.Sleep(100 * time.Millisecond)
	}
	return nil
}

func (h *hall) helps(ctx context.Context, s recruit.Sitting, now time.Time) error {
	id := s.Candidate.ID
	switch s.NeedAt(now) {
	case recruit.NeedCheck:
		return h.Store.Check(ctx, h.Sup, id)
	case recruit.NeedLine:
		h.mu.Lock()
		defer h.mu.Unlock()
		if at, was := h.at[s.Candidate.Label]; was && h.cut[s.Candidate.Label] == 0 {
			h.cut[s.Candidate.Label] = time.Since(at)
		}
	case recruit.NeedResume:
		return h.Store.Resume(ctx, h.Sup, id)
	case recruit.NeedAnswer:
		if s.Question != nil {
			return h.Store.AnswerQuestion(ctx, h.Sup, s.Question.ID, recruit.Everybody, "twee juiste antwoorden")
		}
	}
	return nil
}

// wire is a line to the door that can be pulled out: both ends stay as they were, and nothing goes through any more.
type wire struct {
	addr   string
	pulled atomic.Bool
}

func newWire(t *testing.T, to string) *wire {
	t.Helper()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	w := &wire{addr: l.Addr().String()}
	go func() {
		near, err := l.Accept()
		if err != nil {
			return
		}
		far, err := net.Dial("tcp4", to)
		if err != nil {
			_ = near.Close()
			return
		}
		t.Cleanup(func() { _ = errors.Join(near.Close(), far.Close()) })
		go w.carry(near, far)
		w.carry(far, near)
	}()
	return w
}

func (w *wire) carry(to io.Writer, from io.Reader) {
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		if err != nil {
			return
		}
		if !w.pulled.Load() {
			if _, err := to.Write(buffer[:n]); err != nil {
				return
			}
		}
	}
}

// sitter is a candidate at a terminal.
type sitter struct {
	*screentest.Terminal
	h     *hall
	i     int
	right int // one in so many answers is right
	done  map[string]bool
	lines int // how often the line was taken up
}

const patient = 60 * time.Second

func (c *sitter) label() string { return c.h.letters[c.i].Candidate.Label }

// call opens a line with the code.
func (c *sitter) call(addr string) error {
	ctx, end := context.WithTimeout(c.h.t.Context(), patient)
	defer end()
	t, err := screentest.Open(ctx, screentest.Call{Addr: addr, User: data.CodeLogin, Auth: []gossh.AuthMethod{gossh.Password(data.ShowCode(c.h.letters[c.i].Code.Secret))}})
	if err != nil {
		return err
	}
	c.Terminal = t
	c.lines++
	c.h.t.Cleanup(t.Close)
	return nil
}

var (
	whereForm   = regexp.MustCompile(`Vraag (\d+) van (\d+)`)
	stemForm    = regexp.MustCompile(`Vraag \d+ van niveau \d over \w+\?`)
	rightForm   = regexp.MustCompile(`\) ([abc])\) juist`)
	writtenForm = regexp.MustCompile(`Open vraag \d`)
	wrongForm   = regexp.MustCompile(`\) ([abc])\) fout`)
)

// answer answers the question on the screen, and waits until the next one shows. It gives the number of the question.
func (c *sitter) answer() (n int, last bool, err error) {
	screen := c.Screen()
	where, stem := whereForm.FindStringSubmatch(screen), stemForm.FindString(screen)
	form := wrongForm
	if len(c.done)%c.right == 0 {
		form = rightForm
	}
	option := form.FindStringSubmatch(screen)
	open := writtenForm.MatchString(screen)
	if where == nil || !open && (stem == "" || option == nil) {
		return 0, false, fmt.Errorf("no question on the screen:\n%s", screen)
	}
	n, _ = strconv.Atoi(where[1])
	total, _ := strconv.Atoi(where[2])
	keys := []string{"tab"}
	if open {
		if err := c.writes(); err != nil {
			return 0, false, err
		}
	} else {
		c.done[stem] = form == rightForm
		keys = []string{option[1], "enter"}
	}
	next := func(s string) bool {
		now := whereForm.FindStringSubmatch(s)
		return strings.Contains(s, "[ Indienen ]") || now != nil && now[1] != where[1]
	}
	for range 20 { // keys that come while an item is taken away are dropped
		if err := c.Press(keys...); err != nil {
			return 0, false, err
		}
		if err = c.Wait(next, 10*time.Second, fmt.Sprintf("what comes after question %d", n)); err == nil {
			break
		}
	}
	return n, n == total, err
}

// sit takes the whole test. twist is what happens to this candidate before question five.
func (c *sitter) sit(twist func(*sitter) error) error {
	if c.Terminal == nil {
		if err := c.call(c.h.addr); err != nil {
			return err
		}
	}
	if err := c.WaitFor("Vraag 1 van", patient); err != nil {
		return err
	}
	for {
		n, _, err := c.answer()
		if err != nil {
			return err
		}
		if n == 4 && twist != nil {
			if err := twist(c); err != nil {
				return err
			}
			twist = nil
		}
		if strings.Contains(c.Screen(), "[ Indienen ]") {
			break
		}
	}
	return c.submits()
}

// submits hands the test in. Who reads that it didn't work because so many do it at once tries again, and may have to go
// back to the overview first.
func (c *sitter) submits() (err error) {
	for range 5 {
		if !strings.Contains(c.Screen(), "[ Indienen ]") {
			if err = c.Press("enter", "esc"); err != nil {
				return err
			}
			if err = c.WaitFor("[ Indienen ]", 15*time.Second); err != nil {
				continue
			}
		}
		if err = c.Press("home", "enter"); err != nil {
			return err
		}
		if err = c.WaitFor("Ja, indienen", 15*time.Second); err != nil {
			continue
		}
		if err = c.Press("down", "enter"); err != nil {
			return err
		}
		if err = c.WaitFor("U hebt ingediend", 15*time.Second); err == nil {
			return nil
		}
	}
	return err
}

// cutAnd is a line that is gone, and the candidate who comes back at another PC: the four answers are there.
func cutAnd(gone func(*sitter)) func(*sitter) error {
	return func(c *sitter) error {
		c.h.mu.Lock()
		c.h.at[c.label()] = time.Now()
		c.h.mu.Unlock()
		gone(c)
		for seen, end := false, time.Now().Add(patient); !seen; time.Sleep(50 * time.Millisecond) {
			if time.Now().After(end) {
				return fmt.Errorf("after %v the supervisor has not seen that the line is gone", patient)
			}
			c.h.mu.Lock()
			seen = c.h.cut[c.label()] > 0
			c.h.mu.Unlock()
		}
		if err := c.call(c.h.addr); err != nil {
			return err
		}
		return c.Wait(func(s string) bool { return whereForm.MatchString(s) && strings.Contains(s, "4 van 2") }, patient, "the fifth question or the sixth, with four answers")
	}
}

// TestTwentyCandidates is the promise of the sixth issue: twenty candidates at once through SSH, with a line that is cut, a
// cable that is pulled out, a pause, extra time, a broken item and an attempt to get out; then the scores, the names and
// the signatures. What each answered, and nothing else, is what they get points for.
func TestTwentyCandidates(t *testing.T) {
	datatest.EachURL(t, func(t *testing.T, url string) {
		h := newHall(t, url)
		cable := newWire(t, h.addr)
		ctx, over := context.WithCancel(t.Context())
		defer over()
		supervised := make(chan error, 1)
		started := false
		go func() {
			supervised <- h.supervise(ctx, func(room recruit.Room) {
				ready := 0
				for _, s := range room.Sittings {
					if s.PhaseAt(room.Now) == recruit.PhaseReady {
						ready++
					}
				}
				if ready == seats && !started {
					started = true
					if _, err := h.Store.StartAll(ctx, h.Sup, h.P.ID); err != nil {
						t.Errorf("start all: %v", err)
					}
				}
			})
		}()
		twists := map[int]func(*sitter) error{
			0: cutAnd(func(c *sitter) { c.Cut() }),
			1: cutAnd(func(*sitter) { cable.pulled.Store(true) }),
			2: (*sitter).isPaused, 3: (*sitter).getsTime, 4: (*sitter).findsItBroken, 5: (*sitter).triesToLeave,
		}
		sitters := make([]*sitter, seats)
		errs := make([]error, seats)
		var room sync.WaitGroup
		for i := range sitters {
			sitters[i] = &sitter{h: h, i: i, right: i%3 + 1, done: map[string]bool{}}
			room.Go(func() {
				c := sitters[i]
				if i == 1 {
					if errs[i] = c.call(cable.addr); errs[i] != nil {
						return
					}
				}
				if errs[i] = c.sit(twists[i]); errs[i] != nil {
					errs[i] = fmt.Errorf("%s: %w", c.label(), errs[i])
				}
			})
		}
		room.Wait()
		over()
		if err := errors.Join(append(errs, <-supervised)...); err != nil {
			t.Fatal(err)
		}
		t.Logf("the supervisor saw the cut line after %v; 2 s are promised on a machine that does nothing else", h.cut[sitters[0].label()])
		h.settles(sitters)
	})
}

// isPaused is a candidate whom the supervisor stops for a while.
func (c *sitter) isPaused() error {
	ctx, id := c.h.t.Context(), c.h.letters[c.i].Candidate.ID
	if err := c.h.Store.Pause(ctx, c.h.Sup, id); err != nil {
		return err
	}
	if err := c.WaitFor("Uw tijd staat stil", patient); err != nil {
		return err
	}
	if whereForm.MatchString(c.Screen()) {
		return fmt.Errorf("a question shows in the pause:\n%s", c.Screen())
	}
	if err := c.h.Store.Resume(ctx, c.h.Sup, id); err != nil {
		return err
	}
	return c.Wait(whereForm.MatchString, patient, "the question after the pause")
}

// getsTime is a candidate who gets ten minutes more.
func (c *sitter) getsTime() error {
	if err := c.h.Store.ExtraMinutes(c.h.t.Context(), c.h.Sup, c.h.letters[c.i].Candidate.ID, 10, "brandalarm"); err != nil {
		return err
	}
	return c.WaitFor("U krijgt er 10 min bij", patient)
}

// findsItBroken asks about question 5, which goes out for everybody.
func (c *sitter) findsItBroken() error {
	if err := c.Press("f7"); err != nil {
		return err
	}
	if err := c.WaitFor("Wat is er mis met vraag 5?", patient); err != nil {
		return err
	}
	c.Type("Er zijn er twee juist")
	if err := c.Press("enter", "enter"); err != nil {
		return err
	}
	return c.WaitFor("Vraag 6 van", patient)
}

// triesToLeave tries whatever leads elsewhere in other rooms, and asks the server for a shell of its own.
func (c *sitter) triesToLeave() error {
	where := whereForm.FindString(c.Screen())
	if err := c.Press("ctrl+p", "f1"); err != nil {
		return err
	}
	if err := c.WaitFor("Hulp", patient); err != nil {
		return err
	}
	if err := c.Press("esc"); err != nil {
		return err
	}
	if err := c.Send([]byte("\x1b[O\x1b[200~:quit\nsudo su\x1b[201~")); err != nil { // the focus goes, and something is pasted
		return err
	}
	if s, err := c.Client().NewSession(); err == nil {
		if out, err := s.CombinedOutput("cat /etc/passwd"); err == nil || bytes.Contains(out, []byte("root")) {
			return fmt.Errorf("a command ran: %q", out)
		}
	}
	return c.Wait(func(s string) bool { return strings.Contains(s, where) || strings.Contains(s, "Vraag 6 van") }, patient, where)
}

// settles closes the test, and goes on to the signatures.
func (h *hall) settles(sitters []*sitter) {
	t, ctx := h.t, h.t.Context()
	t.Helper()
	h.Must(h.Store.Irregularity(ctx, h.Sup, h.letters[5].Candidate.ID, "other_screen", "keek bij de buur"))
	h.Must(h.Store.Close(ctx, h.Rik, h.P.ID))
	if err := h.Store.FreezeScores(ctx, h.Rik, h.P.ID); !errors.Is(err, recruit.ErrUnmarked) {
		t.Errorf("scores froze before anybody marked: %v", err)
	}
	byHand := h.marks()
	h.Must(h.Store.FreezeScores(ctx, h.Rik, h.P.ID))
	scores, err := h.Store.Scores(ctx, h.Rik, h.P.ID)
	h.Must(err)
	frozen, err := h.Store.Frozen(ctx, h.Rik, h.P.ID)
	h.Must(err)
	broken := ""
	for _, it := range frozen {
		if !it.OutAt.IsZero() {
			broken += it.Item.Stem
		}
	}
	if !stemForm.MatchString(broken) || len(scores) != seats {
		t.Fatalf("out for everybody: %q, want one item; %d scores, want %d", broken, len(scores), seats)
	}
	most := 100*(len(frozen)-2) + recruit.WrittenPoints // one is out, one is open
	for _, c := range sitters {
		want := byHand[c.label()]
		for stem, right := range c.done {
			if right && stem != broken {
				want += 100
			}
		}
		n := slices.IndexFunc(scores, func(s recruit.Score) bool { return s.Label == c.label() })
		if n < 0 || scores[n].Points != want || scores[n].Max != most {
			t.Errorf("%s gets %v, want %d of %d", c.label(), scores[max(0, n)], want, most)
		}
		if c.lines > 1 && c.i > 1 {
			t.Errorf("%s had to come back", c.label())
		}
	}
	h.Must(h.Store.OpenNames(ctx, h.Rik, h.P.ID))
	names, err := h.Store.Names(ctx, h.JuryA, h.P.ID)
	if err != nil || len(names) != seats {
		t.Fatalf("the jury reads %d names, %v", len(names), err)
	}
	for _, s := range scores {
		h.Must(h.Store.Decide(ctx, h.JuryA, s.Candidate, recruit.Decision{Outcome: recruit.Passed, Reason: "geslaagd voor alle delen, na gesprek"}))
	}
	decisions, err := h.Store.Decisions(ctx, h.JuryA, h.P.ID)
	h.Must(err)
	for _, jury := range []data.Actor{h.JuryA, h.JuryB} {
		h.Must(h.Store.Sign(ctx, jury, h.P.ID, decisions.Hash))
	}
	if p, err := h.Store.Procedure(ctx, h.Rik, h.P.ID); err != nil || p.State != recruit.Decided {
		t.Errorf("after the last signature: %s, %v", p.State, err)
	}
	h.Must(h.Store.Verify(ctx, h.Rik, h.P.ID))
	if found, err := h.Store.VerifyScores(ctx, h.Rik, h.P.ID); err != nil || len(found) > 0 {
		t.Errorf("the scores against the log: %v, %v", found, err)
	}
	if _, err := h.DB.VerifyAudit(ctx); err != nil {
		t.Error(err)
	}
	h.papers(sitters, scores, decisions)
}
