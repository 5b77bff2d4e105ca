// Package supervision is the room of who watches over a recruitment test: all candidates under their labels, who needs
// somebody first, and what can be done for each. It shows no name, no question of the test and no answer.
package supervision

import (
	"context"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/quiz/recruit"
	"digibrug/tui/duties"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// Room is the room's name in the palette and for shell.GoMsg.
const Room shell.Room = "supervision"

// rooms is what the room needs of the quiz floor; *recruit.Store has it.
type rooms interface {
	Procedures(ctx context.Context, by data.Actor) ([]recruit.Summary, error)
	Room(ctx context.Context, by data.Actor, procedure string) (recruit.Room, error)
	Events(ctx context.Context, by data.Actor, procedure, candidate string) ([]recruit.Event, error)
	Check(ctx context.Context, by data.Actor, candidate string) error
	Release(ctx context.Context, by data.Actor, candidate string) error
	StartAll(ctx context.Context, by data.Actor, procedure string) (int, error)
	Pause(ctx context.Context, by data.Actor, candidate string) error
	PauseAll(ctx context.Context, by data.Actor, procedure string) (int, error)
	Resume(ctx context.Context, by data.Actor, candidate string) error
	ResumeAll(ctx context.Context, by data.Actor, procedure string) (int, error)
	TurnAway(ctx context.Context, by data.Actor, candidate string) error
	ExtraMinutes(ctx context.Context, by data.Actor, candidate string, minutes int, why string) error
	Irregularity(ctx context.Context, by data.Actor, candidate, code, remark string) error
	End(ctx context.Context, by data.Actor, candidate, why string) error
	AnswerQuestion(ctx context.Context, by data.Actor, question string, outcome recruit.Scope, why string) error
	Close(ctx context.Context, by data.Actor, procedure string) error
}

// Fresh is how old the board gets: what happens shows within two seconds, whichever process it happened in.
const Fresh = time.Second

// desk is the store at work for one visit.
type desk struct {
	page.Page // that loads nothing: session, language, who acts
	store     rooms
}

// New opens the test of today, or lets choose where there are more.
func New(s *shell.Session, store rooms) shell.Screen {
	d := desk{page.Still(s), store}
	return duties.Choose(s, store, duties.Wanted{Duty: recruit.Supervisor, Title: words.SupervisionTitle, None: words.SupervisionNone,
		Now: func(p recruit.Summary, day string) bool {
			return p.State == recruit.Open && p.Days.From <= day && day <= p.Days.Until
		},
		Opens: func(p recruit.Summary) shell.Screen { return d.board(p.ID) }})
}

// view is the test room, with what is new in it.
type view struct {
	recruit.Room
	alarms []alarm
}

// board is the live screen of a procedure.
func (d desk) board(procedure string) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[view]{
		Title: func(v view) string {
			if v.Title == "" {
				return d.S.T(words.SupervisionTitle)
			}
			return v.Title
		},
		Doing: words.SupervisionLoading,
		Load: func() (view, error) {
			r, err := d.store.Room(d.S.Ctx, d.By(), procedure)
			return view{Room: r}, err
		},
		Taken: func(was, got view) view {
			got.alarms = alarms(was, got.Room)
			return got
		},
		Columns: []parts.Column{{Title: words.SupervisionColLabel, Min: 5}, {Title: words.SupervisionColPlace, Min: placeWidth}, {Title: words.SupervisionColState, Min: stateWidth, Grow: 1},
			{Title: words.SupervisionColItem, Min: 5, Right: true, Drop: 1}, {Title: words.SupervisionColAnswered, Min: 4, Right: true, Drop: 2},
			{Title: words.SupervisionColLeft, Min: 7, Right: true}, {Title: words.SupervisionColAlerts, Min: 7, Grow: 20}},
		Rows: d.rows, Top: d.top, None: words.SupervisionNobody, Tight: true, Fresh: Fresh,
		Opens: words.SupervisionOpen,
		Open:  func(_ view, id string) tea.Cmd { return shell.Open(d.candidate(procedure, id)) },
		Ways: func(v view, row string) []page.Way {
			s, has := found(v.Room, row)
			first, then := d.waysFor(v.Room, s, has)
			start, all := d.waysForAll(v.Room)
			return slices.Concat(first, start, then, all)
		},
	})
}

// found is the sitting of a candidate.
func found(r recruit.Room, candidate string) (recruit.Sitting, bool) {
	at := slices.IndexFunc(r.Sittings, func(s recruit.Sitting) bool { return s.Candidate.ID == candidate })
	if at < 0 {
		return recruit.Sitting{}, false
	}
	return r.Sittings[at], true
}

