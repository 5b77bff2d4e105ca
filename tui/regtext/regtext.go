// Package regtext is where the text of the loan regulation is read with its figures filled in: by everybody at a kiosk,
// the short text first and its articles behind it, and by who works here, with the versions that there were. The ICT
// officer makes a draft of a text and publishes what was decided.
//
// What the figures are is decided in the room of the regulation, not here.
package regtext

import (
	"context"
	"strconv"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/data/regulation"
	"digibrug/tui/page"
	"digibrug/tui/papers"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// Room is the room's name in the palette and for shell.GoMsg; PublicRoom that of the page that everybody may read.
const (
	Room       shell.Room = "regtext"
	PublicRoom shell.Room = "regtext.public"
)

// reader reads the regulation with its figures filled in; papers.LoanRegulation does.
type reader interface {
	Today(ctx context.Context) (papers.Edition, error)
	Editions(ctx context.Context, by data.Actor) ([]papers.Edition, error)
	Read(ctx context.Context, e papers.Edition, lang words.Lang, short bool) (regulation.Document, words.Lang, error)
}

// texts writes what is read; *regulation.Store has it.
type texts interface {
	PutDraft(ctx context.Context, by data.Actor, kind regulation.Kind, name string, c regulation.Content) (regulation.Version, error)
	DropDraft(ctx context.Context, by data.Actor, kind regulation.Kind) error
	Publish(ctx context.Context, by data.Actor, kind regulation.Kind, d regulation.Decision, figures regulation.Figures) (regulation.Version, error)
}

// Desk is what the room works with. The page that everybody may read needs Reader alone.
type Desk struct {
	Reader reader
	Texts  texts
	// Print sends a version to the printer's queue; nil: there is none.
	Print func(ctx context.Context, by data.Actor, e papers.Edition) (outbox.Paper, error)
}

// room is what the screens of the room share.
type room struct {
	page.Page
	desk Desk
}

// ict tells whether the visitor may write and publish.
func (r room) ict() bool { return r.S.Who.Has(data.RoleICT) }

// today is the day in Brussels.
func (r room) today() string { return data.DayOf(r.S.Now()) }

// called is what a version is called.
func (r room) called(e papers.Edition) string {
	switch {
	case e.IsModel():
		return r.S.T(words.RegtextModel)
	case e.Name != "":
		return e.Name
	}
	return r.S.T(words.RegtextVersion, "number", strconv.Itoa(e.Number))
}

// stands says how a version stands.
func (r room) stands(e papers.Edition) string {
	switch {
	case e.Holds:
		return r.S.T(words.RegtextHolds)
	case e.IsModel():
		return r.S.T(words.RegtextExample)
	case e.Status == regulation.Draft:
		return r.S.T(words.RegtextDraft)
	case e.From > r.today():
		return r.S.T(words.RegtextComing)
	}
	return r.S.T(words.RegtextOver)
}

// written lays the parts of a text out as lines of at most w cells.
func written(s *shell.Session, w int, articles ...regulation.Article) (lines []string) {
	theme := s.Theme()
	for _, a := range articles {
		title := parts.Plain(a.Title)
		if a.Number > 0 {
			title = s.T(words.RegfigureArticle, "n", a.Number) + ". " + title
		}
		for _, line := range parts.Wrap(title, w) {
			lines = append(lines, theme.Strong.Render(line))
		}
		item := false
		for i, p := range a.Paragraphs {
			if i > 0 && !(p.Item && item) {
				lines = append(lines, "")
			}
			if item = p.Item; !item {
				lines = append(lines, parts.Wrap(parts.Plain(p.Text), w)...)
				continue
			}
			for n, line := range parts.Wrap(parts.Plain(p.Text), min(w, parts.MaxWidth)-2) {
				lines = append(lines, map[bool]string{true: "- ", false: "  "}[n == 0]+line)
			}
		}
		lines = append(lines, "")
	}
	return lines
}
