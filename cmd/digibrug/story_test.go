package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
)

// binaryDir is where binary has put it.
var binaryDir atomic.Pointer[string]

// binary builds the program once for all tests that need it as a process of its own. TestMain removes it.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "digibrug-test-")
	if err != nil {
		return "", err
	}
	binaryDir.Store(&dir)
	path := filepath.Join(dir, "digibrug")
	if out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w: %s", err, out)
	}
	return path, nil
})

// process is a running digibrug with the demo municipality.
type process struct {
	t       *testing.T
	cmd     *exec.Cmd
	dead    sync.Once
	Screens string `json:"screens"`
	Files   string `json:"files"`
	Dir     string `json:"dir"`
	Account []struct {
		User     string `json:"user"`
		Password string `json:"password"`
		Role     string `json:"role"`
	} `json:"accounts"`
}

// startDemo runs `digibrug demo` on the database of url and waits until it says that it can be reached.
func startDemo(t *testing.T, dir, url string) *process {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	p := &process{t: t, cmd: exec.Command(path, "demo", "--json", "--listen", "127.0.0.1:0", "--files-listen", "127.0.0.1:0", "--dir", dir, "--db", url)}
	p.cmd.Stderr = t.Output()
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.kill)
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		t.Fatalf("digibrug demo said nothing: %v", err)
	}
	if err := json.Unmarshal(line, p); err != nil {
		t.Fatalf("digibrug demo said %s: %v", line, err)
	}
	return p
}

// kill is the plug pulled out: SIGKILL, no farewell. It may be called more than once, at the same time too, and
// returns when the process is gone.
func (p *process) kill() {
	p.dead.Do(func() {
		_ = p.cmd.Process.Signal(syscall.SIGKILL) // gone already is fine
		_ = p.cmd.Wait()
	})
}

func (p *process) password(login string) string {
	p.t.Helper()
	for _, a := range p.Account {
		if a.User == login {
			return a.Password
		}
	}
	p.t.Fatalf("the demo has no account %s", login)
	return ""
}

// TestStory is the promise of the first issue, through OpenSSH's client in a terminal: somebody logs in,
// takes the kennismeting on the real questions, the server is killed half-way, the person comes back to the
// same question with every answer that the screen had acknowledged, finishes and reads a result; the head
// of service sees the group and not the person.
func TestStory(t *testing.T) {
	datatest.EachNew(t, func(t *testing.T, url string) {
		o := newOffice(t)
		dir := t.TempDir()
		p := startDemo(t, dir, url)
		bank := newExaminee(t, o)

		o.visit(p.Screens, "an.peeters", p.password("an.peeters"))
		o.await("Dag An Peeters", "Er staat een kennismeting voor u klaar")
		o.send("Enter")
		o.await("Kies een kennismeting", "nieuw, tot")
		o.send("Enter")
		o.await("Eerst een oefenvraag", "Dit is geen examen")
		o.send("Down", "Enter")
		screen := o.await("Vraag 1 van", "0 van")
		total := number(t, screen, `Vraag 1 van (\d+)`)

		const half = 8
		for n := 1; n <= half; n++ {
			bank.answer(n)
			o.await(fmt.Sprintf("Vraag %d van %d", n+1, total))
		}
		before := o.await(fmt.Sprintf("Vraag %d van", half+1))
		stem := bank.stem(before)

		p.kill() // the plug
		o.await("the line has ended")
		p = startDemo(t, dir, url)
		o.visit(p.Screens, "an.peeters", p.password("an.peeters"))
		o.await("Dag An Peeters", fmt.Sprintf("%d van %d vragen beantwoord", bank.answered, total))
		o.send("Enter")
		o.await("bezig:")
		o.send("Enter")
		after := o.await(fmt.Sprintf("Vraag %d van %d", half+1, total), fmt.Sprintf("%d van %d beantwoord", bank.answered, total))
		if got := bank.stem(after); got != stem {
			t.Errorf("after the kill the question is %q, before it was %q", got, stem)
		}
		for n := half + 1; n <= total; n++ {
			o.await(fmt.Sprintf("Vraag %d van %d", n, total))
			bank.answer(n)
		}
		o.await("Overzicht", fmt.Sprintf("%d van %d beantwoord", bank.answered, total))
		o.send("Home", "Enter")
		o.await("Wilt u")
		o.send("Down", "Enter")
		result := o.await("Mijn resultaat", "Bedankt, u bent klaar")
		for _, want := range []string{"Windows en bestanden", "U bent hier", "punten"} {
			if !strings.Contains(result, want) {
				t.Errorf("the result does not say %q:\n%s", want, result)
			}
		}
		o.send("Enter")
		o.await("Uitleg", "Vraag 1 van")

		for _, a := range p.Account {
			if a.Role == "head" {
				headSees(t, o, p, a.User)
				break
			}
		}
		if stored := answersOf(t, url, "an.peeters"); stored != bank.answered {
			t.Errorf("the screen acknowledged %d answers, the database has %d", bank.answered, stored)
		}
	})
}

