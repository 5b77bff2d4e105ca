package banks

import (
	"slices"
	"strings"

	"digibrug/quiz"
	"digibrug/tui/items"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// told is what an item's page shows.
type told struct {
	quiz.Record
	answers quiz.Answers
}

// item is one question: as the person being tested sees it, what is right and why, who did what with it, and what can be done.
type item struct {
	page.Page
	d       desk
	id      string
	reading bool // in a review: there it is judged
	expert  bool // the details for who knows about measuring
	got     told
	scroll  parts.Scroll
}

func newItem(d desk, id string, reading bool) shell.Screen {
	return item{Page: page.New(d.S, words.BanksLoading), d: d, id: id, reading: reading}
}

// Init loads it.
func (i item) Init() tea.Cmd {
	return page.Fetch(i.Loading, func() (t told, err error) {
		if t.Record, err = i.d.lib.Record(i.d.ctx(), i.d.By(), i.id); err != nil {
			return t, err
		}
		t.answers, err = i.d.lib.Answers(i.d.ctx(), i.d.By(), i.id)
		return t, err
	})
}

// Title is its code.
func (i item) Title() string { return parts.Plain(i.id) }

// Update scrolls, and opens what a key asks for.
func (i item) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		i.W, i.H = msg.Width, msg.Height
		return i, nil
	case shell.ShownMsg:
		i.Page = i.Again()
		return i, i.Init()
	case page.DoneMsg[told]:
		next, ok, tell := page.Settled(i.Page, msg)
		if i.Page = next; ok {
			i.got = msg.Got
		}
		return i, tell
	}
	if i.Retries(msg) {
		i.Page = i.Again()
		return i, i.Init()
	}
	if !i.Loaded {
		return i, nil
	}
	if press, ok := msg.(tea.KeyPressMsg); ok {
		if key.Matches(press, i.expertKey()) {
			i.expert, i.scroll = !i.expert, parts.Scroll{}
			return i, nil
		}
		for _, w := range i.ways() {
			if key.Matches(press, w.Key) {
				return i, shell.Open(w.Open())
			}
		}
	}
	i.scroll = i.scroll.Update(i.S.Look(), msg, len(i.lines()), i.H)
	return i, nil
}

// View gives what is in view of it.
func (i item) View() string {
	if !i.Loaded {
		return i.Waiting()
	}
	return i.scroll.View(i.S.Look(), i.lines(), i.W, i.H)
}

// lines are all lines of the page.
func (i item) lines() []string {
	if i.expert {
		return i.expertLines()
	}
	it, look := i.got.Item.Vary(0), i.S.Look()
	order := quiz.OptionOrder(it, 1)
	question := items.New(look, it, order, quiz.Answer{})
	lines := strings.Split(question.Sized(look, i.W, 200).View(look), "\n")
	lines = append(lines, "", i.Headline(i.S.T(words.BanksKey)), "")
	lines = append(lines, items.Key(look, it, order, i.W)...)
	lines = append(lines, "", i.Headline(i.S.T(words.BanksHow)), "")
	lines = append(lines, i.Facts(i.facts()...)...)
	if history := i.history(); len(history) > 0 {
		lines = append(lines, "", i.Headline(i.S.T(words.BanksHistory)), "")
		lines = append(lines, history...)
	}
	return lines
}

// facts say how it stands.
func (i item) facts() []page.Fact {
	e := i.got.Entry
	facts := []page.Fact{page.Named(words.BanksColState, i.d.stands(e)), page.Named(words.BanksColSeen, i.d.seen(e)),
		page.Named(words.BanksColLevel, i.S.T(words.BanksLevel, "n", e.Item.Level))}
	if e.Local {
		facts = append(facts, page.Named(words.BanksMaker, e.Maker+", "+i.Moment(e.MadeAt)))
	}
	if e.Back != "" {
		facts = append(facts, page.Named(words.BanksBecause, oneLine(e.Back)))
	}
	if e.Good.Version > 0 && e.Good.Version != e.Item.Version {
		facts = append(facts, page.Named(words.BanksGood, i.S.T(words.BanksGoodIs, "n", e.Good.Version, "state", i.d.state(e.Good.Status))))
	}
	if n := len(e.Item.Variants); n > 0 {
		facts = append(facts, page.Named(words.BanksFamily, i.S.T(words.BanksVariants, "n", n)))
	}
	return facts
}

