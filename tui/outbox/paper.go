package outbox

import (
	"fmt"
	"net"
	"regexp"
	"strconv"

	"digibrug/data/outbox"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// Paper shows one paper: where it is, and how it is fetched. There is no mouse, so that the terminal can select the
// line to type.
type Paper struct {
	page.Page
	desk
	way        Way
	id         string
	one        outbox.Paper
	host, port string // where it is fetched; empty host: nowhere
}

// facts is what a load brings.
type facts struct {
	one        outbox.Paper
	host, port string
}

func newPaper(s *shell.Session, store store, way Way, id string) shell.Screen {
	return Paper{Page: page.New(s, words.OutboxLoading), desk: desk{store}, way: way, id: id}
}

// Init loads the paper.
func (p Paper) Init() tea.Cmd {
	return page.Fetch(p.Loading, func() (facts, error) {
		one, err := p.store.Find(p.S.Ctx, p.By(), p.id)
		if err != nil || one.Channel != outbox.Fetch || p.way == nil {
			return facts{one: one}, err
		}
		host, port, err := p.way(p.S.Ctx)
		return facts{one, host, port}, err
	})
}

func (p Paper) reload() (shell.Screen, tea.Cmd) {
	p.Page = p.Again()
	return p, p.Init()
}

// Title is the paper's name.
func (p Paper) Title() string {
	if p.one.Name == "" {
		return p.S.T(words.OutboxTitle)
	}
	return parts.Plain(p.one.Name)
}

// Update does what is asked with the paper.
func (p Paper) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.W, p.H = msg.Width, msg.Height
	case page.DoneMsg[facts]:
		next, ok, tell := page.Settled(p.Page, msg)
		if p.Page = next; ok {
			p.one, p.host, p.port = msg.Got.one, msg.Got.host, msg.Got.port
		}
		return p, tell
	case page.DoneMsg[done]:
		return p.settled(msg)
	case page.YesMsg:
		next, cmd := p.agreed(p.Page, msg, p.one)
		p.Page = next
		return p, cmd
	case shell.ShownMsg:
		return p.reload()
	case tea.KeyPressMsg:
		if p.Retries(msg) {
			return p.reload()
		}
		if p.Loaded && !p.Busy() {
			next, _, cmd := p.pressed(p.Page, msg, p.one)
			p.Page = next
			return p, cmd
		}
	}
	return p, nil
}

func (p Paper) settled(msg page.DoneMsg[done]) (shell.Screen, tea.Cmd) {
	if msg.Of == nil || msg.Of != p.Acting {
		return p, nil
	}
	next, ok, tell := page.Settled(p.Page, msg)
	p.Page = next
	switch {
	case ok && msg.Got.act == actDrop:
		return p, tea.Batch(shell.Back(), told(msg.Got))
	case ok:
		tell = told(msg.Got)
	}
	again, load := p.reload()
	return again, tea.Batch(tell, load)
}

// stands says in a sentence where the paper is.
func (p Paper) stands() string {
	switch one := p.one; {
	case one.Channel == outbox.Fetch && one.State == outbox.Sent:
		return p.S.T(words.OutboxStandsFetched, "at", p.Moment(one.SentAt))
	case one.Channel == outbox.Fetch:
		return p.S.T(words.OutboxStandsFetch)
	case one.State == outbox.Sent:
		return p.S.T(words.OutboxStandsSent, "at", p.Moment(one.SentAt))
	case one.State == outbox.Failed:
		return p.S.T(words.OutboxStandsFailed, "n", one.Tries)
	case one.Tries > 0:
		return p.S.T(words.OutboxStandsAgain, "at", p.Moment(one.NextAt))
	}
	return p.S.T(words.OutboxStandsWaiting)
}

// fetching says how to fetch the paper, with the lines to type.
func (p Paper) fetching() []string {
	if p.one.Channel != outbox.Fetch {
		return nil
	}
	if p.host == "" {
		return append(p.Paragraphs(p.S.T(words.OutboxNoDoor)), "")
	}
	lines := p.Paragraphs(p.S.T(words.OutboxHow))
	for _, line := range fetchLines(p.S.Who.Login, p.host, p.port, p.one.Name, p.W-2) {
		shown := []string{parts.Plain(line)}
		if ansi.StringWidth(shown[0]) > p.W-2 {
			shown = parts.Wrap(shown[0], p.W-2)
		}
		for _, part := range shown {
			lines = append(lines, "  "+p.S.Theme().Strong.Render(part))
		}
	}
	lines = append(lines, p.Paragraphs(p.S.T(words.OutboxKeyNeeded))...)
	if ip := net.ParseIP(p.host); ip != nil && ip.IsLoopback() {
		lines = append(lines, p.Paragraphs(p.S.T(words.OutboxLocal))...)
	}
	return append(lines, "")
}

// simple names can be typed after sftp as they are; others are asked for inside.
var simple = regexp.MustCompile(`^[A-Za-z0-9._+@-]+$`)

// fetchLines is what to type, in a terminal of Windows or Linux, to fetch a paper: one line where it fits in wide
// cells, else one to go there and one to get it.
func fetchLines(login, host, port, name string, wide int) []string {
	there := fmt.Sprintf("sftp -P %s %s@%s:/brieven", port, login, bracketed(host))
	switch line := there + "/" + name; {
	case !simple.MatchString(name):
		return []string{there, "get " + strconv.Quote(name)}
	case len(line) > wide:
		return []string{there, "get " + name}
	default:
		return []string{line}
	}
}

// bracketed is a host before a colon.
func bracketed(host string) string {
	if ip := net.ParseIP(host); ip != nil && ip.To4() == nil {
		return "[" + host + "]"
	}
	return host
}

// View gives where the paper is, how to fetch it, and what else is known of it.
func (p Paper) View() string {
	if !p.Loaded {
		return p.Waiting()
	}
	lines := append([]string{p.Headline(p.one.Name)}, p.Paragraphs(p.stands())...)
	lines = append(append(lines, ""), p.fetching()...)
	all := []page.Fact{page.Named(words.OutboxFault, p.one.Fault), page.Named(words.OutboxFactMade, p.S.T(words.OutboxMadeBy, "at", p.Moment(p.one.MadeAt), "login", p.one.Maker)),
		page.Named(words.OutboxFactChannel, p.S.T(words.OutboxChannel(p.one.Channel))), page.Named(words.OutboxFactTarget, p.one.Target),
		page.Named(words.OutboxFactSize, size(p.S.Lang(), p.one.Size)), page.Named(words.OutboxFactUntil, words.ShortDay(p.S.Lang(), p.one.KeepUntil))}
	for _, f := range all {
		if f.Value != "" {
			lines = append(lines, p.Facts(f)...)
		}
	}
	return page.Fitted(lines, p.H)
}

// size is a number of bytes as people read it.
func size(lang words.Lang, bytes int64) string {
	switch {
	case bytes >= 1<<20:
		return words.Number(lang, float64(bytes)/(1<<20), 1) + " MB"
	case bytes >= 1<<10:
		return words.Number(lang, float64(bytes)/(1<<10), 0) + " kB"
	}
	return words.Number(lang, float64(bytes), 0) + " bytes"
}

// ShortHelp is the footer.
func (p Paper) ShortHelp() []key.Binding {
	if !p.Loaded {
		return []key.Binding{p.Enter(words.PageAgain)}
	}
	return can(p.Page, p.one)
}

// FullHelp is the help page.
func (p Paper) FullHelp() [][]key.Binding { return [][]key.Binding{p.ShortHelp()} }
