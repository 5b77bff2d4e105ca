package papers

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/quiz/recruit"
	"digibrug/tui/words"
)

// recruitRegister is what the documents of a recruitment need of the procedures; *recruit.Store has it.
type recruitRegister interface {
	Procedures(ctx context.Context, by data.Actor) ([]recruit.Summary, error)
	Summary(ctx context.Context, by data.Actor, id string) (recruit.Summary, error)
	Procedure(ctx context.Context, by data.Actor, id string) (recruit.Procedure, error)
	Candidates(ctx context.Context, by data.Actor, procedure string) ([]recruit.Candidate, error)
	Members(ctx context.Context, by data.Actor, procedure string) ([]recruit.Member, error)
	Names(ctx context.Context, by data.Actor, procedure string) ([]recruit.NameRow, error)
	Frozen(ctx context.Context, by data.Actor, procedure string) ([]recruit.Item, error)
	Events(ctx context.Context, by data.Actor, procedure, candidate string) ([]recruit.Event, error)
	Scores(ctx context.Context, by data.Actor, procedure string) ([]recruit.Score, error)
	Why(ctx context.Context, by data.Actor, candidate string) (recruit.Explanation, error)
	Decisions(ctx context.Context, by data.Actor, procedure string) (recruit.Decisions, error)
	Purges(ctx context.Context, by data.Actor, procedure string) ([]recruit.Purged, error)
	Gone(ctx context.Context, by data.Actor, procedure string) (int, error)
}

// RecruitPapers makes the documents of a recruitment: invitations with their code, the list of names for the supervisor, the
// minutes of the test, the report of the jury, the report that a candidate gets, and the lists of what was destroyed. Who may
// have one is the store's to say. None of them tells why a candidate has more time or another keyboard. Now is the clock of
// the house; Titles may be nil for what doesn't tell of domains: invitations, names, minutes and destruction.
type RecruitPapers struct {
	Recruit  recruitRegister
	Titles   domainTitles
	Settings places
	Now      func() time.Time
}

// RecruitDocument names a document of a recruitment.
type RecruitDocument string

// The documents that a procedure has beside its invitations.
const (
	DocNames     RecruitDocument = "names"     // for the supervisor
	DocMinutes   RecruitDocument = "minutes"   // proces-verbaal of the test
	DocJury      RecruitDocument = "jury"      // report of the jury
	DocCandidate RecruitDocument = "candidate" // what one candidate gets; all of them without a label
	DocDestroyed RecruitDocument = "destroyed" // a list for each destruction
)

// RecruitFormats are the forms that these documents can take.
func RecruitFormats() []Format { return []Format{FormatPDF, FormatXLSX, FormatTable} }

// RecruitDocuments are all of them, in the order of a procedure.
func RecruitDocuments() []RecruitDocument {
	return []RecruitDocument{DocNames, DocMinutes, DocJury, DocCandidate, DocDestroyed}
}

// Translated tells whether a document exists in other languages than Dutch too, as a help: what candidates read does.
func (d RecruitDocument) Translated() bool { return d == DocCandidate }

// Wanted says which document of a procedure is wanted.
type Wanted struct {
	Document  RecruitDocument
	Procedure string     // id
	Label     string     // of a candidate's report: whose; empty: of all who have a score
	Lang      words.Lang // of what is Translated; empty: AsInvited
}

// Make makes a document of a procedure. It returns data.ErrNotFound where there is nothing to print, an *data.Invalid for a
// document or language that there is not, data.ErrDenied and other errors of the store.
func (p RecruitPapers) Make(ctx context.Context, by data.Actor, w Wanted) (all []Document, err error) {
	one := func(d Document, err error) ([]Document, error) { return []Document{d}, err }
	name, procedure := w.Document, w.Procedure
	if w.Lang != AsInvited && w.Lang != lang && !name.Translated() {
		return nil, &data.Invalid{Field: "language", Why: data.WhyNotOneOf, Want: string(lang), Got: data.Clean(string(w.Lang), gotLen)}
	}
	switch name {
	case DocNames:
		all, err = one(p.NameList(ctx, by, procedure))
	case DocMinutes:
		all, err = one(p.Minutes(ctx, by, procedure))
	case DocJury:
		all, err = one(p.JuryReport(ctx, by, procedure))
	case DocCandidate:
		all, err = p.CandidateReports(ctx, by, procedure, w.Label, w.Lang)
	case DocDestroyed:
		all, err = p.DestructionLists(ctx, by, procedure)
	default:
		err = &data.Invalid{Field: "paper", Why: data.WhyNotOneOf, Got: data.Clean(string(name), gotLen)}
	}
	if err == nil && len(all) == 0 {
		err = data.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("paper %s of a recruitment: %w", data.Clean(string(name), gotLen), err)
	}
	return all, nil
}

// begin reads what every document of a procedure begins with. It returns recruit.ErrState once the procedure was destroyed: of
// what is left of it no paper would be true, but for the list of that.
func (p RecruitPapers) begin(ctx context.Context, by data.Actor, procedure string) (h recruitHead, of recruit.Procedure, err error) {
	h, of, err = p.beginAnyTime(ctx, by, procedure)
	switch {
	case err != nil:
		return h, of, err
	case of.PurgedOn != "":
		return h, of, recruit.ErrState
	}
	h.gone, err = p.Recruit.Gone(ctx, by, procedure)
	return h, of, err
}

func (p RecruitPapers) beginAnyTime(ctx context.Context, by data.Actor, procedure string) (h recruitHead, of recruit.Procedure, err error) {
	if h, err = p.head(ctx); err == nil {
		of, err = p.Recruit.Procedure(ctx, by, procedure)
	}
	return h, of, err
}

