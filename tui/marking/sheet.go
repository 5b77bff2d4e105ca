package marking

import (
	"math"
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/quiz/recruit"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// whyMax is how long a reason can be, in characters; formLines is what the form keeps below the answer.
const (
	whyMax    = 600
	formLines = 10
)

// paragraph is a text under a title.
type paragraph struct {
	title words.Key
	text  string
}

// sheet is an answer with its rubric over a form with the points. PgDn and PgUp read the answer, whatever field has the focus.
type sheet struct {
	page.Form
	title  string
	text   []paragraph
	said   words.Key                          // after saving
	save   func(points int, why string) error // nil: there is nothing to save any more
	after  func() (shell.Screen, error)       // what comes next; a nil screen: back to the list
	scroll parts.Scroll
	whole  int // height of the body
}

// sheet marks an answer, and goes on to the next one without a mark.
func (d desk) sheet(procedure string, w recruit.Work) shell.Screen {
	points := ""
	if w.Mine != nil {
		points = strconv.FormatFloat(float64(*w.Mine)/100, 'f', -1, 64)
	}
	lead := words.MarkingLead
	return sheet{title: w.Code, text: texts(w), said: words.MarkingSaved, Form: page.NewForm(d.S, lead, form(words.MarkingSave, w.Max, points, w.Why, false)),
		save: func(points int, why string) error {
			return d.store.Mark(d.S.Ctx, d.By(), procedure, w.Code, points, why)
		},
		after: func() (shell.Screen, error) {
			all, err := d.store.ToMark(d.S.Ctx, d.By(), procedure)
			code := next(all, w.Code)
			for _, one := range all {
				if err == nil && one.Code == code {
					return d.sheet(procedure, one), nil
				}
			}
			return nil, err
		}}
}

// settling says what an answer earns that two saw differently.
func (d desk) settling(procedure string, one recruit.Dispute) shell.Screen {
	lead := words.MarkingSettleLead
	if !one.Third {
		lead = words.MarkingSettleOwn
	}
	text := texts(one.Work)[:1]
	for i, why := range one.Whys {
		said := d.S.T(words.MarkingGave, "n", d.points(one.Marks[i]), "most", d.points(one.Max))
		if why != "" {
			said += " " + why
		}
		text = append(text, paragraph{words.MarkingMark, said})
	}
	text = append(text, texts(one.Work)[1:]...)
	if one.Done != nil { // to read: nothing can be typed
		gets := d.S.T(words.MarkingGets, "n", d.points(one.Done.Points), "most", d.points(one.Max), "why", one.Done.Why)
		text = append([]paragraph{{words.MarkingColSettled, gets}}, text...)
		return sheet{title: one.Code, text: text, Form: page.NewForm(d.S, words.MarkingSettledBefore, parts.NewForm(words.MarkingBack))}
	}
	return sheet{title: one.Code, text: text, said: words.MarkingSettled, Form: page.NewForm(d.S, lead, form(words.MarkingSettle, one.Max, "", "", true)),
		save: func(points int, why string) error {
			return d.store.Settle(d.S.Ctx, d.By(), procedure, one.Code, points, why)
		},
		after: func() (shell.Screen, error) { return nil, nil }}
}

// texts begins with the answer: the rubric and the question are the same for many, and soon known.
func texts(w recruit.Work) []paragraph {
	return []paragraph{{words.MarkingAnswer, w.Answer}, {words.MarkingRubric, w.Rubric}, {words.MarkingQuestion, w.Stem}}
}

func form(submit words.Key, most int, points, why string, must bool) parts.Form {
	return parts.NewForm(submit,
		parts.Field{Name: "points", Label: words.MarkingPoints, Hint: words.MarkingPointsHint, Kind: parts.Number, Need: true, Low: 0, High: float64(most) / 100, Value: points},
		parts.Field{Name: "why", Label: words.MarkingWhy, Hint: words.MarkingWhyHint, Need: must, Max: whyMax, Value: why})
}

// Title is the code of the answer.
func (s sheet) Title() string { return s.title }

// Init loads nothing.
func (s sheet) Init() tea.Cmd { return nil }

// Dense: an answer is read beside its rubric and its points.
func (s sheet) Dense() bool { return true }

// room is the lines of the answer.
func (s sheet) room() int { return max(1, s.whole-formLines-1) }

// lines are the question, the rubric and the answer.
func (s sheet) lines() []string {
	var lines []string
	for _, one := range s.text {
		if strings.TrimSpace(one.text) == "" {
			continue
		}
		lines = append(lines, s.S.Theme().Strong.Render(parts.Cut(s.S.T(one.title), s.W)))
		lines = append(lines, s.Paragraphs(one.text)...)
		lines = append(lines, "")
	}
	return lines
}

// Update reads on, fills in, and saves.
func (s sheet) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	k := s.S.Keys()
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.whole = msg.Height
		s.Form, _ = s.Fill(tea.WindowSizeMsg{Width: msg.Width, Height: min(formLines, msg.Height)})
		return s, nil
	case page.DoneMsg[shell.Screen]:
		return s.done(msg)
	case tea.MouseWheelMsg:
		s.scroll = s.scroll.Update(s.S.Look(), msg, len(s.lines()), s.room())
		return s, nil
	case tea.KeyPressMsg:
		if key.Matches(msg, k.PageDown, k.PageUp) {
			s.scroll = s.scroll.Update(s.S.Look(), msg, len(s.lines()), s.room())
			return s, nil
		}
	}
	next, event := s.Fill(parts.Shift(msg, 0, s.room()+1))
	switch s.Form = next; {
	case event != parts.FormSubmitted:
		return s, nil
	case s.save == nil:
		return s, shell.Back()
	}
	points, err := hundredths(s.Body.Value("points"))
	why, save, after := s.Body.Value("why"), s.save, s.after
	s.Page = s.Acts(words.MarkingSaving)
	return s, page.Fetch(s.Acting, func() (shell.Screen, error) {
		if err != nil {
			return nil, err
		}
		if err := save(points, why); err != nil {
			return nil, err
		}
		return after()
	})
}

