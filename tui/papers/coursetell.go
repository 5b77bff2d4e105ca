package papers

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"digibrug/courses"
	"digibrug/courses/ics"
	"digibrug/courses/programme"
	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/tui/coursewords"
	"digibrug/tui/words"
)

// newsRegister writes down that people were told; *courses.Store has it.
type newsRegister interface {
	TellByMail(ctx context.Context, by data.Actor, said courses.Saying, write courses.Write) (int, error)
}

// CourseMails writes what people must hear of courses in mails, with the changes for their calendars.
type CourseMails struct {
	Settings places
	Now      func() time.Time
	From     string // who invites where the course service has no address of its own; empty: nobody can
}

// CourseContact is how people reach the course service: what was set for it, and else the line that everybody calls.
func CourseContact(ctx context.Context, settings places) (c programme.Contact, err error) {
	if c, err = courseContact(ctx, settings); err == nil && c.Phone == "" {
		c.Phone, err = settings.Get(ctx, data.SettingHelp, "")
	}
	return c, err
}

// courseContact is what was set for the course service alone.
func courseContact(ctx context.Context, settings places) (c programme.Contact, err error) {
	for key, to := range map[data.Setting]*string{data.SettingCourseWeb: &c.Web, data.SettingCourseMail: &c.Mail, data.SettingCoursePhone: &c.Phone} {
		if *to, err = settings.Get(ctx, key, ""); err != nil {
			return c, err
		}
	}
	return c, nil
}

// Tell puts a mail in the outbox for each who must hear something and gets mails. It returns how many.
func (m CourseMails) Tell(ctx context.Context, by data.Actor, store newsRegister) (int, error) {
	w := courseMailer{now: m.Now}
	var err error
	if w.contact, err = CourseContact(ctx, m.Settings); err != nil {
		return 0, fmt.Errorf("mail to participants: %w", err)
	}
	if w.place, err = m.Settings.Get(ctx, data.SettingPlace, ""); err != nil {
		return 0, fmt.Errorf("mail to participants: %w", err)
	}
	w.organiser = ics.Person{Name: w.place, Mail: w.contact.Mail}
	if !ics.GoodMail(w.organiser.Mail) {
		w.organiser.Mail = m.From
	}
	return store.TellByMail(ctx, by, LessonEvent, func(ctx context.Context, tx *data.Tx, n courses.News) error {
		msg, err := w.message(n)
		if err != nil {
			return err
		}
		p, body, err := msg.Paper("mail-"+n.Series.Code+"-"+n.Name()+".txt", n.Mail())
		if err != nil {
			return err
		}
		_, err = outbox.Put(ctx, tx, by, p, body)
		return err
	})
}

// LessonEvent says what a lesson is called in somebody's calendar, and what it is about.
func LessonEvent(language string, l courses.Lesson) (summary, description string) {
	lang, known := words.ParseLang(language)
	if !known {
		lang = words.NL
	}
	if l.Of == 1 {
		return l.Course, l.About
	}
	return words.T(lang, words.ProgrammeEvent, "title", l.Course, "number", l.Number, "of", l.Of), l.About
}

// courseMailer writes mails for one municipality.
type courseMailer struct {
	place     string
	contact   programme.Contact
	organiser ics.Person
	now       func() time.Time
}

