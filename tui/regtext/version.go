package regtext

import (
	"strconv"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/data/regulation"
	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/papers"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Version is one version of the text: where it comes from, and what can be done with it.
type Version struct {
	room
	e papers.Edition
}

// done is what an act on a version did.
type done struct {
	said  words.Key
	args  []any
	leave bool // the version is no more what it was
}

// What a question of the page is about.
const (
	askDraft = "draft"
	askDrop  = "drop"
)

// fingerprintShown is how much of the fingerprint of a text is shown, in letters.
const fingerprintShown = 16

func newVersion(s *shell.Session, desk Desk, e papers.Edition) shell.Screen {
	return Version{room: room{page.Still(s), desk}, e: e}
}

// Init does nothing: the version is there.
func (v Version) Init() tea.Cmd { return nil }

// Title is what it is called.
func (v Version) Title() string { return parts.Plain(v.called(v.e)) }

// reload gives the version as it stands now: it may have been published.
func (v Version) reload() tea.Cmd {
	ctx, by, reader, was := v.S.Ctx, v.By(), v.desk.Reader, v.e
	return page.Fetch(v.Loading, func() (papers.Edition, error) {
		all, err := reader.Editions(ctx, by)
		for _, e := range all {
			if e.ID == was.ID {
				return e, nil
			}
		}
		if err == nil {
			err = data.ErrNotFound
		}
		return was, err
	})
}

func (v Version) draft() bool { return v.e.Status == regulation.Draft }

// act is a letter that does something with the version.
type act struct {
	key key.Binding
	do  func(Version) (Version, tea.Cmd)
}

func (v Version) acts() []act {
	asks := func(what string, question, yes words.Key) func(Version) (Version, tea.Cmd) {
		return func(v Version) (_ Version, cmd tea.Cmd) {
			v.Page, cmd = v.Ask(what, question, yes)
			return v, cmd
		}
	}
	opens := func(screen func() shell.Screen) func(Version) (Version, tea.Cmd) {
		return func(v Version) (Version, tea.Cmd) { return v, shell.Open(screen()) }
	}
	all := []act{{v.Enter(words.RegtextArticles), opens(func() shell.Screen { return newArticles(v.S, v.desk, v.e) })}}
	switch {
	case !v.ict():
	case v.draft():
		all = append(all, act{v.Letter("b", words.RegtextPublish), opens(func() shell.Screen { return newPublish(v.S, v.desk, v.e) })},
			act{key.NewBinding(key.WithKeys("delete"), key.WithHelp("Del", v.S.T(words.RegtextDrop))), asks(askDrop, words.RegtextDropAsk, words.RegtextDropYes)})
	default:
		all = append(all, act{v.Letter("o", words.RegtextMake), asks(askDraft, words.RegtextMakeAsk, words.RegtextMakeYes)})
	}
	all = append(all, act{v.Letter("k", words.RegtextShort), opens(func() shell.Screen {
		return newShort(v.S, v.desk, func() (papers.Edition, error) { return v.e, nil })
	})})
	if v.desk.Print != nil {
		all = append(all, act{v.Letter("p", words.RegtextPrint), Version.print})
	}
	return all
}

// Update does what is asked with the version.
func (v Version) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		v.W, v.H = msg.Width, msg.Height
	case shell.ShownMsg:
		v.Page = v.Again()
		return v, v.reload()
	case page.DoneMsg[papers.Edition]:
		next, ok, tell := page.Settled(v.Page, msg)
		if v.Page = next; ok {
			v.e = msg.Got
		}
		return v, tell
	case page.YesMsg:
		next, ok := v.Agreed(msg)
		if v.Page = next; ok {
			return v.agreed(msg.Act)
		}
	case page.DoneMsg[done]:
		next, ok, tell := page.Settled(v.Page, msg)
		if v.Page = next; ok {
			tell = shell.Notify(shell.Good, msg.Got.said, msg.Got.args...)
			if msg.Got.leave {
				tell = tea.Sequence(shell.Back(), tell)
			}
		}
		return v, tell
	case tea.KeyPressMsg:
		for _, a := range v.acts() {
			if !v.Busy() && key.Matches(msg, a.key) {
				return a.do(v)
			}
		}
	}
	return v, nil
}

