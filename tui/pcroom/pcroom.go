// Package pcroom is the room of who watches over a public computer room: which PCs are free, who sits where until when,
// and which lesson comes. Visitors are numbers: nobody asks who they are.
package pcroom

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"digibrug/courses"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// Room is the room's name in the palette and for shell.GoMsg.
const Room shell.Room = "pcroom"

// desk is the store at work for one visit.
type desk struct {
	page.Page // that loads nothing: session, language, who acts
	store     *courses.Store
}

// New opens the board of the public computer room, or of the first room with PCs.
func New(s *shell.Session, store *courses.Store) shell.Screen {
	return desk{page.Still(s), store}.board("")
}

// Half an hour and an hour are how long a visitor gets with one key, in minutes; fresh is how old a board gets.
const (
	short = 30
	long  = 60
	fresh = time.Minute
)

// view is the board of one room, and how many rooms there are.
type view struct {
	courses.Board
	rooms int
}

// read gives the board of a room; without one that of the public computer room.
func (d desk) read(room string) (view, error) {
	all, err := d.store.PCBoards(d.S.Ctx, d.By())
	if err != nil || len(all) == 0 {
		return view{}, err
	}
	at := slices.IndexFunc(all, func(b courses.Board) bool { return b.Room.ID == room })
	if at < 0 {
		at = max(0, slices.IndexFunc(all, func(b courses.Board) bool { return b.Room.Kind == "ocr" }))
	}
	return view{all[at], len(all)}, nil
}

// board is the page of the PCs of a room.
func (d desk) board(room string) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[view]{
		Title: func(v view) string {
			if v.Room.ID == "" {
				return d.S.T(words.PcroomTitle)
			}
			return v.Room.Location + ": " + v.Room.Name
		},
		Doing:   words.PcroomLoading,
		Load:    func() (view, error) { return d.read(room) },
		Columns: []parts.Column{{Title: words.PcroomColPc, Min: 3}, {Title: words.PcroomColNow, Min: 20, Grow: 1}, {Title: words.PcroomColThen, Min: 28, Grow: 2}},
		Rows: func(v view) []parts.Row {
			rows := make([]parts.Row, len(v.PCs))
			for i, p := range v.PCs {
				rows[i] = parts.Row{ID: strconv.Itoa(p.Number), Cells: []string{strconv.Itoa(p.Number), d.now(v, p), d.then(v, p)}}
			}
			return rows
		},
		Top: d.top, None: words.PcroomNone, Fresh: fresh,
		Begin: func(v view) string { return strconv.Itoa(v.Best()) },
		Ways:  d.ways,
	})
}

// clock writes an instant as the wall shows it.
func (d desk) clock(at time.Time) string { return words.Clock(d.S.Lang(), at) }

// called names what holds PCs.
func (d desk) called(u courses.Use) string {
	switch {
	case u.Kind != courses.HeldByVisit:
		return u.Title
	case u.PC == 0:
		return d.S.T(words.PcroomReserved)
	}
	return d.S.T(words.PcroomVisitor)
}

// now says who has a PC.
func (d desk) now(v view, p courses.PC) string {
	switch {
	case !p.Free():
		return d.called(p.Now)
	case v.Shut != "":
		return d.S.T(words.PcroomShut)
	case !p.Left.IsZero():
		return d.S.T(words.PcroomFreeOver, "at", d.clock(p.Left))
	}
	return d.S.T(words.PcroomFree)
}

// then says when that changes.
func (d desk) then(v view, p courses.PC) string {
	switch {
	case p.Free() && v.Shut != "":
		return "-"
	case p.Free() && p.Until.IsZero():
		return "-"
	case p.Free():
		return d.S.T(words.PcroomThen, "at", d.clock(p.Until), "who", d.called(p.Then))
	case p.Now.PC > 0 && p.Then.Holder != "" && !p.Then.From.After(p.Now.To):
		return d.S.T(words.PcroomMustLeave, "at", d.clock(p.Now.To), "who", d.called(p.Then))
	case p.Until.IsZero():
		return d.S.T(words.PcroomTaken)
	}
	return d.S.T(words.PcroomFreeAt, "at", d.clock(p.Until))
}

// soon is how long before a lesson the board says who must go.
const soon = time.Hour

// top says how many PCs are free, what goes on, and what comes.
func (d desk) top(p page.Page, v view) []string {
	if v.Room.ID == "" {
		return nil
	}
	count := d.S.T(words.PcroomCount, "n", v.Free(), "of", len(v.PCs))
	if v.Shut != "" {
		count = d.S.T(words.PcroomClosed)
	}
	lines := []string{p.Headline(count)}
	if g := v.Group; g.Holder != "" {
		lines = append(lines, p.Paragraphs(d.S.T(words.PcroomBusy, "who", g.Title, "at", d.clock(g.To)))...)
		if all := v.Late(); len(all) > 0 {
			lines = append(lines, d.warned(p, d.S.T(words.PcroomLate, "n", len(all), "pcs", numbers(all)))...)
		}
	}
	next := v.Next
	if next.Holder == "" {
		return lines
	}
	text := d.S.T(words.PcroomNext, "who", next.Title, "at", d.clock(next.From))
	if next.From.Sub(v.At) > soon {
		return append(lines, p.Paragraphs(text)...)
	}
	text = d.S.T(words.PcroomSoon, "who", next.Title, "at", d.clock(next.From))
	if all := v.Leaving(); len(all) > 0 {
		text += " " + d.S.T(words.PcroomLeaving, "n", len(all), "pcs", numbers(all))
	}
	return append(lines, d.warned(p, text)...)
}