// hundredths reads points that the form let through.
func hundredths(text string) (int, error) {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, &data.Invalid{Field: "points", Why: data.WhyNumber, Got: data.Clean(text, 20)}
	}
	return int(math.Round(v * 100)), nil
}

// done goes on to what comes next, or says why not.
func (s sheet) done(msg page.DoneMsg[shell.Screen]) (shell.Screen, tea.Cmd) {
	next, ok, tell := s.Settle(msg.Of, msg.Err)
	if s.Form = next; !ok {
		return s, tell
	}
	leave := shell.Back()
	if msg.Got != nil {
		leave = shell.Replace(msg.Got)
	}
	return s, tea.Batch(leave, shell.Notify(shell.Good, s.said, "code", s.title))
}

// View gives the answer over the form.
func (s sheet) View() string {
	text := strings.Split(s.scroll.View(s.S.Look(), s.lines(), s.W, s.room()), "\n")
	for len(text) < s.room() {
		text = append(text, "")
	}
	if s.scroll.More(len(s.lines()), s.room()) { // the arrows are the form's here
		text[s.room()-1] = s.S.Theme().Quiet.Render(parts.Cut(s.S.Theme().Glyphs.Below+" "+s.S.T(words.MarkingMore), s.W))
	}
	rule := s.S.Theme().Border.Render(strings.Repeat(s.S.Theme().Glyphs.Rule, s.W))
	return page.Fitted(append(append(text, rule), strings.Split(s.Form.View(), "\n")...), s.whole)
}

// Cursor is in the field with the focus.
func (s sheet) Cursor() (x, y int, shown bool) {
	x, y, shown = s.Form.Cursor()
	return x, y + s.room() + 1, shown
}

// ShortHelp is the footer.
func (s sheet) ShortHelp() []key.Binding {
	short := s.Form.ShortHelp()
	if len(s.lines()) > s.room() {
		down := s.S.Keys().PageDown
		down.SetHelp(down.Help().Key, s.S.T(words.MarkingReadOn))
		short = append([]key.Binding{down}, short...)
	}
	return short
}

// FullHelp is the help page.
func (s sheet) FullHelp() [][]key.Binding {
	return [][]key.Binding{s.ShortHelp(), {s.S.Keys().PageDown, s.S.Keys().PageUp}}
}
