package papers

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"digibrug/courses/ics"
	"digibrug/courses/programme"
	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
	"digibrug/data/regulation"
	"digibrug/loans"
	"digibrug/tui/screentest"
	"digibrug/tui/words"

	ical "github.com/emersion/go-ical"
)

// given makes a series of a course: a lesson at the same hour on each of the days, two hours long.
func given(c programme.Course, code string, days ...string) programme.Series {
	s := programme.Series{Code: code, Course: c, Room: "computerlokaal", Location: "Bib Zandwerve", Organiser: "Gemeente Zandwerve",
		Address: calendar.Address{Street: "Kerkplein 4", Postcode: "8999", Town: "Zandwerve"}, Seats: 8, SeatsFree: 3,
		Prices:  []programme.Price{{Cents: 2000}, {For: "resident", Cents: 1000}, {Cents: 200, Reduced: true}},
		Contact: programme.Contact{Phone: "051 12 34 56", Mail: "lessen@zandwerve.example", Web: "https://www.zandwerve.example/lessen"}}
	for i, text := range days {
		day, err := data.ParseDay(text)
		if err != nil {
			panic(err)
		}
		s.Lessons = append(s.Lessons, programme.Lesson{ID: fmt.Sprintf("%s-%d", code, i+1), Number: i + 1,
			Start: calendar.Local{Day: day, At: 18*60 + 30}, End: calendar.Local{Day: day, At: 20*60 + 30}})
	}
	return s
}

var (
	wordCourse = programme.Course{Code: "word-start", Title: "Een brief schrijven met Word", Blurb: "U leert stap voor stap een brief maken, bewaren en afdrukken.",
		Goals: []string{"een brief schrijven en bewaren", "letters groter en vetter maken", "een blad afdrukken"}, Level: 2, Before: []string{"Muis en toetsenbord"}, From: 18,
		Lessons: 3, Minutes: 120, Outline: []string{"Een blad vol tekst", "Letters en kleuren", "Afdrukken"}, Material: []string{"een bundel van 20 bladen"}, Least: 5, Most: 8}
	mouseCourse = programme.Course{Code: "muis", Title: "Muis en toetsenbord", Goals: []string{"klikken en slepen"}, Level: 1, Lessons: 1, Minutes: 120}
)

// townProgramme has a series of each state, and one that is over.
func townProgramme() programme.Programme {
	word := given(wordCourse, "word-2027-1", "2027-01-05", "2027-01-12", "2027-01-19")
	word.EnrolUntil = time.Date(2026, 12, 29, 11, 0, 0, 0, time.UTC)
	word.Lessons[1].Note = "in zaal 2"
	word.Lessons[2].Cancelled = true
	full := given(mouseCourse, "muis-2026-4", "2026-12-07")
	full.SeatsFree, full.Prices = 0, []programme.Price{{Cents: 0}}
	shut := given(mouseCourse, "muis-2026-3", "2026-11-17", "2026-11-24")
	shut.Prices, shut.Contact, shut.Organiser = nil, programme.Contact{}, ""
	off := given(wordCourse, "word-2026-4", "2026-12-01")
	off.Cancelled = true
	return programme.Programme{Place: "Zandwerve", At: datatest.Noon, Series: []programme.Series{word, full, shut, off, given(mouseCourse, "muis-2026-1", "2026-03-03")}}
}

func TestProgrammePaper(t *testing.T) {
	for _, l := range words.Langs() {
		t.Run(string(l), func(t *testing.T) {
			d := ProgrammePaper(townProgramme(), l)
			text := d.Text(letterWide)
			if strings.Contains(text, "programme.") || strings.Contains(text, "<no value>") {
				t.Errorf("a word is missing:\n%s", text)
			}
			page := documentHTML(t, d)
			if wrong := whatPage(t, page); wrong != nil {
				t.Errorf("wrong with the page: %v", wrong)
			}
			if l == words.NL {
				text += "=== HTML\n" + page + "=== PDF\n" + strings.Join(pagesOf(t, documentPDF(t, d)), "\f\n")
			}
			screentest.Text(t, text)
		})
	}
	empty := ProgrammePaper(programme.Programme{At: datatest.Noon}, words.NL).Text(0)
	if !strings.Contains(empty, "geen lessen gepland") {
		t.Errorf("without lessons: %s", empty)
	}
}

// What the paper says of a series is what its state is.
func TestSeatsInWords(t *testing.T) {
	w := courseSpeaker{speaker{words.NL}, datatest.Noon}
	for free, want := range map[int]string{3: "nog 3 plaatsen vrij", 1: "nog 1 plaats vrij", 0: "volzet; u kunt op de wachtlijst", -2: "volzet; u kunt op de wachtlijst", 99: "nog 8 plaatsen vrij"} {
		s := given(mouseCourse, "muis", "2026-12-07")
		if s.SeatsFree = free; w.seats(s) != want {
			t.Errorf("%d free: %q, want %q", free, w.seats(s), want)
		}
	}
}

