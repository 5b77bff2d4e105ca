package shell

import (
	"strings"

	"digibrug/tui/keys"
	"digibrug/tui/parts"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// overlay stands in the body in front of the top screen until it is answered or left with Esc.
type overlay interface {
	// update gives the next overlay, nil to close it, and what then must be done.
	update(r Root, msg tea.Msg) (overlay, tea.Cmd)
	sized(r Root) overlay
	view(r Root) string
	cursor(r Root) (x, y int, shown bool)
	title(r Root) string
	keys(r Root) []key.Binding // of the footer; the last one always stays
}

// pressOverlay gives a key to the overlay. Esc closes it; F1 and Ctrl+P close what they opened.
func (r Root) pressOverlay(msg tea.KeyPressMsg) (Root, tea.Cmd) {
	k := r.s.Keys()
	_, asks := r.overlay.(question)
	switch {
	case !asks && key.Matches(msg, k.Back, k.Help, k.Palette):
		r.overlay = nil
		return r, nil
	case key.Matches(msg, k.Language):
		return r.looked(LookMsg{Lang: r.s.Lang().Next()})
	case key.Matches(msg, k.Theme):
		return r.looked(LookMsg{Theme: r.s.Theme().Name.Next()})
	}
	next, cmd := r.overlay.update(r, msg)
	r.overlay = next
	return r, cmd
}

// question is a confirmation.
type question struct {
	confirm parts.Confirm
	do      tea.Cmd
}

func (q question) update(r Root, msg tea.Msg) (overlay, tea.Cmd) {
	var answer parts.Answer
	q.confirm, answer = q.confirm.Update(r.s.Look(), r.frame().width, msg)
	switch answer {
	case parts.Yes:
		return nil, q.do
	case parts.No:
		return nil, nil
	}
	return q, nil
}

func (q question) sized(Root) overlay { return q }

func (q question) view(r Root) string { return q.confirm.View(r.s.Look(), r.frame().width) }

func (q question) cursor(r Root) (x, y int, shown bool) {
	x, y = q.confirm.Cursor(r.s.Look(), r.frame().width)
	return x, y, true
}

func (q question) title(Root) string { return "" }

func (q question) keys(r Root) []key.Binding {
	k := r.s.Keys()
	return []key.Binding{k.Arrows, k.Enter, keys.Named(k.Back, r.s.T(words.ShellNo))}
}

// headed puts a hint above a part, with an empty line between.
func headed(r Root, hint words.Key, part string) string {
	look := r.s.Look()
	return look.Theme.Quiet.Render(parts.Cut(look.T(hint), r.frame().width)) + "\n\n" + part
}

// headedLines is how many lines headed puts above the part.
const headedLines = 2

// help lists the keys of the top screen and of the frame; typing narrows it, Enter presses the key.
type help struct {
	used  bool // the person moved or searched: Enter runs what is chosen
	table parts.Table
	press map[string]tea.KeyPressMsg // never changed
}

func (r Root) openHelp() (Root, tea.Cmd) {
	r.overlay = help{}.sized(r)
	return r, nil
}

// helpRows gives the keys that the help page lists: each once, those of the screen first.
func (r Root) helpRows() (rows []parts.Row, press map[string]tea.KeyPressMsg) {
	press = map[string]tea.KeyPressMsg{}
	seen := map[string]bool{}
	add := func(where string, group ...key.Binding) {
		for _, b := range group {
			h := b.Help()
			if !b.Enabled() || h.Key == "" || seen[h.Key] {
				continue
			}
			seen[h.Key] = true
			rows = append(rows, parts.Row{ID: h.Key, Cells: []string{h.Key, h.Desc, where}})
			if msg, ok := keys.Press(b); ok {
				press[h.Key] = msg
			}
		}
	}
	if top := r.top(); top != nil {
		for _, group := range append([][]key.Binding{top.ShortHelp()}, top.FullHelp()...) {
			add(r.s.T(words.ShellHelpHere), group...)
		}
	}
	add(r.s.T(words.ShellHelpCommon), r.common()...)
	return rows, press
}

// common are the keys of the frame that work in this visit; on the home screen Esc logs out.
func (r Root) common() (all []key.Binding) {
	k := r.s.Keys()
	same := func(b, other key.Binding) bool { return b.Help().Key == other.Help().Key }
	for _, b := range k.Everywhere() {
		switch {
		case same(b, k.Palette) && r.s.Bare, same(b, k.Quit) && r.s.Stays, same(b, k.Back) && r.waits():
		case same(b, k.Back):
			all = append(all, r.escKey())
		default:
			all = append(all, b)
		}
	}
	return all
}

// sized lists the keys anew: their names follow the language.
func (h help) sized(r Root) overlay {
	rows, press := r.helpRows()
	if h.press == nil {
		h.table = parts.NewTable([]parts.Column{
			{Title: words.ShellHelpKey, Min: 14},
			{Title: words.ShellHelpDoes, Min: 20, Grow: 1},
			{Title: words.ShellHelpWhere, Min: 16, Drop: 1},
		}, nil).Finding()
	}
	f := r.frame()
	h.press = press
	h.table = h.table.With(rows).Sized(min(f.width, parts.MaxWidth), f.height-headedLines)
	return h
}

func (h help) update(r Root, msg tea.Msg) (overlay, tea.Cmd) {
	var event parts.Event
	h.table, event = h.table.Update(r.s.Look(), parts.Shift(msg, 0, headedLines))
	row, ok := h.table.Current()
	if event != parts.Chose || !ok {
		h.used = h.used || event == parts.Moved
		return h, nil
	}
	if !h.used { // Enter right after F1 means "I have read it", not "do the first thing on the list"
		return nil, nil
	}
	if press, ok := h.press[row.ID]; ok && row.ID != r.s.Keys().Help.Help().Key {
		return nil, send(press)
	}
	return nil, nil
}

func (h help) view(r Root) string { return headed(r, words.ShellHelpHint, h.table.View(r.s.Look())) }

func (h help) cursor(Root) (x, y int, shown bool) {
	x, y, shown = h.table.Cursor()
	return x, y + headedLines, shown
}

func (h help) title(r Root) string { return r.s.T(words.ShellHelpTitle) }

func (h help) keys(r Root) []key.Binding {
	k := r.s.Keys()
	return []key.Binding{k.Arrows, keys.Named(k.Enter, r.s.T(words.ShellRun)), k.Back}
}

// palette lists the rooms that the person may enter and the actions of the frame.
type palette struct {
	list parts.List
	do   map[string]tea.Cmd // never changed
}

func (r Root) openPalette() (Root, tea.Cmd) {
	r.overlay = palette{}.sized(r)
	return r, nil
}

// paletteItems gives what the palette offers, rooms first.
func (r Root) paletteItems() (items []parts.Item, do map[string]tea.Cmd) {
	do = map[string]tea.Cmd{}
	add := func(id, title, note string, cmd tea.Cmd) {
		items = append(items, parts.Item{ID: id, Title: title, Note: note})
		do[id] = cmd
	}
	for _, e := range r.entries {
		if e.Open != nil && (e.May == nil || e.May(r.s.Who)) {
			add("room "+string(e.Room), r.s.T(e.Title), "", Go(e.Room))
		}
	}
	k := r.s.Keys()
	pressing := func(b key.Binding) tea.Cmd {
		msg, _ := keys.Press(b)
		return send(msg)
	}
	if len(r.stack) > 1 {
		add("home", r.s.T(words.ShellActionHome), "", send(HomeMsg{}))
	}
	add("help", r.s.T(words.ShellActionHelp), k.Help.Help().Key, pressing(k.Help))
	add("lang", r.s.T(words.ShellActionLang), k.Language.Help().Key, pressing(k.Language))
	add("theme", r.s.T(words.ShellActionTheme, "theme", themeName(r.s.Theme().Name)), k.Theme.Help().Key, pressing(k.Theme))
	add("mouse", r.s.T(words.ShellActionMouse), "", send(mouseMsg{}))
	add("told", r.s.T(words.ShellActionTold), "", Open(newTold(r.s, r.told)))
	add("reading", r.s.T(words.ShellActionReading), k.Reading.Help().Key, pressing(k.Reading))
	add("redraw", r.s.T(words.ShellActionRedraw), k.Redraw.Help().Key, pressing(k.Redraw))
	add("logout", r.s.T(words.ShellActionLogout), k.Quit.Help().Key, pressing(k.Quit))
	return items, do
}

func (p palette) sized(r Root) overlay {
	items, do := r.paletteItems()
	if p.do == nil {
		p.list = parts.NewList(parts.Kind{Filter: true}, nil).Finding()
	}
	f := r.frame()
	p.do = do
	p.list = p.list.With(items).Sized(f.width, f.height-headedLines)
	return p
}

func (p palette) update(r Root, msg tea.Msg) (overlay, tea.Cmd) {
	var event parts.Event
	p.list, event = p.list.Update(r.s.Look(), parts.Shift(msg, 0, headedLines))
	item, ok := p.list.Current()
	if event != parts.Chose || !ok {
		return p, nil
	}
	return nil, p.do[item.ID]
}

func (p palette) view(r Root) string {
	return headed(r, words.ShellPaletteHint, p.list.View(r.s.Look()))
}

func (p palette) cursor(Root) (x, y int, shown bool) {
	x, y, shown = p.list.Cursor()
	return x, y + headedLines, shown
}

func (p palette) title(r Root) string { return r.s.T(words.ShellPaletteTitle) }

func (p palette) keys(r Root) []key.Binding {
	k := r.s.Keys()
	return []key.Binding{k.Arrows, k.Enter, k.Back}
}

// toldLines joins notices for reading again.
func toldLines(look parts.Look, told []notice, width int) string {
	var lines []string
	for i := len(told) - 1; i >= 0; i-- { // the last one first
		for _, line := range parts.Wrap(told[i].text(look), width) {
			lines = append(lines, told[i].style(look).Render(line))
		}
		lines = append(lines, "")
	}
	return strings.Join(lines, "\n")
}