func (d desk) rows(v view) []parts.Row {
	rows := make([]parts.Row, len(v.Sittings))
	for i, s := range v.Sittings {
		rows[i] = parts.Row{ID: s.Candidate.ID, Cells: []string{s.Candidate.Label, short(place(s)), d.brief(s, v.Now), item(s), answered(s), left(s, v.Now), d.alerts(s)}}
	}
	return rows
}

// place is the PC at which a candidate sits.
func place(s recruit.Sitting) string {
	if s.ArrivedAt.IsZero() {
		return "-"
	}
	return s.Place
}

// placeWidth is the cells of the PC in the narrowest window.
const placeWidth = 6

// short writes an address by its end, which tells one PC of a room from the other.
func short(place string) string {
	if _, err := netip.ParseAddr(place); err != nil || len(place) <= placeWidth {
		return place
	}
	return ".." + place[len(place)-placeWidth+2:]
}

// state is all that holds for a candidate, with a sign before it when somebody must do something.
func (d desk) state(s recruit.Sitting, now time.Time) string {
	return d.said(statuses(s, now), 0)
}

// stateWidth is the cells of the state in the narrowest window.
const stateWidth = 21

// brief is the state in the cells that the board has for it: in shorter words where it must be, and else the most urgent of them
// and how many more hold. The page of the candidate has them all.
func (d desk) brief(s recruit.Sitting, now time.Time) string {
	all := statuses(s, now)
	text := d.said(all, 0)
	if ansi.StringWidth(text) <= stateWidth {
		return text
	}
	for i, one := range all {
		if shorter, has := briefly(one.word); has {
			all[i].word = shorter
		}
	}
	for more := range all {
		if text = d.said(all, more); ansi.StringWidth(text) <= stateWidth {
			break
		}
	}
	return text
}

// said is what holds for a candidate in words, the last few of them only counted.
func (d desk) said(all []status, counted int) string {
	texts := make([]string, len(all)-counted)
	for i := range texts {
		texts[i] = d.S.T(all[i].word)
	}
	text := strings.Join(texts, " + ")
	if counted > 0 {
		text += fmt.Sprintf(" +%d", counted)
	}
	if slices.ContainsFunc(all, status.needs) {
		return "! " + text
	}
	return text
}

func item(s recruit.Sitting) string {
	if !s.Started() {
		return ""
	}
	return fmt.Sprintf("%d/%d", s.At+1, s.Numbers)
}

func answered(s recruit.Sitting) string {
	if !s.Started() {
		return ""
	}
	return fmt.Sprint(s.Answered)
}

func left(s recruit.Sitting, now time.Time) string {
	if !s.Started() || s.Ended != "" {
		return ""
	}
	return duties.Clock(s.Left(now))
}

// alerts are what happened to a candidate, the newest first.
func (d desk) alerts(s recruit.Sitting) string {
	var texts []string
	for _, a := range s.Alerts {
		if word, known := alertWords()[a.Kind]; known {
			texts = append(texts, d.S.T(word, "n", a.Times))
		}
	}
	return strings.Join(texts, " ")
}

// alertWords says in a word or two what happened.
func alertWords() map[recruit.EventKind]words.Key {
	return map[recruit.EventKind]words.Key{recruit.LineCut: words.SupervisionAlertCut, recruit.Twice: words.SupervisionAlertTwice,
		recruit.LeftScreen: words.SupervisionAlertLeft, recruit.Pasted: words.SupervisionAlertPasted, recruit.Silent: words.SupervisionAlertSilent,
		recruit.Irregularity: words.SupervisionAlertIrregular, recruit.ExtraTime: words.SupervisionAlertExtra}
}

// top says what is new, and how many candidates there are of each sort.
func (d desk) top(p page.Page, v view) []string {
	c := count(v.Room)
	var texts []string
	for _, one := range []struct {
		n    int
		word words.Key
	}{{c.help, words.SupervisionCountHelp}, {c.busy, words.SupervisionCountBusy}, {c.ready, words.SupervisionCountReady}, {c.still, words.SupervisionCountStill}, {c.done, words.SupervisionCountDone}, {c.absent, words.SupervisionCountAbsent}} {
		if one.n > 0 {
			texts = append(texts, d.S.T(one.word, "n", one.n))
		}
	}
	line := strings.Join(texts, " · ")
	if v.State != recruit.Open {
		line = d.S.T(words.SupervisionShut, "state", d.S.T(words.RecruitState(string(v.State)))) + " " + line
	}
	if len(v.alarms) == 0 {
		return []string{p.Headline(line)}
	}
	a := v.alarms[0]
	news := d.S.T(words.SupervisionNews, "label", a.label, "what", d.S.T(a.word))
	if more := len(v.alarms) - 1; more > 0 {
		news += d.S.T(words.SupervisionNewsMore, "n", more)
	}
	return []string{d.S.Theme().Alarm.Render(parts.Cut(parts.Plain(news+" · "+line), p.W))}
}
