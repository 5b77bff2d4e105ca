package files

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/quiz"
	"digibrug/quiz/recruit"
	"digibrug/tui/papers"
	"digibrug/tui/words"
)

// errNoFile says that there is nothing of that name, or nothing for this person.
var errNoFile = errors.New("no such file")

// tree is what one person may fetch, as it stands now: each question asks the stores anew, and what a role
// gives is gone with the role. Only the lists themselves are kept for a moment, since a client asks for the
// size of a file before it fetches it, and both answers must agree.
//
// It is used from one goroutine.
type tree struct {
	v       *visit
	kept    larder
	reports keptReports
}

func newTree(v *visit) *tree { return &tree{v: v, kept: larder{keep: keepLists, most: maxKept}} }

// How long a list is kept for a second question about it, and how many bytes of lists one visit keeps.
const (
	keepLists = 30 * time.Second
	maxKept   = 8 << 20
)

// lists are the papers that the person may have now.
func (t *tree) lists() (may []papers.Paper, err error) {
	for _, p := range t.v.door.Shelf.All() {
		switch err := data.Require(t.v.ctx, t.v.door.DB, t.v.by, p.Roles...); {
		case err == nil:
			may = append(may, p)
		case !errors.Is(err, data.ErrDenied):
			return nil, err
		}
	}
	return may, nil
}

// asksCampaign tells whether a paper is a folder, with a file per campaign.
func asksCampaign(p papers.Paper) bool { return slices.Contains(p.Asks, papers.AsksCampaign) }

// stat gives the entry of a path.
func (t *tree) stat(path string) (entry, error) {
	names, ok := steps(path)
	if !ok {
		return entry{}, errNoFile
	}
	switch {
	case len(names) == 0:
		return t.folder("/"), nil
	case len(names) == 1 && (names[0] == lettersName || names[0] == listsName):
		return t.folder(names[0]), nil
	case len(names) == 2 && names[0] == listsName:
		all, err := t.lists()
		if err != nil {
			return entry{}, err
		}
		for _, p := range all {
			if p.Name == names[1] && asksCampaign(p) {
				return t.folder(p.Name), nil
			}
		}
	case len(names) == 2 && names[0] == lettersName:
		l, err := t.letter(names[1])
		return entry{name: names[1], size: l.Size, at: l.MadeAt}, err
	case len(names) == 1 && names[0] == proceduresName:
		_, err := t.procedureFolders()
		return t.folder(names[0]), err
	case len(names) == 2 && names[0] == proceduresName:
		p, err := t.procedureNamed(names[1])
		return t.folder(p.name), err
	case len(names) == 3 && names[0] == proceduresName:
		if _, err := t.reportFolder(names[1:]); err == nil {
			return t.folder(names[2]), nil
		}
	}
	e, _, err := t.file(names)
	return e, err
}

func (t *tree) folder(name string) entry { return entry{name: name, dir: true, at: t.v.door.DB.Now()} }

// list gives what is in a folder.
func (t *tree) list(path string) ([]entry, error) {
	names, ok := steps(path)
	switch {
	case !ok:
	case len(names) == 0:
		return t.top()
	case names[0] == lettersName && len(names) == 1:
		return t.letters()
	case names[0] == listsName && len(names) <= 2:
		return t.listed(names[1:])
	case names[0] == proceduresName && len(names) == 1:
		return t.procedureFolders()
	case names[0] == proceduresName && len(names) == 2:
		return t.procedureFiles(names[1])
	case names[0] == proceduresName && len(names) == 3:
		return t.reportFiles(names[1:])
	}
	return nil, errNoFile
}

// top lists what everybody has, and recruitments for who has one.
func (t *tree) top() ([]entry, error) {
	e, _, err := t.file([]string{readmeName})
	if err != nil {
		return nil, err
	}
	out := []entry{e, t.folder(lettersName), t.folder(listsName)}
	all, err := t.procedures()
	if len(all) > 0 {
		out = append(out, t.folder(proceduresName))
	}
	return out, err
}

// letters lists the papers that the person made.
func (t *tree) letters() ([]entry, error) {
	all, names, err := t.mine()
	out := make([]entry, len(all))
	for i, l := range all {
		out[i] = entry{name: names[i], size: l.Size, at: l.MadeAt}
	}
	return out, err
}

// maxLetters is how many letters are shown, the newest.
const maxLetters = 1000