// headSees logs in as a head of service and wants groups, and no name of anybody else.
func headSees(t *testing.T, o *office, p *process, login string) {
	t.Helper()
	o.visit(p.Screens, login, p.password(login))
	o.await("Dag ", "Mijn dienst")
	o.send("Down", "Enter")
	o.await("Kies een kennismeting", "afgesloten op")
	o.send("End", "Enter") // the oldest: the finished one
	screen := o.await("klaar", "gemiddeld", "U ziet groepen")
	if strings.Contains(screen, "An Peeters") || strings.Contains(screen, "an.peeters") {
		t.Errorf("the head's screen names a person:\n%s", screen)
	}
}

func number(t *testing.T, screen, pattern string) (n int) {
	t.Helper()
	found := regexp.MustCompile(pattern).FindStringSubmatch(screen)
	if found == nil {
		t.Fatalf("%s is not on the screen:\n%s", pattern, screen)
	}
	if _, err := fmt.Sscan(found[1], &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// examinee answers the questions that stand on the screen. Whoever reads well knows the bank.
type examinee struct {
	t        *testing.T
	o        *office
	items    []quiz.Item
	answered int // answers given, all of which the screen acknowledged by showing the next question
}

func newExaminee(t *testing.T, o *office) *examinee {
	t.Helper()
	banks, err := quiz.ShippedBanks(data.Banks, "nl")
	if err != nil {
		t.Fatal(err)
	}
	e := &examinee{t: t, o: o}
	for _, b := range banks {
		for _, it := range b.Items {
			e.items = append(e.items, it.Family()...)
		}
	}
	return e
}

// squeezed is a text without spaces and line ends: a line may end behind a hyphen.
func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }

// item finds the question on the screen in the bank: of a family the variant of which most options are there.
func (e *examinee) item(screen string) (found quiz.Item) {
	e.t.Helper()
	text, most := squeezed(screen), -1
	for _, it := range e.items {
		if !strings.Contains(text, squeezed(it.Stem)) {
			continue
		}
		seen := 0
		for _, o := range it.Options {
			if strings.Contains(text, squeezed(o.Text)) {
				seen++
			}
		}
		if seen > most {
			found, most = it, seen
		}
	}
	if most < 0 {
		e.t.Fatalf("no item of the banks is on the screen:\n%s", screen)
	}
	return found
}

func (e *examinee) stem(screen string) string { return e.item(screen).Stem }

// answer gives the right answer to the n-th question where a letter or a word does it, and skips others.
func (e *examinee) answer(n int) {
	e.t.Helper()
	screen := e.o.await(fmt.Sprintf("Vraag %d van", n))
	it := e.item(screen)
	switch it.Kind {
	case quiz.KindSingle:
		for _, option := range it.Options {
			if option.Right {
				e.letter(screen, option.Text)
			}
		}
	case quiz.KindTrueFalse:
		if *it.True {
			e.letter(screen, "Juist")
		} else {
			e.letter(screen, "Fout")
		}
	case quiz.KindText:
		e.o.send("-l", it.Accept[0])
	case quiz.KindNumber:
		e.o.send("-l", quiz.FormatNumber(it.Number.Value))
	case quiz.KindOrder: // as it stands
	default:
		e.o.send("NPage")
		return
	}
	e.o.send("Enter")
	e.answered++
}

// letter presses the letter that stands before an option.
func (e *examinee) letter(screen, option string) {
	e.t.Helper()
	start := squeezed(option)
	for _, line := range strings.Split(screen, "\n") {
		line = strings.TrimLeft(strings.TrimSpace(line), "► ()x")
		if len(line) > 3 && line[1] == ')' && strings.HasPrefix(start, squeezed(line[3:])[:min(20, len(squeezed(line[3:])))]) {
			e.o.send("-l", line[:1])
			return
		}
	}
	e.t.Fatalf("option %q is not on the screen:\n%s", option, screen)
}
