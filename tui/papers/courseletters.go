package papers

import (
	"context"
	"fmt"
	"strings"

	"digibrug/courses"
	"digibrug/courses/programme"
	"digibrug/tui/coursewords"
	"digibrug/tui/words"
)

// CourseLetter is a letter about an enrolment, with whom it is for.
type CourseLetter struct {
	Enrolment string // id
	Document
}

// LetterTo is the letter that tells a participant how an enrolment stands: a seat, a place on the waiting list, an offer
// that lapses, a series that doesn't go ahead, another series. sessions are those of the series that it is about now. It
// returns an error for an enrolment about which there is nothing to write.
func (p CoursePapers) LetterTo(ctx context.Context, e courses.Enrolment, of courses.Series, sessions []courses.Session) (CourseLetter, error) {
	h, err := p.head(ctx)
	if err != nil {
		return CourseLetter{}, fmt.Errorf("letter to a participant: %w", err)
	}
	return h.letter(e, of, sessions)
}

// letterWords says what a letter is called and what it says.
func letterWords(e courses.Enrolment, of courses.Series) (title, text words.Key, ok bool) {
	switch {
	case e.State == courses.Withdrawn && of.State == courses.SeriesCancelled:
		return words.CoursepaperLetterOffTitle, words.CoursepaperLetterOffText, true
	case e.State == courses.Withdrawn:
		return words.CoursepaperLetterOutTitle, words.CoursepaperLetterOutText, true
	case e.State == courses.Offered:
		return words.CoursepaperLetterOfferTitle, words.CoursepaperLetterOfferText, true
	case e.State == courses.Booked:
		return words.CoursepaperLetterInTitle, words.CoursepaperLetterInText, true
	case e.State == courses.Waiting:
		return words.CoursepaperLetterWaitTitle, words.CoursepaperLetterWaitText, true
	case e.State == courses.MovedOn:
		return words.CoursepaperLetterMovedTitle, words.CoursepaperLetterMovedText, true
	}
	return "", "", false
}

func (h courseHead) letter(e courses.Enrolment, of courses.Series, sessions []courses.Session) (CourseLetter, error) {
	title, text, ok := letterWords(e, of)
	if !ok {
		return CourseLetter{}, fmt.Errorf("letter to a participant: nothing to tell of %s", e.State)
	}
	until := ""
	if e.OfferUntil != "" {
		until = words.StoredDay(lang, e.OfferUntil)
	}
	d := h.document("brief-"+of.Code+"-"+e.Participant, h.T(title), Paragraph(h.T(words.CoursepaperLetterHello, "name", e.Participant)),
		Paragraph(h.T(text, "course", of.Course, "code", of.Code, "until", until)))
	d.To = []string{e.Participant}
	if e.Mail != "" {
		d.To = append(d.To, e.Mail)
	}
	if e.State == courses.Offered || e.State == courses.Booked || e.State == courses.Waiting {
		d = d.with(Facts{{h.T(words.CoursepaperColCourse), of.Course + " (" + of.Code + ")"}, {h.T(words.CoursepaperAttestWhere), of.Where()}}, h.lessonsOf(sessions))
	}
	if money := h.money(e); money != "" {
		d = d.with(Paragraph(money))
	}
	return CourseLetter{e.ID, h.closed(d)}, nil
}

// money says what is to be paid or goes back; nothing of it where nobody knows the amount.
func (h courseHead) money(e courses.Enrolment) string {
	if e.State != courses.Booked && e.State != courses.Offered {
		return coursewords.Money(lang, e)
	}
	switch e.Paid {
	case courses.NoFee:
		return h.T(words.CoursepaperLetterFree)
	case courses.Due:
		return h.T(words.CoursepaperLetterPay, "amount", words.Money(lang, e.Fee.Cents))
	}
	return ""
}

// closed ends a letter with whom to ask and a greeting.
func (h courseHead) closed(d Document) Document {
	switch {
	case h.contact != (programme.Contact{}):
		how := courseSpeaker{speaker: speaker{lang}}.reach(h.contact)
		d = d.with(Paragraph(h.T(words.CoursetellAsk, "how", strings.ReplaceAll(how, "\n", ", "))))
	case h.help != "":
		d = d.with(Paragraph(h.T(words.CoursepaperLetterAsk, "help", h.help)))
	}
	return d.with(Paragraph(h.T(words.CoursepaperLetterBye, "place", h.place)))
}

// Invitation asks somebody who took a course before to look at the next ones: the series that one can enrol in.
func (p CoursePapers) Invitation(ctx context.Context, f courses.Former, next []courses.Listed) (Document, error) {
	h, err := p.head(ctx)
	if err != nil {
		return Document{}, fmt.Errorf("invitation: %w", err)
	}
	g := Grid{Heads: []Head{{Title: h.T(words.CoursepaperColCourse)}, {Title: h.T(words.CoursepaperColFirst)}, {Title: h.T(words.CoursepaperColLessons), Right: true}, {Title: h.T(words.CoursepaperAttestWhere)}}}
	for _, s := range next {
		g.Rows = append(g.Rows, []string{s.Course, words.Moment(lang, s.First), fmt.Sprint(s.Sessions), s.Location})
	}
	d := h.document("uitnodiging-"+f.Name(), h.T(words.CoursepaperInviteTitle), Paragraph(h.T(words.CoursepaperLetterHello, "name", f.Name())),
		Paragraph(h.T(words.CoursepaperInviteText, "course", f.Course)), g, Paragraph(h.T(words.CoursepaperInviteStop)))
	d.To = []string{f.Name()}
	return h.closed(d), nil
}