// mine gives the letters with their names here: those that the outbox gave, which screens tell people to type.
func (t *tree) mine() (all []Letter, names []string, err error) {
	if all, err = t.v.door.Letters.Mine(t.v.ctx, t.v.by); err != nil {
		return nil, nil, err
	}
	slices.SortStableFunc(all, func(a, b Letter) int { return b.MadeAt.Compare(a.MadeAt) })
	all = all[:min(len(all), maxLetters)]
	texts, ids := make([]string, len(all)), make([]string, len(all))
	for i, l := range all {
		texts[i], ids[i] = l.Name, l.ID
	}
	return all, distinct(texts, ids, outbox.CleanName), nil
}

func (t *tree) letter(name string) (Letter, error) {
	all, names, err := t.mine()
	if err != nil {
		return Letter{}, err
	}
	if i := slices.Index(names, name); i >= 0 {
		return all[i], nil
	}
	return Letter{}, errNoFile
}

// listed gives the files of the folder of lists, or of the folder of one list. A list that the store does not
// give this person after all is left out.
func (t *tree) listed(names []string) (out []entry, err error) {
	all, err := t.lists()
	if err != nil {
		return nil, err
	}
	for _, p := range all {
		switch {
		case len(names) == 0 && asksCampaign(p):
			out = append(out, t.folder(p.Name))
		case len(names) == 0:
			out, err = t.forms(out, p, p.Name, "")
		case names[0] == p.Name && asksCampaign(p):
			return t.perCampaign(p)
		}
		if err != nil {
			return nil, err
		}
	}
	if len(names) > 0 {
		return nil, errNoFile
	}
	return out, nil
}

func (t *tree) perCampaign(p papers.Paper) (out []entry, err error) {
	all, names, err := t.campaigns()
	for i := 0; i < len(all) && err == nil; i++ {
		out, err = t.forms(out, p, names[i], all[i].ID)
	}
	return out, err
}

// maxCampaigns is how many campaigns are shown, the first that the store gives.
const maxCampaigns = 50

func (t *tree) campaigns() (all []quiz.Campaign, names []string, err error) {
	if all, err = t.v.door.Campaigns.Reports(t.v.ctx, t.v.by); err != nil {
		return nil, nil, err
	}
	all = all[:min(len(all), maxCampaigns)]
	titles, ids := make([]string, len(all)), make([]string, len(all))
	for i, c := range all {
		titles[i], ids[i] = c.Title, c.ID
	}
	return all, distinct(titles, ids, fileName), nil
}

// forms adds the files of one list, one per format.
func (t *tree) forms(out []entry, p papers.Paper, name, campaign string) ([]entry, error) {
	for _, f := range papers.Formats() {
		m, err := t.make(p, f, campaign)
		switch {
		case unavailable(err):
			return out, nil
		case err != nil:
			return nil, err
		}
		out = append(out, entry{name: name + f.Ext(), size: int64(len(m.body)), at: m.at})
	}
	return out, nil
}

// unavailable tells whether an error only says that somebody can't have a thing.
func unavailable(err error) bool {
	var bad *data.Invalid
	return errors.Is(err, data.ErrDenied) || errors.Is(err, data.ErrNotFound) || errors.Is(err, recruit.ErrSealed) || errors.Is(err, recruit.ErrNotScored) || errors.As(err, &bad)
}

// file gives a file with its content. Letters are in it too, with the content that the store has.
func (t *tree) file(names []string) (entry, []byte, error) {
	switch {
	case len(names) == 1 && names[0] == readmeName:
		text, err := t.readme()
		body := []byte(text)
		return entry{name: readmeName, size: int64(len(body)), at: t.v.door.DB.Now()}, body, err
	case len(names) == 2 && names[0] == lettersName:
		l, err := t.letter(names[1])
		if err != nil {
			return entry{}, nil, err
		}
		body, err := t.v.door.Letters.Body(t.v.ctx, t.v.by, l.ID)
		return entry{name: names[1], size: int64(len(body)), at: l.MadeAt}, body, err
	case len(names) >= 2 && len(names) <= 3 && names[0] == listsName:
		return t.paper(names[1:])
	case len(names) == 3 && names[0] == proceduresName:
		return t.procedureFile(names[1], names[2])
	case len(names) == 4 && names[0] == proceduresName:
		return t.reportFile(names[1:])
	}
	return entry{}, nil, errNoFile
}