// message is the mail about news.
func (w courseMailer) message(n courses.News) (outbox.Message, error) {
	lang, known := words.ParseLang(n.Language())
	if !known {
		lang = words.NL
	}
	m := outbox.Message{Subject: coursewords.Subject(lang, n.About, n.Series.Course)}
	paragraphs := []string{coursewords.Told(lang, n.About, n.Enrolment, n.Series, n.Place)}
	lines := coursewords.LessonLines(lang, n.Sessions)
	if n.Trainer.ID != "" {
		m.Subject = words.T(lang, words.CoursetellTrainerSubject, "course", n.Series.Course, "code", n.Series.Code)
		paragraphs, lines = w.trainer(lang, n)
	} else if n.Enrolment.State == courses.Booked || n.Enrolment.State == courses.Offered {
		paragraphs = append(paragraphs, words.T(lang, words.CoursetellLessons))
	} else {
		lines = nil
	}
	if len(lines) > 0 {
		paragraphs[len(paragraphs)-1] += "\n" + strings.Join(lines, "\n")
	}
	parts, err := w.invitations(n)
	if err != nil {
		return m, err
	}
	if len(parts) > 0 {
		m.Calendar, m.More = parts[0], parts[1:]
		paragraphs = append(paragraphs, words.T(lang, words.CoursetellCalendar))
	}
	if how := (courseSpeaker{speaker: speaker{lang}}).reach(w.contact); n.Trainer.ID == "" {
		paragraphs = append(paragraphs, words.T(lang, words.CoursetellAsk, "how", strings.ReplaceAll(how, "\n", ", ")))
	}
	m.Text = strings.Join(append(paragraphs, words.T(lang, words.CoursetellBye, "place", w.place)), "\n\n")
	return m, nil
}

// trainer says which lessons somebody gives now.
func (w courseMailer) trainer(lang words.Lang, n courses.News) (paragraphs, lines []string) {
	own := slices.DeleteFunc(slices.Clone(n.Sessions), func(x courses.Session) bool { return !slices.Contains(x.Trainers, n.Trainer.ID) })
	text := words.CoursetellTrainerText
	if len(own) == 0 {
		text = words.CoursetellTrainerNone
	}
	return []string{words.T(lang, text, "name", n.Trainer.Name, "course", n.Series.Course, "code", n.Series.Code)}, coursewords.LessonLines(lang, own)
}

// invitations are the changes of somebody's calendar, each a calendar of its own: clients look at one event of a file, and
// RFC 5546 lets an invitation be about one.
func (w courseMailer) invitations(n courses.News) (parts [][]byte, err error) {
	if !ics.GoodMail(w.organiser.Mail) {
		return nil, nil // nobody could answer
	}
	for _, kind := range []struct {
		method ics.Method
		events []ics.Event
	}{{ics.Request, n.Request}, {ics.Cancel, n.Cancel}} {
		events := slices.Clone(kind.events)
		for i := range events {
			events[i].Organiser, events[i].Guests = w.organiser, []ics.Person{{Name: n.Name(), Mail: n.Mail()}}
		}
		for _, c := range (ics.Calendar{Method: kind.method, At: w.now(), Events: events}).Apart() {
			var out bytes.Buffer
			if err := ics.Write(&out, c); err != nil {
				return nil, err
			}
			parts = append(parts, out.Bytes())
		}
	}
	return parts, nil
}

// LetterAbout is the letter that tells somebody news.
func (p CoursePapers) LetterAbout(ctx context.Context, n courses.News) (Document, error) {
	h, err := p.head(ctx)
	if err != nil {
		return Document{}, fmt.Errorf("letter to a participant: %w", err)
	}
	var d Document
	if _, _, ok := letterWords(n.Enrolment, n.Series); ok && n.About != courses.AboutLessons && n.About != courses.AboutGoing && n.About != courses.AboutMoved {
		l, err := h.letter(n.Enrolment, n.Series, n.Sessions)
		if err != nil {
			return Document{}, err
		}
		d = l.Document
	} else {
		d = h.document("brief-"+n.Series.Code+"-"+n.Name(), coursewords.Subject(lang, n.About, n.Series.Course), Paragraph(coursewords.Told(lang, n.About, n.Enrolment, n.Series, n.Place)))
		if n.Enrolment.State == courses.Booked || n.Enrolment.State == courses.Offered {
			d = d.with(Facts{{h.T(words.CoursepaperColCourse), n.Series.Course + " (" + n.Series.Code + ")"}, {h.T(words.CoursepaperAttestWhere), n.Series.Where()}}, h.lessonsOf(n.Sessions))
		}
		d = h.closed(d)
	}
	d.To = []string{n.Name()}
	for line := range strings.SplitSeq(n.To.Address, ",") {
		if line = strings.TrimSpace(line); line != "" {
			d.To = append(d.To, line)
		}
	}
	return d, nil
}
