package papers

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/quiz/recruit"
	"digibrug/tui/words"
)

// RecruitShelf has all papers of procedures, for who picks one from a screen or a folder: the documents, and the lists of the
// shelf that ask for a procedure. A paper of names is offered from when those are open; the others hold labels until then.
type RecruitShelf struct {
	Papers RecruitPapers
	Lists  *Shelf
}

// RecruitKind is a paper of a procedure as it is offered.
type RecruitKind struct {
	Name    string // of a RecruitDocument or a Paper
	Title   words.Key
	Formats []Format
	duties  []recruit.Duty
	ready   func(recruit.Procedure) bool
}

// Candidates tells whether the paper can be of one candidate, and in another language.
func (k RecruitKind) Candidates() bool { return RecruitDocument(k.Name).Translated() }

// kinds are all papers, documents first.
func (s RecruitShelf) kinds() []RecruitKind {
	today := data.DayOf(s.Papers.Now())
	opened := func(p recruit.Procedure) bool { return !p.OpenedAt.IsZero() && p.PurgedOn == "" }
	scored := func(p recruit.Procedure) bool { return !p.ScoredAt.IsZero() && p.PurgedOn == "" }
	unsealed := func(p recruit.Procedure) bool { return !p.NamedAt.IsZero() && p.PurgedOn == "" }
	over := func(p recruit.Procedure) bool { return p.KeepUntil != "" && p.KeepUntil < today }
	recruiter, jury := []recruit.Duty{recruit.Recruiter}, []recruit.Duty{recruit.Recruiter, recruit.Jury}
	all := []RecruitKind{
		{string(DocMinutes), words.RecruitpaperMinutes, RecruitFormats(), []recruit.Duty{recruit.Recruiter, recruit.Supervisor, recruit.Jury}, opened},
		{string(DocJury), words.RecruitpaperJury, RecruitFormats(), jury, scored},
		{string(DocCandidate), words.RecruitpaperReports, RecruitFormats(), jury, scored},
		{string(DocNames), words.RecruitpaperNames, RecruitFormats(), jury, unsealed},
		{string(DocDestroyed), words.RecruitpaperDestroyedSign, RecruitFormats(), recruiter, over},
	}
	for _, p := range s.Lists.All() {
		if p.Needs() != AsksProcedure {
			continue
		}
		k := RecruitKind{p.Name, p.Title, Formats(), nil, scored}
		switch p.Name {
		case ListOfNames:
			k.ready = unsealed
		case listOfEvents:
			k.ready = opened
		case listOfDestroyed:
			k.ready = over
		}
		for _, d := range recruit.Duties() {
			if slices.Contains(p.Roles, d.Role()) {
				k.duties = append(k.duties, d)
			}
		}
		all = append(all, k)
	}
	return all
}

// Of lists the papers that somebody with the duties of a summary can have of the procedure as it stands: the jury has none
// before the scores are frozen. The store decides again when one is made.
func (s RecruitShelf) Of(p recruit.Summary) []RecruitKind {
	may := slices.DeleteFunc(slices.Clone(p.Duties), func(d recruit.Duty) bool { return d == recruit.Jury && p.ScoredAt.IsZero() })
	return slices.DeleteFunc(s.kinds(), func(k RecruitKind) bool {
		return !k.ready(p.Procedure) || !slices.ContainsFunc(may, func(d recruit.Duty) bool { return slices.Contains(k.duties, d) })
	})
}

// Mine lists the procedures in which somebody has a duty today, the newest first; none for who has no such role.
func (s RecruitShelf) Mine(ctx context.Context, by data.Actor) ([]recruit.Summary, error) {
	all, err := s.Papers.Recruit.Procedures(ctx, by)
	if errors.Is(err, data.ErrDenied) {
		return nil, nil
	}
	return all, err
}

// Named lists the papers that somebody can have of one procedure. Its errors are those of recruit.Store.Summary.
func (s RecruitShelf) Named(ctx context.Context, by data.Actor, procedure string) (recruit.Summary, []RecruitKind, error) {
	p, err := s.Papers.Recruit.Summary(ctx, by, procedure)
	if err != nil {
		return recruit.Summary{}, nil, fmt.Errorf("papers of a procedure: %w", err)
	}
	return p, s.Of(p), nil
}

// Written is a paper that was made, to be written in any of the forms of its kind.
type Written struct {
	Name  string // of its file, without day and ending
	At    time.Time
	docs  []Document
	sheet Sheet
}

// Make makes a paper by the name of its kind. w.Document is not asked.
func (s RecruitShelf) Make(ctx context.Context, by data.Actor, kind string, w Wanted) (Written, error) {
	if slices.Contains(RecruitDocuments(), RecruitDocument(kind)) {
		w.Document = RecruitDocument(kind)
		docs, err := s.Papers.Make(ctx, by, w)
		if err != nil {
			return Written{}, err
		}
		name := docs[0].Name
		if w.Document == DocCandidate && w.Label == "" {
			name = "verslagen"
		}
		return Written{Name: name, At: docs[0].At, docs: docs}, nil
	}
	sheet, err := s.Lists.Fill(ctx, by, kind, Ask{Procedure: w.Procedure})
	return Written{Name: sheet.Name, At: sheet.At, sheet: sheet}, err
}

// Each gives the documents of a paper one by one: of the reports of all candidates each report, and each help beside one. A
// list has none.
func (w Written) Each() []Written {
	all := make([]Written, len(w.docs))
	for i, d := range w.docs {
		all[i] = Written{Name: d.Name, At: d.At, docs: []Document{d}}
	}
	return all
}

// Write writes the paper, all of it or nothing.
func (w Written) Write(out io.Writer, f Format) error {
	if len(w.docs) > 0 {
		return WriteDocuments(out, f, w.docs)
	}
	return Write(out, f, w.sheet)
}

// Send puts the paper in a form in the outbox.
func (w Written) Send(ctx context.Context, tx *data.Tx, by data.Actor, ch outbox.Channel, f Format) (outbox.Paper, error) {
	media, err := f.media()
	if err != nil {
		return outbox.Paper{}, err
	}
	p := outbox.Paper{Channel: ch, Name: Document{Name: w.Name, At: w.At}.FileName(f), Media: media}
	return toOutbox(ctx, tx, by, p, func(out io.Writer) error { return w.Write(out, f) })
}