// paper gives one list in one format: NAME.csv, or NAME, CAMPAIGN.csv.
func (t *tree) paper(names []string) (entry, []byte, error) {
	last := names[len(names)-1]
	f, ok := formatOf(last)
	if !ok {
		return entry{}, nil, errNoFile
	}
	stem := strings.TrimSuffix(last, f.Ext())
	all, err := t.lists()
	if err != nil {
		return entry{}, nil, err
	}
	for _, p := range all {
		campaign := ""
		switch {
		case len(names) == 1 && p.Name == stem && !asksCampaign(p):
		case len(names) == 2 && p.Name == names[0] && asksCampaign(p):
			if campaign, err = t.campaign(stem); err != nil {
				return entry{}, nil, err
			}
		default:
			continue
		}
		m, err := t.make(p, f, campaign)
		return entry{name: last, size: int64(len(m.body)), at: m.at}, m.body, err
	}
	return entry{}, nil, errNoFile
}

// formatOf is papers.FormatOf for the endings as they are written here and in no other way.
func formatOf(name string) (papers.Format, bool) {
	for _, f := range papers.Formats() {
		if strings.HasSuffix(name, f.Ext()) {
			return f, true
		}
	}
	return "", false
}

// campaign finds the id of the campaign that a file is named after.
func (t *tree) campaign(name string) (string, error) {
	all, names, err := t.campaigns()
	if err != nil {
		return "", err
	}
	if i := slices.Index(names, name); i >= 0 {
		return all[i].ID, nil
	}
	return "", errNoFile
}

// make makes a list in a format, or takes the one that was made a moment ago.
func (t *tree) make(p papers.Paper, f papers.Format, campaign string) (made, error) {
	return t.written(p.Name+"\x00"+campaign, f, func() (source, error) {
		sheet, err := t.v.door.Shelf.Fill(t.v.ctx, t.v.by, p.Name, papers.Ask{Campaign: campaign})
		return source{func(w io.Writer, f papers.Format) error { return papers.Write(w, f, sheet) }, sheet.At}, err
	})
}

// written writes a paper in a format, or takes what was written a moment ago; fill gets the paper.
func (t *tree) written(name string, f papers.Format, fill func() (source, error)) (made, error) {
	if m, ok := t.kept.file(name, f); ok {
		return m, nil
	}
	release, err := t.v.door.turn(t.v.ctx)
	if err != nil {
		return made{}, err
	}
	defer release()
	t.v.door.watch(t.v, "make")
	from, ok := t.kept.sourceOf(name)
	if !ok {
		if from, err = fill(); err != nil {
			return made{}, err
		}
		t.kept.putSource(name, from)
	}
	var out bytes.Buffer
	if err := from.write(&out, f); err != nil {
		return made{}, err
	}
	return t.kept.put(name, f, made{body: out.Bytes(), at: from.at}), nil
}

// turn waits until a list may be made; release must be called after.
func (d *Door) turn(ctx context.Context) (release func(), err error) {
	select {
	case d.making <- struct{}{}:
		return func() { <-d.making }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// readme is the text of LEESMIJ.txt, and of the help on the line.
func (t *tree) readme() (string, error) {
	all, err := t.lists()
	if err != nil {
		return "", err
	}
	wide, lines := 12, []string(nil)
	for _, p := range all {
		wide = max(wide, len(p.Name)+1)
	}
	for _, p := range all {
		key := words.FilesReadmeList
		switch {
		case asksCampaign(p):
			key = words.FilesReadmeFolder
		case p.Needs() != "":
			key = words.FilesReadmeAsks
		}
		lines = append(lines, nl.T(key, "name", pad(p.Name, wide), "title", nl.T(p.Title), "asks", p.Needs()))
	}
	if len(all) == 0 {
		lines = append(lines, nl.T(words.FilesReadmeNone))
	}
	procedures, err := t.procedures()
	if err != nil {
		return "", err
	}
	lists := strings.Join(lines, "\n  ")
	if len(procedures) > 0 {
		lists += "\n\n" + nl.T(words.FilesReadmeProcedures, "name", proceduresName)
	}
	v, id := t.v, t.v.proof.id
	return nl.T(words.FilesReadme, "name", data.Clean(id.Name, maxName), "login", id.Login, "lists", lists,
		"line", v.door.Files(id.Login), "screens", v.door.Screens(id.Login)) + "\n", nil
}

func pad(s string, cells int) string { return s + strings.Repeat(" ", max(1, cells-len(s))) }
