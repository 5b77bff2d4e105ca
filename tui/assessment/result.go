package assessment

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"digibrug/quiz"
	"digibrug/tui/keys"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Result tells the person how it went, in four words rather than figures.
type Result struct {
	page
	id     string
	r      quiz.Result
	loaded bool
	expert bool // figures of measurement theory too (Vakman)
	scroll parts.Scroll
}

type resultMsg struct {
	attempt string
	r       quiz.Result
}

// NewResult opens the result of an attempt that has ended.
func NewResult(s *shell.Session, store attempts, id string) shell.Screen {
	return Result{page: page{s: s, store: store}, id: id}
}

// Init loads the result.
func (r Result) Init() tea.Cmd {
	return func() tea.Msg {
		got, err := r.store.Result(r.s.Ctx, r.by(), r.id)
		if err != nil {
			return shell.FailedMsg{Doing: words.AssessmentLoading, Err: err}
		}
		return resultMsg{r.id, got}
	}
}

// Title is what it is.
func (r Result) Title() string { return r.s.T(words.AssessmentResultTitle) }

// figures tells whether there is anything for who wants to know more.
func (r Result) figures() bool {
	return slices.ContainsFunc(r.r.Domains, func(d quiz.DomainResult) bool { return d.Enough })
}

func (r Result) vakman() key.Binding {
	return key.NewBinding(key.WithKeys("v"), key.WithHelp("v", r.s.T(words.AssessmentExpert)))
}

// Update shows more, or goes to the explanations.
func (r Result) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		r.w, r.h = msg.Width, msg.Height
	case resultMsg:
		if msg.attempt == r.id {
			r.r, r.loaded = msg.r, true
		}
	case tea.KeyPressMsg:
		switch {
		case key.Matches(msg, r.vakman()) && r.figures():
			r.expert = !r.expert
		case key.Matches(msg, r.s.Keys().Enter) && r.r.Explained:
			return r, shell.Open(NewExplained(r.s, r.store, r.id))
		case key.Matches(msg, r.s.Keys().Enter):
			return r, shell.Back()
		}
	}
	r.scroll = r.scroll.Update(r.s.Look(), msg, len(r.lines()), r.h)
	return r, nil
}

func (r Result) lines() []string {
	theme := r.s.Theme()
	lines := []string{theme.Title.Render(parts.Cut(parts.Plain(r.r.Attempt.Title), r.w)), ""}
	lines = append(lines, parts.Paragraphs(r.w, r.opening())...)
	if r.r.Blank > 0 && r.r.Attempt.Ended != quiz.EndedStarter {
		lines = append(lines, parts.Wrap(r.s.T(words.AssessmentBlank, "n", r.r.Blank), r.w)...)
	}
	for _, d := range r.r.Domains {
		lines = append(lines, "")
		lines = append(lines, r.domain(d)...)
	}
	lines = append(lines, "")
	if r.r.Attempt.Helped {
		lines = append(lines, parts.Wrap(r.s.T(words.AssessmentWasHelped), r.w)...)
	}
	lines = append(lines, parts.Wrap(r.s.T(words.AssessmentWhoSees), r.w)...)
	return append(lines, r.next()...)
}

// opening says how the attempt ended.
func (r Result) opening() string {
	switch r.r.Attempt.Ended {
	case quiz.EndedStarter:
		return r.s.T(words.AssessmentStarter)
	case quiz.EndedTime:
		return r.s.T(words.AssessmentTimeUp)
	case quiz.EndedClosed:
		return r.s.T(words.AssessmentWasClosed)
	}
	return r.s.T(words.AssessmentThanks)
}

func (r Result) next() []string {
	var texts []string
	if r.r.Attempt.Ended == quiz.EndedStarter && r.r.Offer != "" {
		texts = append(texts, r.s.T(words.AssessmentOffer, "course", r.r.Offer))
	}
	switch {
	case r.r.Explained:
		texts = append(texts, r.s.T(words.AssessmentExplainNow))
	case r.r.ExplainedOn != "":
		texts = append(texts, r.s.T(words.AssessmentExplainLater, "day", words.StoredDay(r.s.Lang(), r.r.ExplainedOn)))
	}
	if len(texts) == 0 {
		return nil
	}
	return append([]string{""}, parts.Paragraphs(r.w, texts...)...)
}

