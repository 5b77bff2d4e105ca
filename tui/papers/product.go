package papers

import (
	"context"
	"strings"

	"digibrug/courses/programme"
	"digibrug/data/regulation"
	"digibrug/tui/words"
)

// Product is a course as the municipality offers it, whether it is planned or not.
type Product struct {
	Programme programme.Programme // its series are those of the course that are planned; At is the day of the paper
	Course    programme.Course
	Prices    []programme.Price
	Contact   programme.Contact
}

// CourseProduct is the product sheet of a course: one page that tells somebody at a desk or on a website all that
// there is to know before enrolling.
func CourseProduct(o Product, l words.Lang) Document {
	w, c := courseSpeaker{speaker{l}, o.Programme.At}, o.Course
	d := Document{Name: "fiche-" + c.Code, Title: c.Title, Place: o.Programme.Place, At: o.Programme.At, Lang: l}
	add := func(parts ...Part) { d.Parts = append(d.Parts, parts...) }
	add(Heading(w.T(words.ProgrammeWhat)))
	if c.Blurb != "" {
		add(Paragraph(c.Blurb))
	}
	if len(c.Goals) > 0 {
		add(Paragraph(w.T(words.ProgrammeGoals)), Points(c.Goals))
	}
	add(Heading(w.T(words.ProgrammeForWhom)), w.forWhom(c), Heading(w.T(words.ProgrammeHow)), Paragraph(w.course(c)))
	if len(c.Outline) > 0 {
		add(Points(c.Outline))
	}
	if len(c.Material) > 0 {
		add(Paragraph(w.T(words.ProgrammeMaterial)), Points(c.Material))
	}
	add(Heading(w.T(words.ProgrammeCost)), pointsOf(w.prices(o.Prices)), Heading(w.T(words.ProgrammePlanned)))
	if points := w.planned(o.Programme); len(points) > 0 {
		add(points)
	} else {
		add(Paragraph(w.T(words.ProgrammeNotPlanned)))
	}
	add(Heading(w.T(words.ProgrammeEnrolHow)), pointsOf(w.reach(o.Contact)))
	return d
}

// pointsOf gives each line of a text as a point.
func pointsOf(s string) Points { return strings.Split(s, "\n") }

// course says how long a course is, and with how many people.
func (w courseSpeaker) course(c programme.Course) string {
	var all []string
	if c.Lessons > 0 && c.Minutes > 0 {
		all = append(all, w.T(words.ProgrammeLength, "n", c.Lessons, "minutes", c.Minutes))
	}
	if c.Most > 0 {
		all = append(all, w.T(words.ProgrammeMost, "n", c.Most))
	}
	if c.Least > 0 {
		all = append(all, w.T(words.ProgrammeLeast, "n", c.Least))
	}
	return strings.Join(all, " ")
}

// planned are the series of a course that are still to come, each in a line.
func (w courseSpeaker) planned(p programme.Programme) (all Points) {
	for _, s := range p.Upcoming() {
		first, ok := s.First()
		if !ok {
			continue
		}
		all = append(all, w.T(words.ProgrammeFromDay, "moment", w.moment(first), "place", s.Where(), "seats", w.seats(s)))
	}
	return all
}

// LoanProduct is the product sheet of what the uitleendienst lends: the short regulation that holds today with its
// figures filled in, and how to reach the desk. It returns the errors of Read.
func (r LoanRegulation) LoanProduct(ctx context.Context, c programme.Contact, l words.Lang) (Document, error) {
	now, err := r.Today(ctx)
	if err != nil {
		return Document{}, err
	}
	text, in, err := r.Read(ctx, now, l, true)
	if err != nil {
		return Document{}, err
	}
	d, err := r.Laid(ctx, now, text, in)
	if err != nil {
		return Document{}, err
	}
	d.Name, d.Parts = "fiche-uitlenen", listed(d.Parts, text)
	w := courseSpeaker{speaker{in}, r.Now()}
	d.Parts = append(d.Parts, Heading(w.T(words.ProgrammeBorrowHow)), pointsOf(w.reach(c)))
	return d, nil
}

// listed puts the items of a short text, which are paragraphs with a dash, below each other with dots.
func listed(parts []Part, text regulation.Document) (all []Part) {
	items := map[string]string{}
	for _, a := range text.Articles {
		for _, p := range a.Paragraphs {
			if p.Item {
				items[paragraphText(p)] = p.Text
			}
		}
	}
	for _, part := range parts {
		p, isText := part.(Paragraph)
		item, isItem := items[string(p)]
		if !isText || !isItem {
			all = append(all, part)
			continue
		}
		if last := len(all) - 1; last >= 0 {
			if points, ok := all[last].(Points); ok {
				all[last] = append(points, item)
				continue
			}
		}
		all = append(all, Points{item})
	}
	return all
}
