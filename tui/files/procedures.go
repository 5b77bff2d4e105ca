package files

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/quiz/recruit"
	"digibrug/tui/papers"
	"digibrug/tui/words"
)

// Procedures has the papers of recruitments; *papers.RecruitShelf has them. Who may have which is for it to say, each time.
type Procedures interface {
	// Mine lists the procedures in which the actor has a duty today.
	Mine(ctx context.Context, by data.Actor) ([]recruit.Summary, error)
	// Of lists the papers that such a person can have of one.
	Of(p recruit.Summary) []papers.RecruitKind
	// Make makes one of them.
	Make(ctx context.Context, by data.Actor, kind string, w papers.Wanted) (papers.Written, error)
}

type noProcedures struct{}

func (noProcedures) Mine(context.Context, data.Actor) ([]recruit.Summary, error) { return nil, nil }
func (noProcedures) Of(recruit.Summary) []papers.RecruitKind                     { return nil }
func (noProcedures) Make(context.Context, data.Actor, string, papers.Wanted) (papers.Written, error) {
	return papers.Written{}, data.ErrNotFound
}

// maxProcedures is how many recruitments are shown, the newest.
const maxProcedures = 50

// procedure is the folder of a recruitment.
type procedure struct {
	recruit.Summary
	name  string
	kinds []papers.RecruitKind
	files []string // what each kind is called here, without the ending
}

// reports is the folder with the report of each candidate, to send it to that one; empty where this person can have none.
func (p procedure) reports() string {
	for _, k := range p.kinds {
		if k.Candidates() {
			return fileName(nl.T(words.FilesReports))
		}
	}
	return ""
}

// procedures gives the recruitments of which the person can have a paper.
func (t *tree) procedures() (all []procedure, err error) {
	mine, err := t.v.door.Procedures.Mine(t.v.ctx, t.v.by)
	if err != nil {
		return nil, err
	}
	var titles, ids []string
	for _, p := range mine {
		one := procedure{Summary: p, kinds: t.v.door.Procedures.Of(p)}
		if len(one.kinds) == 0 || len(all) == maxProcedures {
			continue
		}
		called, named := make([]string, len(one.kinds)), make([]string, len(one.kinds))
		for i, k := range one.kinds {
			called[i], named[i] = nl.T(k.Title), k.Name
		}
		one.files = distinct(called, named, fileName)
		all, titles, ids = append(all, one), append(titles, strings.TrimSpace(p.Vacancy+" "+p.Title)), append(ids, p.ID)
	}
	for i, name := range distinct(titles, ids, fileName) {
		all[i].name = name
	}
	return all, nil
}

// procedureNamed finds the recruitment that a folder is named after.
func (t *tree) procedureNamed(name string) (procedure, error) {
	all, err := t.procedures()
	if err != nil {
		return procedure{}, err
	}
	if i := slices.IndexFunc(all, func(p procedure) bool { return p.name == name }); i >= 0 {
		return all[i], nil
	}
	return procedure{}, errNoFile
}

// procedureFolders lists the folder of recruitments.
func (t *tree) procedureFolders() (out []entry, err error) {
	all, err := t.procedures()
	if err == nil && len(all) == 0 {
		return nil, errNoFile
	}
	for _, p := range all {
		out = append(out, t.folder(p.name))
	}
	return out, err
}

// procedureFiles lists the papers of a recruitment, each in its forms. What the store does not give this person after all, or
// what there is not yet, is left out.
func (t *tree) procedureFiles(name string) (out []entry, err error) {
	p, err := t.procedureNamed(name)
	if err != nil {
		return nil, err
	}
	for i, k := range p.kinds {
		for _, f := range k.Formats {
			m, err := t.makeOf(p, k, f)
			if unavailable(err) {
				break // in no form
			}
			if err != nil {
				return nil, err
			}
			out = append(out, entry{name: p.files[i] + f.Ext(), size: int64(len(m.body)), at: m.at})
		}
	}
	if name := p.reports(); name != "" {
		out = append(out, t.folder(name))
	}
	return out, nil
}

