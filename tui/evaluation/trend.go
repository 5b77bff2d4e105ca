package evaluation

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strings"

	"digibrug/courses"
	"digibrug/tui/coursewords"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Trend is what was said of a course, group by group, the newest first.
type Trend struct {
	page.Page
	desk   Desk
	id     string
	title  string
	course courses.Course
	groups []courses.Evaluated
	titles map[string]string // of courses, by code
	scroll parts.Scroll
}

// trend is what the page loads.
type trend struct {
	course courses.Course
	groups []courses.Evaluated
	titles map[string]string
}

func newTrend(s *shell.Session, desk Desk, course, title string) shell.Screen {
	return Trend{Page: page.New(s, words.EvaluationTrendLoading), desk: desk, id: course, title: title}
}

// Init loads.
func (t Trend) Init() tea.Cmd { return t.load() }

func (t Trend) load() tea.Cmd {
	return page.Fetch(t.Loading, func() (trend, error) {
		c, groups, err := t.desk.Store.Trend(t.S.Ctx, t.By(), t.id)
		if errors.Is(err, courses.ErrFewAnswers) {
			err = nil
		}
		if err != nil {
			return trend{}, err
		}
		all, err := t.desk.Store.Courses(t.S.Ctx)
		titles := map[string]string{}
		for _, other := range all {
			titles[other.Code] = other.Title
		}
		return trend{c, groups, titles}, err
	})
}

// Title is the course.
func (t Trend) Title() string {
	return t.S.T(words.EvaluationTrendTitle, "course", parts.Plain(t.title))
}

// Update loads and scrolls.
func (t Trend) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		t.W, t.H = msg.Width, msg.Height
	case page.DoneMsg[trend]:
		next, ok, tell := page.Settled(t.Page, msg)
		if t.Page = next; ok {
			t.course, t.groups, t.titles = msg.Got.course, msg.Got.groups, msg.Got.titles
		}
		return t, tell
	}
	if t.Retries(msg) {
		t.Page = t.Again()
		return t, t.load()
	}
	lines := t.lines()
	t.scroll = t.scroll.Update(t.S.Look(), msg, len(lines), t.H)
	return t, nil
}

// View gives the groups, each with its questions.
func (t Trend) View() string {
	if !t.Loaded {
		return t.Waiting()
	}
	return t.scroll.View(t.S.Look(), t.lines(), t.W, t.H)
}

func (t Trend) lines() (lines []string) {
	if len(t.groups) == 0 {
		return t.Paragraphs(t.S.T(words.EvaluationTooFew))
	}
	for _, g := range slices.Backward(t.groups) {
		var codes []string
		for _, one := range g.Series {
			codes = append(codes, parts.Plain(one.Code))
		}
		lines = append(lines, t.Headline(t.S.T(words.EvaluationGroup, "codes", strings.Join(codes, ", "), "n", g.N)), "")
		for _, s := range g.Shares {
			lines = append(lines, t.share(s)...)
		}
		lines = append(lines, t.wishes(g.Analysis)...)
	}
	return lines
}

// share is one question with its bars: how many chose each option.
func (t Trend) share(s courses.Share) (lines []string) {
	goal := ""
	if s.Goal >= 0 && s.Goal < len(t.course.Goals) {
		goal = parts.Plain(t.course.Goals[s.Goal])
	}
	say := coursewords.AskedOf(s.Question)
	lines = t.Paragraphs(t.S.T(say.Title, "goal", goal))
	for i, n := range s.Counts {
		lines = append(lines, parts.Cut("  "+words.Number(t.S.Lang(), float64(n), 0)+"  "+t.S.T(say.Options[i]), t.W))
	}
	sum := t.S.T(words.EvaluationShare, "good", s.Good, "n", s.N)
	if s.N == 0 {
		sum = t.S.T(words.EvaluationNoAnswers)
	}
	if s.Shifted >= courses.EnoughAnswers {
		sum += " " + t.S.Theme().Glyphs.Dot + " " + t.S.T(words.EvaluationShift, "shift", signed(t.S.Lang(), s.Shift))
	}
	lines = append(lines, t.Paragraphs(sum)...)
	if s.Flag != "" {
		for _, line := range t.Paragraphs("! " + t.S.T(words.EvaluationFlag(string(s.Flag)))) {
			lines = append(lines, t.S.Theme().Alarm.Render(line))
		}
	}
	return append(lines, "")
}

// signed writes a number with its sign.
func signed(lang words.Lang, v float64) string {
	if v > 0 {
		return "+" + words.Number(lang, v, 1)
	}
	return words.Number(lang, v, 1)
}

// wishes are the courses that people want next, the most wanted first, and what they wrote.
func (t Trend) wishes(a courses.Analysis) (lines []string) {
	if len(a.Next) > 0 {
		lines = append(lines, t.S.T(words.EvaluationNextWanted))
		codes := slices.SortedFunc(maps.Keys(a.Next), func(x, y string) int { return cmp.Or(a.Next[y]-a.Next[x], strings.Compare(x, y)) })
		for _, code := range codes {
			lines = append(lines, parts.Cut("  "+words.Number(t.S.Lang(), float64(a.Next[code]), 0)+"  "+parts.Plain(cmp.Or(t.titles[code], code)), t.W))
		}
		lines = append(lines, "")
	}
	if said := a.Texts["words"]; len(said) > 0 {
		lines = append(lines, t.S.T(words.EvaluationSaid))
		for _, text := range said {
			lines = append(lines, t.Paragraphs("- "+parts.Plain(text))...)
		}
		lines = append(lines, "")
	}
	return lines
}

// ShortHelp is the footer.
func (t Trend) ShortHelp() []key.Binding { return []key.Binding{t.S.Keys().Arrows} }

// FullHelp is the help page.
func (t Trend) FullHelp() [][]key.Binding { return [][]key.Binding{t.ShortHelp(), t.S.Keys().Moving()} }
