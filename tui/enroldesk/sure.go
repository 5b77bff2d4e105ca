package enroldesk

import (
	"slices"
	"strings"

	"digibrug/courses"
	"digibrug/tui/coursewords"
	"digibrug/tui/page"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Sure shows what an enrolment comes to before it is made: the fee with its reason, and whether there is a seat. Enter makes
// it.
type Sure struct {
	desk
	series string
	who    []comer // one, or two who only come together
	got    quoted
}

// comer is who comes, and whether a proof of the right to a lower fee was seen now.
type comer struct {
	courses.Participant
	proven bool
}

// quoted is what is loaded.
type quoted struct {
	group
	plain, reduced []courses.Fee // per participant, without and with a proof
}

// enrolled is what came of it.
type enrolled struct {
	group
	all []courses.Enrolment
}

func (d desk) sure(series string, who ...comer) shell.Screen {
	d.Page = page.New(d.S, words.EnroldeskLoading)
	return Sure{desk: d, series: series, who: who}
}

// Init loads the fee and the seats.
func (s Sure) Init() tea.Cmd {
	return page.Fetch(s.Loading, func() (q quoted, err error) {
		if q.group, err = s.readGroup(s.series); err != nil {
			return q, err
		}
		for _, p := range s.who {
			for proven, into := range map[bool]*[]courses.Fee{false: &q.plain, true: &q.reduced} {
				fee, err := s.Store.Quote(s.ctx(), q.CourseID, p.Category, proven)
				if err != nil {
					return q, err
				}
				*into = append(*into, fee)
			}
		}
		return q, nil
	})
}

// Title is who it is about.
func (s Sure) Title() string { return s.S.T(words.EnroldeskSureTitle, "name", s.names()) }

func (s Sure) names() string {
	var names []string
	for _, p := range s.who {
		names = append(names, p.Name())
	}
	return strings.Join(names, " + ")
}

// fee is what one of them pays.
func (s Sure) fee(i int) courses.Fee {
	if s.who[i].proven {
		return s.got.reduced[i]
	}
	return s.got.plain[i]
}

// cheaper tells whether a proof makes a difference for one of them.
func (s Sure) cheaper(i int) bool {
	if i >= len(s.got.plain) {
		return false
	}
	f, r := s.got.plain[i], s.got.reduced[i]
	return r.Known != f.Known || r.Cents != f.Cents
}

// proof ticks the proof of one of them.
func (s Sure) proof(i int) key.Binding {
	if i == 0 {
		return s.Letter("k", words.EnroldeskProof)
	}
	return s.Letter("l", words.EnroldeskProofAlong)
}

// ticked is the page with the other answer for the proof of one of them.
func (s Sure) ticked(i int) Sure {
	s.who = slices.Clone(s.who)
	s.who[i].proven = !s.who[i].proven
	return s
}

func (s Sure) along() key.Binding { return s.Letter("s", words.EnroldeskWith) }

// Update ticks the proof, asks who comes along, and enrols.
func (s Sure) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.W, s.H = msg.Width, msg.Height
	case page.DoneMsg[quoted]:
		next, ok, tell := page.Settled(s.Page, msg)
		if s.Page = next; ok {
			s.got = msg.Got
		}
		return s, tell
	case page.DoneMsg[enrolled]:
		next, ok, tell := page.Settled(s.Page, msg)
		if s.Page = next; ok {
			return s, shell.Replace(s.done(msg.Got))
		}
		if msg.Err != nil && tell != nil { // what changed meanwhile is shown
			s.Page = s.Again()
			return s, tea.Batch(tell, s.Init())
		}
		return s, tell
	case tea.KeyPressMsg:
		return s.pressed(msg)
	}
	return s, nil
}

func (s Sure) pressed(msg tea.KeyPressMsg) (shell.Screen, tea.Cmd) {
	switch {
	case s.Retries(msg):
		s.Page = s.Again()
		return s, s.Init()
	case !s.Loaded || s.Busy() || s.Loading != nil:
	case s.cheaper(0) && key.Matches(msg, s.proof(0)):
		return s.ticked(0), nil
	case s.cheaper(1) && key.Matches(msg, s.proof(1)):
		return s.ticked(1), nil
	case len(s.who) == 1 && key.Matches(msg, s.along()):
		return s, shell.Replace(s.find(s.series, &s.who[0]))
	case key.Matches(msg, s.S.Keys().Enter):
		return s.enrol()
	}
	return s, nil
}

