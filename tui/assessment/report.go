package assessment

import (
	"fmt"
	"math"
	"strings"

	"digibrug/quiz"
	"digibrug/tui/keys"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Report shows a campaign's figures per group.
type Report struct {
	s        *shell.Session
	store    groups
	campaign string
	w, h     int
	r        quiz.GroupReport
	loaded   bool
	scroll   parts.Scroll
}

type reportMsg struct {
	campaign string
	r        quiz.GroupReport
}

// NewReport opens the figures of a campaign.
func NewReport(s *shell.Session, store groups, campaign string) shell.Screen {
	return Report{s: s, store: store, campaign: campaign}
}

// Init loads the figures.
func (r Report) Init() tea.Cmd {
	return func() tea.Msg {
		got, err := r.store.Group(r.s.Ctx, r.s.Who.Actor(), r.campaign)
		if err != nil {
			return shell.FailedMsg{Doing: words.GroupLoading, Err: err}
		}
		return reportMsg{r.campaign, got}
	}
}

// Title is the campaign's.
func (r Report) Title() string { return r.r.Campaign.Title }

// Update walks through the text.
func (r Report) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		r.w, r.h = msg.Width, msg.Height
	case reportMsg:
		if msg.campaign == r.campaign {
			r.r, r.loaded = msg.r, true
		}
	}
	r.scroll = r.scroll.Update(r.s.Look(), msg, len(r.lines()), r.h)
	return r, nil
}

func (r Report) lines() []string {
	var lines []string
	for i, row := range r.r.Rows {
		if i > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, r.row(row)...)
	}
	rule := words.GroupRuleClosed
	if r.r.Campaign.State == quiz.Open {
		rule = words.GroupRuleOpen
	}
	lines = append(lines, "")
	for _, line := range parts.Wrap(r.s.T(rule), r.w) {
		lines = append(lines, r.s.Theme().Quiet.Render(line))
	}
	return lines
}

// row is one group: its name, who is in it when it was merged, how many are done, and a line per domain.
func (r Report) row(row quiz.GroupRow) []string {
	theme := r.s.Theme()
	lines := []string{theme.Title.Render(parts.Cut(parts.Plain(row.Group.Name), r.w))}
	if len(row.Names) > 1 {
		lines = append(lines, parts.Wrap(r.s.T(words.GroupMerged, "names", strings.Join(row.Names, ", ")), r.w)...)
	}
	if row.Group.Hidden {
		return append(lines, parts.Wrap(r.s.T(words.GroupHidden), r.w)...)
	}
	lines = append(lines, parts.Bar(r.s.Look(), r.w, row.Ended, row.Invited,
		r.s.T(words.GroupDone, "done", row.Ended, "invited", row.Invited)))
	for _, f := range row.Figures {
		lines = append(lines, r.figure(f)...)
	}
	return lines
}

func (r Report) figure(f quiz.Figure) []string {
	title := parts.Plain(r.store.DomainTitle(f.Domain))
	if !f.Shown {
		return []string{parts.Cut("  "+title+": "+r.s.T(words.GroupTooFew), r.w)}
	}
	var lines []string
	for _, line := range parts.Wrap(title+": "+r.s.T(words.GroupMedian, "band", bandName(f.Median), "n", f.N), r.w-2) {
		lines = append(lines, "  "+r.s.Theme().Strong.Render(line))
	}
	lines = append(lines,
		"  "+parts.Bar(r.s.Look(), r.w-2, int(math.Round(100*f.Share)), 100, r.s.T(words.GroupShare, "share", int(math.Round(100*f.Share)))))
	if len(f.Counts) == 4 {
		var said []string
		for i, n := range f.Counts {
			if n > 0 {
				said = append(said, fmt.Sprintf("%s %d", bandName(quiz.Band(i+1)), n))
			}
		}
		lines = append(lines, parts.Cut("  "+strings.Join(said, " · "), r.w))
	}
	return lines
}

// View gives the part of the text that is in view.
func (r Report) View() string {
	if !r.loaded {
		return r.s.T(words.AssessmentWait)
	}
	return r.scroll.View(r.s.Look(), r.lines(), r.w, r.h)
}

// ShortHelp is the footer.
func (r Report) ShortHelp() []key.Binding {
	if len(r.lines()) <= r.h {
		return nil
	}
	return []key.Binding{keys.Named(r.s.Keys().Down, r.s.T(words.GroupMore))}
}

// FullHelp is the help page.
func (r Report) FullHelp() [][]key.Binding { return [][]key.Binding{r.s.Keys().Moving()} }