// agreed does what was asked about: makes a draft of the text, or throws the draft away.
func (v Version) agreed(what string) (shell.Screen, tea.Cmd) {
	ctx, by, texts, e := v.S.Ctx, v.By(), v.desk.Texts, v.e
	v.Page = v.Acts(words.RegtextSaving)
	if what == askDrop {
		return v, page.Fetch(v.Acting, func() (done, error) {
			return done{said: words.RegtextDropped, leave: true}, texts.DropDraft(ctx, by, regulation.Loan)
		})
	}
	return v, page.Fetch(v.Acting, func() (done, error) {
		own, err := e.Content.Adopted()
		if err == nil {
			_, err = texts.PutDraft(ctx, by, regulation.Loan, "", own)
		}
		return done{said: words.RegtextMade, leave: true}, err
	})
}

func (v Version) print() (Version, tea.Cmd) {
	ctx, by, e, print := v.S.Ctx, v.By(), v.e, v.desk.Print
	v.Page = v.Acts(words.RegtextPrinting)
	return v, page.Fetch(v.Acting, func() (done, error) {
		p, err := print(ctx, by, e)
		said := map[outbox.Channel]words.Key{outbox.Folder: words.RegtextToFolder, outbox.Print: words.RegtextToPrinter, outbox.Fetch: words.RegtextToFetch}[p.Channel]
		return done{said: said, args: []any{"name", p.Name}}, err
	})
}

// View gives the facts, and a word about what the version is.
func (v Version) View() string {
	e := v.e
	facts := []page.Fact{page.Named(words.RegtextColStands, v.stands(e))}
	if e.From != "" {
		facts = append(facts, page.Named(words.RegtextColFrom, v.Day(e.From)), page.Named(words.RegtextColBody, e.Body), page.Named(words.RegtextDecided, v.Day(e.DecidedOn)))
	}
	if !e.IsModel() {
		facts = append(facts, page.Named(words.RegtextChanged, v.Moment(e.ChangedAt)+", "+e.Actor))
	}
	facts = append(facts, page.Named(words.RegtextFigures, v.Day(e.Day)), page.Named(words.RegtextFingerprint, e.Hash[:min(fingerprintShown, len(e.Hash))]))
	lines := append(v.Facts(facts...), "")
	switch {
	case e.IsModel():
		lines = append(lines, v.Paragraphs(v.S.T(words.RegtextAboutModel))...)
	case v.draft():
		lines = append(lines, v.Paragraphs(v.S.T(words.RegtextAboutDraft))...)
	default:
		lines = append(lines, v.Paragraphs(v.S.T(words.RegtextAboutFixed))...)
	}
	return page.Fitted(lines, v.H)
}

// ShortHelp is the footer.
func (v Version) ShortHelp() (short []key.Binding) {
	for _, a := range v.acts() {
		short = append(short, a.key)
	}
	return short
}

// FullHelp is the help page.
func (v Version) FullHelp() [][]key.Binding { return [][]key.Binding{v.ShortHelp()} }

// newPublish makes the draft hold from a day on, for good.
func newPublish(s *shell.Session, desk Desk, e papers.Edition) shell.Screen {
	return page.NewTask(s, words.RegtextPublishTitle, words.RegtextSaving, func() (page.Brief, error) {
		if _, _, err := desk.Reader.Read(s.Ctx, e, words.NL, false); err != nil {
			return page.Brief{}, err
		}
		return page.Brief{Lead: words.RegtextPublishLead, Body: parts.NewForm(words.RegtextPublish,
			parts.Field{Name: "from", Label: words.RegtextFrom, Hint: words.RegtextFromHint, Kind: parts.Day, Need: true},
			parts.Field{Name: "body", Label: words.RegtextColBody, Hint: words.RegtextBodyHint, Need: true, Max: 120},
			parts.Field{Name: "decided", Label: words.RegtextDecided, Kind: parts.Day, Need: true}),
			Ask: func(form parts.Form) page.Question {
				return page.Question{Ask: words.RegtextPublishAsk, Yes: words.RegtextPublishYes, Args: []any{"day", words.StoredDay(s.Lang(), form.Value("from"))}}
			},
			Do: func(form parts.Form) (page.Outcome, error) {
				v, err := desk.Texts.Publish(s.Ctx, s.Who.Actor(), regulation.Loan, regulation.Decision{From: form.Value("from"), Body: form.Value("body"), DecidedOn: form.Value("decided")}, loans.TextFigures())
				return page.Outcome{Said: words.RegtextPublished, Args: []any{"number", strconv.Itoa(v.Number), "day", words.StoredDay(s.Lang(), v.From)}}, err
			}}, nil
	})
}
