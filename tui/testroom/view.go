package testroom

import (
	"strings"

	"digibrug/quiz/recruit"
	"digibrug/tui/keys"
	"digibrug/tui/parts"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
)

// sheetHead is the lines above the question: where one is, the bar, a blank line.
const sheetHead = 3

// View gives what shows now. While the clock stands still, no question does.
func (r Room) View() string {
	switch {
	case !r.loaded && r.refused == nil:
		return parts.Rows(parts.Wrap(r.s.T(words.PageWait), r.w), r.h)
	case !r.loaded || r.st.Phase != recruit.PhaseBusy || len(r.items) == 0:
		lines := append(r.text(), "")
		if r.list.Len() > 0 {
			lines = append(lines, r.list.View(r.s.Look()))
		}
		return parts.Rows(lines, r.h)
	case r.mode == modeOverview:
		head := r.s.Theme().Title.Render(parts.Ends(r.s.T(words.ItemAnswered, "done", r.done(), "total", r.count()), r.state(), min(r.w, parts.MaxWidth)))
		return parts.Rows([]string{head, "", r.over.View(r.s.Look())}, r.h)
	case r.mode == modeAsk:
		return parts.Rows(append(r.askLead(), r.ask.View(r.s.Look())), r.h)
	}
	return r.viewSheet()
}

func (r Room) viewSheet() string {
	look := r.s.Look()
	where := r.s.T(words.ItemWhere, "n", r.at+1, "total", len(r.items))
	lines := []string{
		look.Theme.Title.Render(parts.Ends(where, r.state(), min(r.w, parts.MaxWidth))),
		parts.Bar(look, r.w, r.done(), r.count(), r.s.T(words.ItemAnswered, "done", r.done(), "total", r.count())),
		"",
	}
	return parts.Rows(strings.Split(strings.Join(lines, "\n")+"\n"+r.q.View(look), "\n"), r.h)
}

// state is what stands at the right of the first line: a mark, the time left.
func (r Room) state() string {
	left := r.s.T(words.ItemLeft, "left", words.Duration(r.s.Lang(), r.left()))
	if r.mode == modeSheet && r.items[r.at].Later {
		return "[" + r.s.T(words.ItemLaterMark) + "] " + left
	}
	return left
}

// Cursor follows what has the focus.
func (r Room) Cursor() (x, y int, shown bool) {
	switch {
	case !r.loaded:
		return 0, 0, false
	case r.st.Phase != recruit.PhaseBusy || len(r.items) == 0:
		x, y, shown = r.list.Cursor()
		return x, y + len(r.text()) + 1, shown && r.list.Len() > 0
	case r.mode == modeOverview:
		x, y, shown = r.over.Cursor()
		return x, y + overHead, shown
	case r.mode == modeAsk:
		x, y, shown = r.ask.Cursor()
		return x, y + r.askHead(), shown
	}
	x, y, shown = r.q.Cursor()
	return x, y + sheetHead, shown
}

// Place is what has the focus.
func (r Room) Place() parts.Place {
	switch {
	case !r.Inside() || len(r.items) == 0 || r.mode == modeOverview:
		return parts.Place{}
	case r.mode == modeAsk:
		return r.ask.Place(r.s.Look())
	}
	return r.q.Place(r.s.Look())
}

// Typing tells whether letters belong to the answer.
func (r Room) Typing() bool {
	if !r.Inside() || len(r.items) == 0 {
		return false
	}
	switch r.mode {
	case modeAsk:
		return r.ask.Typing()
	case modeOverview:
		return r.over.Typing()
	}
	return r.q.Typing()
}

// ShortHelp is the footer.
func (r Room) ShortHelp() []key.Binding {
	common := r.s.Keys()
	switch {
	case r.refused != nil:
		return []key.Binding{keys.Named(common.Enter, r.s.T(words.PageAgain))}
	case !r.Inside() || len(r.items) == 0:
		if r.list.Len() == 0 {
			return nil
		}
		return []key.Binding{keys.Named(common.Enter, r.s.T(words.KioskChoose))}
	case r.mode == modeOverview:
		does := words.ItemGo
		if row, ok := r.over.Current(); ok && row.ID == overSubmit {
			does = words.ItemSubmitKey
		}
		return []key.Binding{keys.Named(common.Enter, r.s.T(does)), r.sheetKeys().submit, keys.Named(common.Back, r.s.T(words.TestroomBackTo))}
	case r.mode == modeAsk:
		return []key.Binding{keys.Named(common.Enter, r.s.T(words.TestroomAskSend)), keys.Named(common.Back, r.s.T(words.TestroomBackTo))}
	}
	k := r.sheetKeys()
	help := append(r.q.Keys(r.s.Look()), k.next, k.broken)
	if r.breakLeft() > 0 {
		help = append(help, k.pause)
	}
	return append(help, k.previous, k.later, keys.Named(common.Back, r.s.T(words.ItemOverview)))
}

// FullHelp is the help page.
func (r Room) FullHelp() [][]key.Binding {
	return [][]key.Binding{r.ShortHelp(), r.s.Keys().Moving()}
}