// procedureFile gives one paper of a recruitment in one form.
func (t *tree) procedureFile(folder, name string) (entry, []byte, error) {
	p, err := t.procedureNamed(folder)
	if err != nil {
		return entry{}, nil, err
	}
	for i, k := range p.kinds {
		f, ok := formatOf(name)
		if !ok || name != p.files[i]+f.Ext() || !slices.Contains(k.Formats, f) {
			continue
		}
		m, err := t.makeOf(p, k, f)
		if unavailable(err) && !errors.Is(err, data.ErrDenied) {
			err = errNoFile // not yet, or no more
		}
		return entry{name: name, size: int64(len(m.body)), at: m.at}, m.body, err
	}
	return entry{}, nil, errNoFile
}

// makeOf makes a paper of a recruitment in a form, or takes the one that was made a moment ago. With the names open it is
// another paper.
func (t *tree) makeOf(p procedure, k papers.RecruitKind, f papers.Format) (made, error) {
	return t.written(strings.Join([]string{k.Name, p.ID, string(p.State)}, "\x00"), f, func() (source, error) {
		w, err := t.v.door.Procedures.Make(t.v.ctx, t.v.by, k.Name, papers.Wanted{Procedure: p.ID})
		return source{w.Write, w.At}, err
	})
}

// keptReports are the reports of a procedure that were made a moment ago: all of them are made at once.
type keptReports struct {
	of    string // procedure and state
	since time.Time
	all   []papers.Written
}

// reportsOf makes the report of each candidate, or takes those that were made a moment ago.
func (t *tree) reportsOf(p procedure) ([]papers.Written, error) {
	key := p.ID + " " + string(p.State)
	if t.reports.of == key && time.Since(t.reports.since) < keepLists {
		return t.reports.all, nil
	}
	release, err := t.v.door.turn(t.v.ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	w, err := t.v.door.Procedures.Make(t.v.ctx, t.v.by, string(papers.DocCandidate), papers.Wanted{Procedure: p.ID})
	if err != nil {
		return nil, err
	}
	t.reports = keptReports{key, time.Now(), w.Each()}
	return t.reports.all, nil
}

// reportFolder finds the procedure of a folder with reports.
func (t *tree) reportFolder(names []string) (procedure, error) {
	p, err := t.procedureNamed(names[0])
	if err == nil && (p.reports() == "" || p.reports() != names[1]) {
		err = errNoFile
	}
	return p, err
}

// reportFiles lists the report of each candidate, as PDF: the Dutch one, and the help beside it.
func (t *tree) reportFiles(names []string) (out []entry, err error) {
	p, err := t.reportFolder(names)
	if err != nil {
		return nil, err
	}
	all, err := t.reportsOf(p)
	if unavailable(err) {
		return nil, nil // nobody has a score
	}
	for _, w := range all {
		m, err := t.report(p, w)
		if err != nil {
			return nil, err
		}
		out = append(out, entry{name: fileName(w.Name) + papers.FormatPDF.Ext(), size: int64(len(m.body)), at: m.at})
	}
	return out, err
}

// reportFile gives one of them.
func (t *tree) reportFile(names []string) (entry, []byte, error) {
	p, err := t.reportFolder(names)
	if err != nil {
		return entry{}, nil, err
	}
	all, err := t.reportsOf(p)
	if err != nil {
		return entry{}, nil, err
	}
	for _, w := range all {
		if names[2] == fileName(w.Name)+papers.FormatPDF.Ext() {
			m, err := t.report(p, w)
			return entry{name: names[2], size: int64(len(m.body)), at: m.at}, m.body, err
		}
	}
	return entry{}, nil, errNoFile
}

func (t *tree) report(p procedure, w papers.Written) (made, error) {
	return t.written(strings.Join([]string{w.Name, p.ID, string(p.State)}, "\x00"), papers.FormatPDF, func() (source, error) { return source{w.Write, w.At}, nil })
}
