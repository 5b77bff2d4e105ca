package tui_test

import (
	"bufio"
	"context"
	"io"
	"regexp"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz/recruit"
	"digibrug/tui/screentest"

	gossh "golang.org/x/crypto/ssh"
)

// listener is somebody who hears a visit line by line, by ssh without a terminal.
type listener struct {
	*screentest.Ear
	t     *testing.T
	stdin io.Writer
}

// listen logs in without a terminal, as ssh -T does.
func listen(t *testing.T, addr, user string, auth gossh.AuthMethod) listener {
	t.Helper()
	client, err := gossh.Dial("tcp", addr, &gossh.ClientConfig{User: user, Auth: []gossh.AuthMethod{auth}, HostKeyCallback: gossh.InsecureIgnoreHostKey(), Timeout: patient})
	check(t, err)
	t.Cleanup(func() { _ = client.Close() })
	session, err := client.NewSession()
	check(t, err)
	l := listener{Ear: screentest.NewEar(t), t: t}
	l.stdin, err = session.StdinPipe()
	check(t, err)
	out, err := session.StdoutPipe()
	check(t, err)
	check(t, session.Shell())
	go func() {
		for in := bufio.NewScanner(out); in.Scan(); {
			l.Hear(in.Text())
		}
	}()
	return l
}

func (l listener) says(line string) {
	l.t.Helper()
	_, err := io.WriteString(l.stdin, line+"\n")
	check(l.t, err)
}

// picks says the number before a line.
func (l listener) picks(form string) { l.says(l.Number(form)) }

// attends checks who comes in, starts who is ready, and lets who was cut go on, until the test is over.
func (h *hall) attends() {
	ctx, over := context.WithCancel(h.t.Context())
	done := make(chan error, 1)
	go func() {
		done <- h.supervise(ctx, func(room recruit.Room) {
			for _, s := range room.Sittings {
				if s.PhaseAt(room.Now) == recruit.PhaseReady {
					_ = h.Store.Release(ctx, h.Sup, s.Candidate.ID) // tried again at the next look
				}
			}
		})
	}()
	h.t.Cleanup(func() {
		over()
		check(h.t, <-done)
	})
}

// reads sits the whole test: the right option of each question, two lines where something must be written.
func (h *hall) reads(l listener) {
	h.t.Helper()
	for range h.questions() {
		l.Hears(`^Vraag \d+ van \d+`)
		line := l.Hears(`^\d+\. \( \) .* juist$|^\d+\. \[\]$`)
		number, _, _ := strings.Cut(line, ".")
		l.says(number)
		if strings.HasSuffix(line, "juist") {
			continue
		}
		l.Hears("Een regel met alleen een punt")
		l.says("Beste inwoner,")
		l.says("u meldt uw verhuis aan het loket.")
		l.says(".")
		l.Hears("u meldt uw verhuis")
		l.says("tab")
	}
	l.picks(`^\d+\. \[Indienen\]`)
	l.picks(`^\d+\. Ja, indienen`)
	l.Hears("U hebt ingediend")
}

// questions is how many there are.
func (h *hall) questions() (n int) {
	h.t.Helper()
	h.Must(data.One(h.t.Context(), h.DB, []any{&n}, `SELECT count(*) FROM procedure_items WHERE procedure_id = $1`, h.P.ID))
	return n
}

// wrote checks what a candidate has on disk: an answer to each question, and the lines of the open one.
func (h *hall) wrote(candidate string) {
	h.t.Helper()
	answers, err := data.List(h.t.Context(), h.DB, func(scan func(...any) error) (text string, err error) { return text, scan(&text) },
		`SELECT answer FROM sitting_answers WHERE candidate_id = $1`, candidate)
	h.Must(err)
	if len(answers) != h.questions() || !strings.Contains(strings.Join(answers, ""), `Beste inwoner,\nu meldt uw verhuis`) {
		h.t.Errorf("on disk are %d answers of %d: %q", len(answers), h.questions(), answers)
	}
}

