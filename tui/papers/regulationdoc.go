package papers

import (
	"context"
	"fmt"
	"time"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/data/regulation"
	"digibrug/loans"
	"digibrug/tui/words"
)

// regulationTexts has the texts of regulations; *regulation.Store does.
type regulationTexts interface {
	On(ctx context.Context, kind regulation.Kind, day string) (regulation.Version, error)
	Versions(ctx context.Context, by data.Actor, kind regulation.Kind) ([]regulation.Version, error)
}

// ruleBook has the figures of the loan regulation; *loans.Store does.
type ruleBook interface {
	RulesOn(ctx context.Context, day string) (loans.Rules, error)
}

// LoanRegulation reads the loan regulation with its figures filled in, for screens, paper and the command line.
type LoanRegulation struct {
	Texts    regulationTexts
	Rules    ruleBook
	Settings places
	Now      func() time.Time
}

// Edition is a version of the text, with the day whose figures fill it in.
type Edition struct {
	regulation.Version
	Day   string // YYYY-MM-DD
	Holds bool   // today
}

// Today gives the text that holds today. Everybody may read it.
func (r LoanRegulation) Today(ctx context.Context) (Edition, error) {
	day := data.DayOf(r.Now())
	v, err := r.Texts.On(ctx, regulation.Loan, day)
	return Edition{v, day, true}, err
}

// Editions lists the versions of the text that somebody may see, the newest first, with the model at the end.
func (r LoanRegulation) Editions(ctx context.Context, by data.Actor) ([]Edition, error) {
	all, err := r.Texts.Versions(ctx, by, regulation.Loan)
	if err != nil {
		return nil, err
	}
	now, err := r.Today(ctx)
	if err != nil {
		return nil, err
	}
	model, err := regulation.Model(regulation.Loan)
	if err != nil {
		return nil, err
	}
	var out []Edition
	for _, v := range append(all, model) {
		out = append(out, Edition{v, figuresDay(v, all, now.Day), v.ID == now.ID})
	}
	return out, nil
}

// figuresDay is the day whose figures fill a version in: today for what holds, or isn't published; its first day for
// what begins later; its last day for what is over.
func figuresDay(v regulation.Version, all []regulation.Version, today string) string {
	day := today
	if v.Status != regulation.Published {
		return day
	}
	for _, next := range all {
		if next.Status != regulation.Published || next.From <= v.From || next.From > day {
			continue
		}
		if at, err := data.ParseDay(next.From); err == nil {
			day = at.AddDate(0, 0, -1).Format(data.DayLayout)
		}
	}
	return max(day, v.From)
}

// Read gives the text of a version in a language, or the short one, with its figures filled in. What is not there in
// that language comes in Dutch: in says which it is. It returns an *data.Invalid for a draft that names what is no
// figure.
func (r LoanRegulation) Read(ctx context.Context, e Edition, lang words.Lang, short bool) (d regulation.Document, in words.Lang, err error) {
	d, read, err := e.Content.Read(string(lang), short)
	if err != nil {
		return d, words.NL, err
	}
	in, _ = words.ParseLang(read)
	figures, err := r.figures(ctx, in, e.Day)
	if err == nil {
		d, err = d.Fill(figures)
	}
	if err != nil {
		return regulation.Document{}, in, fmt.Errorf("read regulation %d: %w", e.Number, err)
	}
	return d, in, nil
}

// figures gives what the places of a text are filled in with, on a day.
func (r LoanRegulation) figures(ctx context.Context, l words.Lang, day string) (map[string]string, error) {
	rules, err := r.Rules.RulesOn(ctx, day)
	if err != nil {
		return nil, err
	}
	place, err := r.Settings.Get(ctx, data.SettingPlace, "")
	if err != nil {
		return nil, err
	}
	if place == "" {
		place = words.T(l, words.RegfigurePlace)
	}
	return figureWriter{speaker{l}, rules, place}.all(), nil
}

// Paper is the regulation to print, in Dutch: the text that binds. The errors are those of Read.
func (r LoanRegulation) Paper(ctx context.Context, e Edition) (Document, error) {
	text, in, err := r.Read(ctx, e, words.NL, false)
	if err != nil {
		return Document{}, err
	}
	return r.Laid(ctx, e, text, in)
}

// Laid lays out what was read of a version in a language.
func (r LoanRegulation) Laid(ctx context.Context, e Edition, text regulation.Document, in words.Lang) (Document, error) {
	place, err := r.Settings.Get(ctx, data.SettingPlace, "")
	if err != nil {
		return Document{}, err
	}
	d := Document{Name: "uitleenreglement", Title: text.Title, Place: place, At: r.Now(), Lang: in}
	for _, note := range text.Notes {
		d.Parts = append(d.Parts, Important(note))
	}
	say := speaker{in}
	if stands := Standing(say.T, in, e.Version, data.DayOf(r.Now())); stands != "" {
		d.Parts = append(d.Parts, Paragraph(stands))
	}
	for _, a := range text.Articles {
		d.Parts = append(d.Parts, articleParts(a)...)
	}
	return d, nil
}

// articleParts are an article, or a part of a short text, which has no number.
func articleParts(a regulation.Article) []Part {
	if a.Number == 0 {
		parts := []Part{Heading(a.Title)}
		for _, p := range a.Paragraphs {
			parts = append(parts, Paragraph(paragraphText(p)))
		}
		return parts
	}
	one := Article{Number: a.Number, Title: a.Title}
	for _, p := range a.Paragraphs {
		one.Text = append(one.Text, paragraphText(p))
	}
	return []Part{Articles{one}}
}

// paragraphText writes an item of a list with a dash.
func paragraphText(p regulation.Paragraph) string {
	if p.Item {
		return "- " + p.Text
	}
	return p.Text
}

// Standing says since when a version holds and who decided it; empty for the model and for a draft.
func Standing(t func(words.Key, ...any) string, l words.Lang, v regulation.Version, today string) string {
	if v.Status != regulation.Published {
		return ""
	}
	key := words.RegfigureSince
	if v.From > today {
		key = words.RegfigureComing
	}
	return t(key, "day", words.StoredDay(l, v.From), "body", v.Body, "decided", words.StoredDay(l, v.DecidedOn))
}

// Print puts the regulation in the outbox.
func (r LoanRegulation) Print(ctx context.Context, db *data.DB, by data.Actor, ch outbox.Channel, e Edition) (p outbox.Paper, err error) {
	d, err := r.Paper(ctx, e)
	if err != nil {
		return p, err
	}
	err = db.InTx(ctx, func(tx *data.Tx) error {
		p, err = Send(ctx, tx, by, ch, d)
		return err
	})
	return p, err
}