// warned wraps a text that must be seen.
func (d desk) warned(p page.Page, text string) []string {
	lines := p.Paragraphs(text)
	for i := range lines {
		lines[i] = d.S.Theme().Warn.Render(lines[i])
	}
	return lines
}

// numbers writes PCs: "2, 4".
func numbers(all []courses.PC) string {
	texts := make([]string, len(all))
	for i, p := range all {
		texts[i] = strconv.Itoa(p.Number)
	}
	return strings.Join(texts, ", ")
}

// ways are what can be done with the PC under the cursor.
func (d desk) ways(v view, row string) (all []page.Way) {
	number, _ := strconv.Atoi(row) // rows are numbers
	p, has := v.PC(number)
	switch {
	case !has:
	case p.Free() && v.Shut == "":
		all = append(all, page.Way{Key: d.Enter(words.PcroomHalf), Doing: words.PcroomSeating, Do: d.seat(v, number, short)},
			page.Way{Key: d.Letter("u", words.PcroomHour), Doing: words.PcroomSeating, Do: d.seat(v, number, long)})
	case p.Now.PC > 0:
		all = append(all, page.Way{Key: d.Enter(words.PcroomLonger), Doing: words.PcroomExtending, Do: d.extend(v, p)},
			page.Way{Key: d.Del(words.PcroomRelease), Doing: words.PcroomReleasing, Do: func() (page.Outcome, error) {
				return page.Outcome{Said: words.PcroomReleased, Args: []any{"pc", number}}, d.store.Release(d.S.Ctx, d.By(), p.Now.Holder)
			}})
	}
	if has {
		all = append(all, page.Way{Key: d.Letter("k", words.PcroomComing), Open: func() shell.Screen { return d.uses(v.Room) }})
	}
	if v.rooms > 1 {
		all = append(all, page.Way{Key: d.Letter("a", words.PcroomElsewhere), Open: func() shell.Screen { return d.list() }})
	}
	return all
}

func (d desk) seat(v view, number, minutes int) func() (page.Outcome, error) {
	return func() (page.Outcome, error) {
		visit, err := d.store.Seat(d.S.Ctx, d.By(), v.Room.ID, number, minutes)
		if err != nil {
			return page.Outcome{}, err
		}
		return d.told(visit, visit.To.Before(courses.VisitEnd(visit.From, minutes))), nil
	}
}

func (d desk) extend(v view, p courses.PC) func() (page.Outcome, error) {
	return func() (page.Outcome, error) {
		visit, err := d.store.Extend(d.S.Ctx, d.By(), p.Now.Holder, short)
		if err != nil {
			return page.Outcome{}, err
		}
		return d.told(visit, visit.To.Before(p.Now.To.Add(short*time.Minute))), nil
	}
}

// told says until when a visitor has a PC, and whether that is less than was asked.
func (d desk) told(visit courses.Visit, less bool) page.Outcome {
	said := words.PcroomSeated
	if less {
		said = words.PcroomSeatedLess
	}
	return page.Outcome{Said: said, Args: []any{"pc", visit.PC, "at", d.clock(visit.To)}, Warn: less}
}

// list shows all rooms with PCs.
func (d desk) list() shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[[]courses.Board]{
		Title:   func([]courses.Board) string { return d.S.T(words.PcroomRooms) },
		Doing:   words.PcroomLoading,
		Load:    func() ([]courses.Board, error) { return d.store.PCBoards(d.S.Ctx, d.By()) },
		Columns: []parts.Column{{Title: words.PcroomColLocation, Min: 12, Grow: 1}, {Title: words.PcroomColRoom, Min: 14, Grow: 1}, {Title: words.PcroomColNow, Min: 16, Grow: 1}},
		Rows: func(all []courses.Board) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, b := range all {
				free := d.S.T(words.PcroomCountShort, "n", b.Free(), "of", len(b.PCs))
				if b.Shut != "" {
					free = d.S.T(words.PcroomShut)
				}
				rows[i] = parts.Row{ID: b.Room.ID, Cells: []string{b.Room.Location, b.Room.Name, free}}
			}
			return rows
		},
		None: words.PcroomNone, Opens: words.PcroomOpen, Fresh: fresh,
		Open: func(_ []courses.Board, id string) tea.Cmd { return shell.Replace(d.board(id)) },
	})
}