// history tells of the versions and of who did what, the newest first.
func (i item) history() (lines []string) {
	for _, done := range i.got.Done {
		text := i.S.T(doneWord(done.What), "n", done.Version)
		switch {
		case done.Drafts > 1 && done.Sampled:
			text += i.S.T(words.BanksWasRead, "n", done.Drafts)
		case done.Drafts > 1:
			text += i.S.T(words.BanksWasNotRead, "n", done.Drafts)
		}
		if done.Why != "" {
			text += ": " + oneLine(done.Why)
		}
		lines = append(lines, i.Paragraphs(i.Moment(done.At)+" - "+text+" - "+done.By)...)
	}
	for _, v := range i.got.Versions {
		text := i.S.T(words.BanksVersion, "n", v.Item.Version)
		if v.Old {
			text += i.S.T(words.BanksOld)
		}
		lines = append(lines, i.Paragraphs(i.Moment(v.MadeAt)+" - "+text+" - "+v.Maker)...)
		if v.Old {
			lines = append(lines, i.Paragraphs("  "+oneLine(v.Item.Stem))...)
		}
	}
	for n := range lines {
		lines[n] = parts.Plain(lines[n])
	}
	return lines
}

func doneWord(what string) words.Key {
	return map[string]words.Key{"approve": words.BanksDidApprove, "back": words.BanksDidBack, "inuse": words.BanksDidUse, "retire": words.BanksDidRetire,
		"draft": words.BanksDidDraft, "publish": words.BanksDidPublish}[what]
}

// expertLines are the figures.
func (i item) expertLines() []string {
	it := i.got.Item
	number := func(v float64) string { return quiz.FormatNumber(v) }
	facts := []page.Fact{page.Named(words.BanksDifficulty, i.S.T(words.BanksLogit, "n", number(it.Difficulty))), page.Named(words.BanksDigComp, it.DigComp),
		page.Named(words.BanksSeconds, i.S.T(words.BanksSecondsAre, "n", it.Seconds)), page.Named(words.BanksSource, it.Source), page.Named(words.BanksAuthor, it.Author),
		page.Named(words.BanksCode, it.ID), page.Named(words.BanksDomain, i.d.lib.DomainTitle(it.Domain))}
	measured := i.S.T(words.BanksTooFew, "n", quiz.MinPeople)
	if a := i.got.answers; a.Shown {
		measured = i.S.T(words.BanksMeasured, "n", a.People, "share", int(a.Share*100+0.5))
	}
	facts = append(facts, page.Named(words.BanksStatistics, measured))
	return append([]string{i.Headline(i.S.T(words.BanksExpertTitle)), ""}, i.Facts(facts...)...)
}

func (i item) expertKey() key.Binding { return i.Letter("v", words.BanksExpert) }

// Mouse: the wheel scrolls.
func (i item) Mouse() bool { return true }

// ShortHelp is the footer.
func (i item) ShortHelp() []key.Binding {
	if !i.Loaded {
		return []key.Binding{i.Enter(words.PageAgain)}
	}
	var short []key.Binding
	for _, w := range i.ways() {
		short = append(short, w.Key)
	}
	return slices.Insert(short, min(2, len(short)), i.expertKey())
}

// FullHelp is the help page.
func (i item) FullHelp() [][]key.Binding {
	return [][]key.Binding{i.ShortHelp(), i.S.Keys().Moving()}
}
