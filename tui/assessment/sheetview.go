package assessment

import (
	"strings"

	"digibrug/tui/keys"
	"digibrug/tui/parts"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
)

// View gives the question and where one is.
func (t Sheet) View() string {
	if !t.loaded {
		return t.s.T(words.AssessmentWait)
	}
	look, it := t.s.Look(), t.a.Items[t.at]
	where := t.s.T(words.ItemWhere, "n", t.at+1, "total", len(t.a.Items))
	if t.a.Entered {
		where += " · " + parts.Plain(t.store.DomainTitle(it.Item.Domain))
	}
	lines := []string{
		look.Theme.Title.Render(parts.Ends(where, t.state(), min(t.w, parts.MaxWidth))),
		parts.Bar(look, t.w, t.a.Answered(), len(t.a.Items), t.s.T(words.ItemAnswered, "done", t.a.Answered(), "total", len(t.a.Items))),
		"",
	}
	return parts.Rows(strings.Split(strings.Join(lines, "\n")+"\n"+t.q.View(look), "\n"), t.h)
}

// state is what stands at the right of the first line: the time left, a mark, what was saved.
func (t Sheet) state() string {
	var said []string
	if t.a.Items[t.at].Later {
		said = append(said, "["+t.s.T(words.ItemLaterMark)+"]")
	}
	if left, limited := t.a.Left(t.s.Now()); limited {
		said = append(said, t.s.T(words.ItemLeft, "left", words.Duration(t.s.Lang(), left)))
	} else if at := t.a.Items[t.at].AnsweredAt; !at.IsZero() && !t.a.Items[t.at].Answer.Empty() {
		said = append(said, t.s.T(words.ItemSaved, "time", words.Clock(t.s.Lang(), at)))
	}
	return strings.Join(said, " ")
}

// Cursor follows the answer's.
func (t Sheet) Cursor() (x, y int, shown bool) {
	if !t.loaded {
		return 0, 0, false
	}
	x, y, shown = t.q.Cursor()
	return x, y + sheetHead, shown
}

// Place is what has the focus.
func (t Sheet) Place() parts.Place {
	if !t.loaded {
		return parts.Place{}
	}
	return t.q.Place(t.s.Look())
}

// Typing tells whether letters belong to the answer.
func (t Sheet) Typing() bool { return t.loaded && t.q.Typing() }

// Inside: Esc saves first.
func (t Sheet) Inside() bool { return true }

// Mouse: options can be clicked.
func (t Sheet) Mouse() bool { return true }

// ShortHelp is the footer.
func (t Sheet) ShortHelp() []key.Binding {
	if !t.loaded {
		return nil
	}
	k := t.sheetKeys()
	return append(t.q.Keys(t.s.Look()), k.next, k.overview, k.previous, k.later)
}

// FullHelp is the help page.
func (t Sheet) FullHelp() [][]key.Binding {
	return [][]key.Binding{t.ShortHelp(), {keys.Named(t.s.Keys().Back, t.s.T(words.ItemStop))}, t.s.Keys().Moving()}
}