// TestReadingWithoutATerminal is a candidate who hears the test line by line, by ssh without a terminal: from the code to
// handing in.
func TestReadingWithoutATerminal(t *testing.T) {
	h := newHall(t, datatest.SQLite(t))
	h.attends()
	h.reads(listen(t, h.addr, data.CodeLogin, gossh.Password(data.ShowCode(h.letters[0].Code.Secret))))
	h.wrote(h.letters[0].Candidate.ID)
}

// TestReadingAsAnAccommodation is a candidate for whom the recruiter ticked the reading mode: in an ordinary terminal, the
// test comes line by line without a key being pressed, what is typed stands at the foot, and what was said scrolls away.
func TestReadingAsAnAccommodation(t *testing.T) {
	h := newHall(t, datatest.SQLite(t))
	h.Must(h.Store.SetSettings(t.Context(), h.Rik, h.letters[0].Candidate.ID, "nl", recruit.Settings{Reading: true}))
	h.attends()
	v := screentest.DialCall(t, screentest.Call{Addr: h.addr, User: data.CodeLogin, Auth: []gossh.AuthMethod{gossh.Password(data.ShowCode(h.letters[0].Code.Secret))}})
	v.WaitFor("Uw keuze:", patient)
	v.WaitFor("Vraag 1 van", patient)
	option := regexp.MustCompile(`(\d+)\. \( \) [abc]\) juist`)
	for _, next := range []string{"Vraag 2 van", "Vraag 3 van", "Vraag 4 van"} {
		v.WaitFor("hulp\n", patient) // the last line of the question
		options := option.FindAllStringSubmatch(v.Screen(), -1)
		v.Press(options[len(options)-1][1], "enter")
		v.WaitFor(next, patient)
	}
	if raw := string(v.Raw()); strings.Contains(raw, "\x1b[?1049h") && strings.LastIndex(raw, "\x1b[?1049h") > strings.LastIndex(raw, "\x1b[?1049l") {
		t.Error("it still stands on the other screen of the terminal, which doesn't scroll")
	}
	v.Press("w", "a", "t", "enter")
	v.WaitFor("betekent hier niets", patient)
	v.Press("esc") // as on screens: the overview, longer than the window
	v.WaitFor("Esc: terug naar de vraag", patient)
	if !strings.Contains(string(v.Raw()), "[Indienen]") {
		t.Error("the overview doesn't begin with handing in")
	}
}

// TestReadingAtAKiosk is a visitor who reads line by line and goes: who sits down next has screens, and finds nothing of
// the one before when they go line by line themselves.
func TestReadingAtAKiosk(t *testing.T) {
	s := newCorner(t)
	v := s.sit()
	enterCode(v, s.code("an.peeters", s.assessment()))
	v.WaitFor("Eerst een oefenvraag")
	v.Press("ctrl+r")
	v.WaitFor("Uw keuze:")
	v.Press("esc")
	v.WaitFor("2. Sluiten")
	v.Press("2", "enter")
	v.WaitFor("Code invoeren")
	v.WaitGone("Uw keuze:")
	v.Press("ctrl+r")
	v.WaitFor("Uw keuze:")
	if page := v.Screen(); strings.Contains(page, "Kennismeting najaar") || strings.Contains(page, "Sluiten") {
		t.Errorf("who sits there next reads of the one before:\n%s", page)
	}
}

// TestReadingAtAKioskWithoutACode is a visitor who reads a page and goes back to the first one: it stays line by line, and
// what they read has gone from the screen and from what has scrolled away.
func TestReadingAtAKioskWithoutACode(t *testing.T) {
	v := newCorner(t).sit()
	v.Press("ctrl+r")
	v.WaitFor("1. Code invoeren")
	v.Press("1", "enter")
	v.WaitFor("Esc: terug")
	v.Press("esc")
	v.WaitGone("Esc: terug")
	v.WaitFor("1. Code invoeren")
	raw := string(v.Raw())
	if at := strings.LastIndex(raw, "\x1b[3J"); at < 0 || strings.Contains(raw[at:], "Esc: terug") || !strings.Contains(raw[at:], "Code invoeren") {
		t.Errorf("who sits there next can read of the one before:\n%s", v.Screen())
	}
}