// domain says where the person stands in a domain: a bar and a sentence, or why nothing can be said.
func (r Result) domain(d quiz.DomainResult) []string {
	theme, title := r.s.Theme(), r.store.DomainTitle(d.Domain)
	lines := []string{theme.Strong.Render(parts.Cut(parts.Plain(title), r.w))}
	if !d.Enough && d.Band == quiz.BandNone {
		return append(lines, parts.Wrap(r.s.T(words.AssessmentTooFew), r.w)...)
	}
	band := bandName(d.Band)
	if d.Enough {
		lines = append(lines, parts.Bar(r.s.Look(), r.w, int(math.Round(1000*d.Share())), 1000,
			r.s.T(words.AssessmentPoints, "points", points(d.Points), "max", points(d.Max))))
	}
	lines = append(lines, parts.Wrap(r.s.T(words.AssessmentLevel, "band", band, "sure", sureName(r.s, d.Sure)), r.w)...)
	lines = append(lines, parts.Wrap(r.s.T(bandMeaning(d.Band)), r.w)...)
	if d.Pending > 0 {
		lines = append(lines, parts.Wrap(r.s.T(words.AssessmentPending, "n", d.Pending), r.w)...)
	}
	if r.expert && d.Enough {
		lines = append(lines, theme.Quiet.Render(parts.Cut(r.s.T(words.AssessmentFigures,
			"theta", decimal(d.Theta), "se", decimal(d.SE), "n", d.Items), r.w)))
	}
	return lines
}

// points writes points with at most one decimal and a comma.
func points(p float64) string {
	return strings.Replace(strconv.FormatFloat(math.Round(p*10)/10, 'f', -1, 64), ".", ",", 1)
}

func decimal(x float64) string {
	return strings.Replace(strconv.FormatFloat(x, 'f', 2, 64), ".", ",", 1)
}

// bandName is the word for a band, in Dutch: the sentences around it are.
func bandName(b quiz.Band) string {
	return words.T(words.NL, map[quiz.Band]words.Key{
		quiz.BandStarter: words.ItemBandStarter, quiz.BandBasis: words.ItemBandBasis,
		quiz.BandVlot: words.ItemBandVlot, quiz.BandExpert: words.ItemBandExpert,
	}[b])
}

func bandMeaning(b quiz.Band) words.Key {
	return map[quiz.Band]words.Key{
		quiz.BandStarter: words.AssessmentMeansStarter, quiz.BandBasis: words.AssessmentMeansBasis,
		quiz.BandVlot: words.AssessmentMeansVlot, quiz.BandExpert: words.AssessmentMeansExpert,
	}[b]
}

func sureName(s *shell.Session, sure quiz.Sure) string {
	switch sure {
	case quiz.SureHigh:
		return s.T(words.AssessmentSureHigh)
	case quiz.SureFair:
		return s.T(words.AssessmentSureFair)
	}
	return s.T(words.AssessmentSureLow)
}

// View gives the part of the text that is in view.
func (r Result) View() string {
	if !r.loaded {
		return r.s.T(words.AssessmentWait)
	}
	return r.scroll.View(r.s.Look(), r.lines(), r.w, r.h)
}

// ShortHelp is the footer.
func (r Result) ShortHelp() []key.Binding {
	does := words.AssessmentBack
	if r.r.Explained {
		does = words.AssessmentExplain
	}
	help := []key.Binding{keys.Named(r.s.Keys().Enter, r.s.T(does))}
	if r.figures() {
		help = append(help, r.vakman())
	}
	return help
}

// FullHelp is the help page.
func (r Result) FullHelp() [][]key.Binding {
	return [][]key.Binding{r.ShortHelp(), r.s.Keys().Moving()}
}