// recruitHead is what all documents of a recruitment say alike. It is read before a transaction begins.
type recruitHead struct {
	dutch
	place      string
	host, port string // of the screens door; empty where that is not set
	at         time.Time
	gone       int // candidates who were destroyed, and of whom no paper tells any more
}

// left says that a paper doesn't tell of all who sat; nothing where it does.
func (h recruitHead) left() Facts {
	if h.gone == 0 {
		return nil
	}
	return Facts{{h.T(words.RecruitpaperGone), h.T(words.RecruitpaperGoneAre, "n", h.gone)}}
}

func (p RecruitPapers) head(ctx context.Context) (h recruitHead, err error) {
	h.at = p.Now()
	if h.place, err = p.Settings.Get(ctx, data.SettingPlace, ""); err != nil {
		return h, err
	}
	door, err := p.Settings.Get(ctx, data.SettingDoor, "")
	if err == nil {
		h.host, h.port, err = data.SplitDoor(door)
	}
	return h, err
}

// document begins a document of a procedure, which the organisation of the vacancy hands out.
func (h recruitHead) document(p recruit.Procedure, name, title string, parts ...Part) Document {
	place := p.Organisation
	if place == "" {
		place = h.place
	}
	return Document{Name: name, Title: title, Place: place, At: h.at, Parts: parts}
}

// days writes on which days the test is.
func (h recruitHead) days(l words.Lang, d recruit.Days) string {
	first, last := data.StoredDay(d.From), data.StoredDay(d.Until)
	if d.From == d.Until {
		return words.Day(l, first)
	}
	return words.DaySpan(l, first, last)
}

// hours gives the hours of a test as a clock shows them.
func (h recruitHead) hours(l words.Lang, d recruit.Days) (from, until string) {
	day := data.StoredDay(d.From)
	from, until = words.Clock(l, d.OpensAt(day)), words.Clock(l, d.ClosesAt(day))
	if calendar.Minute(d.Close)%calendar.Midnight == 0 { // the end of the day is not its begin
		until = calendar.Midnight.String()
	}
	return from, until
}

// minutes is all the time that somebody with these settings gets.
func minutesOf(d recruit.Details, s recruit.Settings) time.Duration {
	return recruit.NewClock(time.Time{}, d.Minutes, s.Factor, 0, 0, time.Time{}).Allowed
}

// settings lists accommodations, what is set and never why; nil where there are none.
func (h recruitHead) settings(l words.Lang, d recruit.Details, s recruit.Settings) (all []string) {
	add := func(is bool, key words.Key, args ...any) {
		if is {
			all = append(all, words.T(l, key, args...))
		}
	}
	add(s.Factor > 1, words.RecruitletterExtraTime, "time", words.Duration(l, minutesOf(d, s)))
	add(s.Breaks > 0, words.RecruitletterBreaks, "time", words.Duration(l, time.Duration(s.Breaks)*time.Minute))
	add(s.Layout != "", words.RecruitletterLayout, "layout", s.Layout)
	add(s.Big, words.RecruitletterBig)
	add(s.Reading, words.RecruitletterReading)
	add(s.Untimed, words.RecruitletterUntimed)
	return all
}

// fullName is a name as it is written in a letter.
func fullName(n recruit.Name) string { return strings.TrimSpace(n.Given + " " + n.Family) }

// listedName is a name as it stands in a list.
func listedName(n recruit.Name) string {
	return strings.TrimSuffix(strings.TrimPrefix(n.Family+", "+n.Given, ", "), ", ")
}

// NameList is the list of names for the supervisor, who lays identity cards beside it. It stays on paper with the supervisor:
// jury and markers see labels alone. The reading is audited. It returns data.ErrDenied, and recruit.ErrSealed.
func (p RecruitPapers) NameList(ctx context.Context, by data.Actor, procedure string) (Document, error) {
	h, of, err := p.begin(ctx, by, procedure)
	if err != nil {
		return Document{}, err
	}
	names, err := p.Recruit.Names(ctx, by, procedure)
	if err != nil {
		return Document{}, err
	}
	return h.nameList(of, names), nil
}

func (h recruitHead) nameList(p recruit.Procedure, names []recruit.NameRow) Document {
	from, until := h.hours(lang, p.Days)
	g := Grid{Heads: []Head{{Title: h.T(words.RecruitpaperColLabel)}, {Title: h.T(words.RecruitpaperColName)}, {Title: h.T(words.RecruitpaperColSettings)},
		{Title: h.T(words.RecruitpaperColCard), Least: 22}, {Title: h.T(words.RecruitpaperColSigned), Least: 32}}}
	for _, n := range names {
		what := strings.Join(h.settings(lang, p.Details, n.Settings), "; ")
		if n.Withdrawn {
			what = h.T(words.RecruitpaperWithdrew)
		}
		g.Rows = append(g.Rows, []string{n.Label, listedName(n.Name), what, "", ""})
	}
	return h.document(p, "namenlijst-"+p.Title, h.T(words.RecruitpaperNames),
		Facts{{h.T(words.RecruitpaperProcedure), p.Title}, {h.T(words.RecruitpaperVacancy), p.Vacancy}, {h.T(words.RecruitpaperDay), h.days(lang, p.Days)},
			{h.T(words.RecruitpaperHours), h.T(words.RecruitletterFromUntil, "from", from, "until", until)}, {h.T(words.RecruitpaperPlace), p.Details.Place},
			{h.T(words.RecruitpaperCandidates), strconv.Itoa(len(names))}},
		Important(h.T(words.RecruitpaperNamesSecret)), g, Paragraph(h.T(words.RecruitpaperNamesAfter)), Signatures{{Role: h.T(words.RecruitpaperSupervisor)}})
}