func TestProgrammeCalendar(t *testing.T) {
	var out bytes.Buffer
	if err := ics.Write(&out, ProgrammeCalendar(townProgramme(), words.NL)); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	read, err := ical.NewDecoder(&out).Decode()
	if err != nil || len(read.Events()) != 7 {
		t.Errorf("%d events, %v", len(read.Events()), err)
	}
	screentest.Text(t, strings.ReplaceAll(text, "\r\n", "\n"))
}

func TestProgrammeSheet(t *testing.T) {
	s := ProgrammeSheet(townProgramme())
	screentest.Text(t, string(made(t, FormatCSV, s))+"=== JSON\n"+string(made(t, FormatJSON, s)))
	if got := ProgrammeSheet(programme.Programme{At: datatest.Noon}); len(got.Rows) != 0 || got.check() != nil {
		t.Errorf("without lessons: %+v", got)
	}
}

func TestAgeRange(t *testing.T) {
	for want, c := range map[string]programme.Course{"-": {}, "18-": {From: 18}, "6-12": {From: 6, To: 12}, "0-12": {To: 12}} {
		if got := (courseSpeaker{speaker{words.NL}, datatest.Noon}).ageRange(c); got.codes[0] != want {
			t.Errorf("%+v: %v, want %s", c, got.codes, want)
		}
	}
}

// town gives the programme to whoever asks.
type town struct{ p programme.Programme }

func (s town) Public(context.Context) (programme.Programme, error) { return s.p, nil }

func TestProgrammeList(t *testing.T) {
	s := newScene(t)
	settings := data.NewSettings(s.DB)
	if err := settings.Set(t.Context(), datatest.Operator, data.SettingHelp, "051 98 76 54"); err != nil {
		t.Fatal(err)
	}
	bare := townProgramme()
	bare.Place = ""
	source := PublicProgramme{Series: town{bare}, Settings: settings}
	shelf := NewShelf(s.DB, settings, ProgrammeList(source))
	p, err := source.Read(t.Context())
	if err != nil || p.Place != "Zandwerve" || p.Series[0].Contact.Phone != "051 12 34 56" || p.Series[2].Contact.Phone != "051 98 76 54" {
		t.Errorf("completed as %+v, %v", p, err)
	}
	sheet, err := shelf.Fill(t.Context(), datatest.Operator, "programme", Ask{})
	if err != nil || len(sheet.Rows) != 4 {
		t.Errorf("%d rows, %v", len(sheet.Rows), err)
	}
}

func TestCourseProduct(t *testing.T) {
	p := townProgramme()
	for name, o := range map[string]Product{
		"planned": {Programme: programme.Programme{Place: p.Place, At: p.At, Series: p.Series[:1]}, Course: wordCourse, Prices: p.Series[0].Prices, Contact: p.Series[0].Contact},
		"bare":    {Programme: programme.Programme{At: p.At}, Course: programme.Course{Code: "x", Title: "Nieuw"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := CourseProduct(o, words.NL)
			pages := pagesOf(t, documentPDF(t, d))
			if len(pages) != 1 {
				t.Errorf("a sheet of %d pages", len(pages))
			}
			screentest.Text(t, d.Text(letterWide)+"=== PDF\n"+pages[0])
		})
	}
}

func TestLoanProduct(t *testing.T) {
	db := datatest.Open(t, datatest.SQLite(t), data.WithClock((&datatest.Hand{}).Now))
	r := LoanRegulation{Texts: regulation.NewStore(db), Rules: loans.NewStore(db), Settings: data.NewSettings(db), Now: db.Now}
	for _, l := range words.Langs() {
		t.Run(string(l), func(t *testing.T) {
			d := must(r.LoanProduct(t.Context(), programme.Contact{Phone: "051 12 34 56", Web: "https://www.zandwerve.example/lenen"}, l))(t)
			if pages := pagesOf(t, documentPDF(t, d)); len(pages) != 1 {
				t.Errorf("a sheet of %d pages", len(pages))
			}
			if wrong := whatPage(t, documentHTML(t, d)); wrong != nil {
				t.Errorf("wrong with the page: %v", wrong)
			}
			screentest.Text(t, d.Text(letterWide))
		})
	}
}

// TestNoteOnce: a lesson whose note is its line of the outline says it once.
func TestNoteOnce(t *testing.T) {
	s := given(wordCourse, "word-2027-2", "2027-01-05", "2027-01-12", "2027-01-19")
	for i := range s.Lessons {
		s.Lessons[i].Note = wordCourse.Outline[i]
	}
	for i, e := range ProgrammeCalendar(programme.Programme{At: datatest.Noon, Series: []programme.Series{s}}, words.NL).Events {
		if n := strings.Count(e.Description, wordCourse.Outline[i]); n != 1 {
			t.Errorf("lesson %d says it %d times: %q", i+1, n, e.Description)
		}
	}
}