func (s Sure) enrol() (shell.Screen, tea.Cmd) {
	ask := courses.EnrolAsk{Series: s.series, Participant: s.who[0].ID, ProofSeen: s.who[0].proven && s.cheaper(0)}
	if len(s.who) > 1 {
		ask.With, ask.WithProof = s.who[1].ID, s.who[1].proven && s.cheaper(1)
	}
	s.Page = s.Acts(words.EnroldeskEnrolling)
	return s, page.Fetch(s.Acting, func() (e enrolled, err error) {
		if e.all, err = s.Store.Enrol(s.ctx(), s.By(), ask); err != nil {
			return e, err
		}
		e.group, err = s.readGroup(s.series)
		return e, err
	})
}

// done says what happened, and gives the text for the person.
func (s Sure) done(e enrolled) shell.Screen {
	var said []string
	for i, one := range e.all {
		place := e.places[one.ID]
		text := s.S.T(words.EnroldeskDoneBooked, "name", one.Participant, "seat", one.Seat)
		switch one.State {
		case courses.Waiting:
			text = s.S.T(words.EnroldeskDoneWaiting, "name", one.Participant, "place", place.Place, "why", s.why(place))
		case courses.AwaitsHead:
			text = s.S.T(words.EnroldeskDoneApproval, "name", one.Participant)
		case courses.Offered:
			text = s.S.T(words.EnroldeskDoneOffered, "name", one.Participant, "day", s.weekday(one.OfferUntil))
		}
		said = append(said, text)
		if i == len(e.all)-1 && one.State == courses.Booked {
			said = append(said, s.S.T(words.EnroldeskColPaid)+": "+s.paid(one)+".")
		}
	}
	first := e.all[0]
	return s.newMessage(s.who[0].Participant, words.Lang(s.who[0].Language), said, func(l words.Lang) string {
		return text(l, "", first, e.Listed, e.places[first.ID].Place, nil)
	})
}

// chance says whether there is a seat.
func (s Sure) chance() string {
	shut := s.got.Shut(s.S.Now())
	switch {
	case shut != "" && shut != courses.ShutByHand:
		return s.S.T(words.SeriesShut(string(shut)))
	case shut == courses.ShutByHand:
		return s.S.T(words.EnroldeskChanceHand)
	case s.got.Full() || s.got.Free() < len(s.who):
		return s.S.T(words.EnroldeskChanceFull, "place", s.got.Waiting+1)
	}
	return s.S.T(words.EnroldeskChanceFree, "n", s.got.Free())
}

// View shows what it comes to.
func (s Sure) View() string {
	if !s.Loaded {
		return s.Waiting()
	}
	lines := []string{s.Headline(s.names()), ""}
	facts := []page.Fact{page.Named(words.EnroldeskColCourse, s.got.Course+" ("+s.got.Code+")"),
		page.Named(words.EnroldeskColFirst, coursewords.First(s.S.Lang(), s.got.Series)+", "+s.got.Location),
		page.Named(words.EnroldeskColFree, s.chance())}
	for i := range s.who {
		f := s.fee(i)
		text := coursewords.Amount(s.S.Lang(), f) + ". " + coursewords.Why(s.S.Lang(), f)
		if len(s.who) > 1 {
			text = s.who[i].Name() + ": " + text
		}
		facts = append(facts, page.Named(words.EnroldeskColPaid, text))
	}
	lines = append(append(lines, s.Facts(facts...)...), "")
	for i, one := range s.who {
		if s.cheaper(i) {
			box := map[bool]string{false: "[ ] ", true: "[x] "}[one.proven]
			lines = append(append(lines, s.Paragraphs(box+s.proofAsk(i))...), "")
		}
	}
	ask := s.S.T(words.EnroldeskSure, "course", s.got.Course)
	if s.Busy() {
		ask = s.S.T(words.PageWait)
	}
	return page.Fitted(slices.Concat(lines, s.Paragraphs(ask)), s.H)
}

// proofAsk says what the tick means: of whom, where two come.
func (s Sure) proofAsk(i int) string {
	if len(s.who) == 1 {
		return s.S.T(words.EnroldeskProofAsk)
	}
	return s.S.T(words.EnroldeskProofOf, "name", s.who[i].Name(), "key", s.proof(i).Help().Key)
}

// ShortHelp is the footer.
func (s Sure) ShortHelp() []key.Binding {
	if !s.Loaded {
		return []key.Binding{s.Enter(words.PageAgain)}
	}
	short := []key.Binding{s.Enter(words.EnroldeskEnrol)}
	for i := range s.who {
		if s.cheaper(i) {
			short = append(short, s.proof(i))
		}
	}
	if len(s.who) == 1 {
		short = append(short, s.along())
	}
	return short
}

// FullHelp is the help page.
func (s Sure) FullHelp() [][]key.Binding { return [][]key.Binding{s.ShortHelp()} }
