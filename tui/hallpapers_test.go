package tui_test

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/quiz/recruit"
	"digibrug/tui/papers"
	"digibrug/tui/screentest"
	"digibrug/tui/words"

	"github.com/xuri/excelize/v2"
)

// writes is a candidate who answers the open question in two lines.
func (c *sitter) writes() error {
	c.Type("Beste inwoner,")
	if err := c.Press("enter"); err != nil {
		return err
	}
	c.Type("U meldt uw verhuis online. Groeten van " + c.label())
	return c.WaitFor("Groeten van "+c.label(), patient)
}

// marks lets two people mark the open answers blind. They see one differently, and settle it. It gives what each label gets,
// in hundredths.
func (h *hall) marks() map[string]int {
	h.t.Helper()
	ctx, got, texts := h.t.Context(), map[string]int{}, map[string]string{}
	for i, by := range []data.Actor{h.MarkA, h.MarkB} {
		work, err := h.Store.ToMark(ctx, by, h.P.ID)
		h.Must(err)
		if len(work) != seats {
			h.t.Fatalf("%s has %d answers to mark, want %d", by.Name, len(work), seats)
		}
		for _, w := range work {
			lines := strings.Split(w.Answer, "\n")
			_, label, _ := strings.Cut(w.Answer, "Groeten van ")
			if other, was := texts[w.Code]; was && other != w.Answer {
				h.t.Errorf("code %s names two answers", w.Code)
			}
			if texts[w.Code] = w.Answer; len(lines) != 2 || w.Rubric == "" || w.Max != recruit.WrittenPoints || w.Mine != nil {
				h.t.Fatalf("to mark: %+v", w)
			}
			points := 300
			if got[label] = points; label == "K-05" && i == 1 {
				points = 0
			}
			h.Must(h.Store.Mark(ctx, by, h.P.ID, w.Code, points, "aanspreking, manier en groet"))
		}
	}
	disputes, err := h.Store.Disputes(ctx, h.MarkA, h.P.ID)
	h.Must(err)
	if len(disputes) != 1 || !strings.HasSuffix(disputes[0].Answer, "K-05") || fmt.Sprint(disputes[0].Marks) != "[0 300]" {
		h.t.Fatalf("seen differently: %+v", disputes)
	}
	h.Must(h.Store.Settle(ctx, h.MarkA, h.P.ID, disputes[0].Code, 200, "de termijn ontbreekt, de rest staat er"))
	got["K-05"] = 200
	return got
}

// claim is what a paper of the procedure must say.
type claim struct {
	what  string
	write func(w *bytes.Buffer, f papers.Format) error
	says  []string   // somewhere
	rows  [][]string // each in one row of its workbook: who, and what happened
	never []string   // nowhere
}

// papers makes every document and the ranking of the procedure in every form, and looks for the facts of the day in each.
func (h *hall) papers(sitters []*sitter, scores []recruit.Score, decisions recruit.Decisions) {
	t, ctx := h.t, h.t.Context()
	t.Helper()
	p, err := h.Store.Procedure(ctx, h.Rik, h.P.ID)
	h.Must(err)
	rows, err := h.Store.Names(ctx, h.JuryA, h.P.ID)
	h.Must(err)
	names := map[string]string{} // families by label
	for _, n := range rows {
		names[n.Label] = n.Family
	}
	made := papers.RecruitPapers{Recruit: h.Store, Titles: domainNames{}, Settings: data.NewSettings(h.DB), Now: h.DB.Now}
	document := func(by data.Actor, w papers.Wanted) func(*bytes.Buffer, papers.Format) error {
		w.Procedure = p.ID
		docs, err := made.Make(ctx, by, w)
		h.Must(err)
		return func(out *bytes.Buffer, f papers.Format) error { return papers.WriteDocuments(out, f, docs) }
	}
	h.holds(h.juryClaim(p, scores, decisions, names, document(h.JuryA, papers.Wanted{Document: papers.DocJury})))
	h.holds(h.minutesClaim(p, sitters, names, document(h.Sup, papers.Wanted{Document: papers.DocMinutes})))
	h.holds(claim{what: "all reports", write: document(h.Rik, papers.Wanted{Document: papers.DocCandidate}), says: slices.Collect(maps.Keys(names))})
	for _, s := range scores {
		h.holds(h.ownClaim(s, names, document(h.Rik, papers.Wanted{Document: papers.DocCandidate, Label: s.Label}), "Waaraan u kunt werken", "De jury besliste: geslaagd."))
	}
	h.holds(h.ownClaim(scores[4], names, document(h.Rik, papers.Wanted{Document: papers.DocCandidate, Label: scores[4].Label, Lang: words.EN}), "The jury decided: passed.", "Only the Dutch text counts."))
	h.holds(h.ownClaim(scores[4], names, document(h.Rik, papers.Wanted{Document: papers.DocCandidate, Label: scores[4].Label, Lang: words.FR}), "Le jury a décidé : réussi.", "Seul le texte néerlandais compte."))
	shelf := papers.NewShelf(h.DB, data.NewSettings(h.DB), papers.RecruitLists{Recruit: h.Store, Titles: domainNames{}}.Papers()...)
	ranking, err := shelf.Fill(ctx, h.JuryB, papers.ListOfRanking, papers.Ask{Procedure: p.ID})
	h.Must(err)
	one := claim{what: "ranking", write: func(w *bytes.Buffer, f papers.Format) error { return papers.Write(w, f, ranking) }}
	for label, name := range names {
		one.says, one.rows = append(one.says, label, name), append(one.rows, []string{label, name})
	}
	h.holds(one)
}

// juryClaim: the report of the jury has every candidate by label and name with the decision, the item that is out and why, and
// the hashes.
func (h *hall) juryClaim(p recruit.Procedure, scores []recruit.Score, decisions recruit.Decisions, names map[string]string, write func(*bytes.Buffer, papers.Format) error) claim {
	c := claim{what: "report of the jury", write: write, says: []string{p.Frozen, p.ScoredHash, decisions.Hash, "twee juiste antwoorden", "twee correctoren"}}
	for _, s := range scores {
		c.says = append(c.says, s.Label, names[s.Label])
		c.rows = append(c.rows, []string{s.Label, names[s.Label], points(s.On) + " / " + points(s.OnMax)}, []string{s.Label, names[s.Label], "geslaagd voor alle delen, na gesprek"})
	}
	return c
}

// minutesClaim: the minutes have every candidate by label alone, each incident of the day with whom it was about, and the hashes.
func (h *hall) minutesClaim(p recruit.Procedure, sitters []*sitter, names map[string]string, write func(*bytes.Buffer, papers.Format) error) claim {
	c := claim{what: "minutes", write: write, says: []string{p.Frozen, p.ScoredHash, "brandalarm", "juiste"}, rows: [][]string{
		{sitters[0].label(), "verbinding weg"}, {sitters[1].label(), "verbinding weg"}, {sitters[2].label(), "pauze door de opzichter"}, {sitters[3].label(), "10", "brandalarm"},
		{sitters[4].label(), "5", "Er zijn er twee juist"}, {sitters[4].label(), "5", "twee juiste antwoorden"}, {sitters[5].label(), "keek bij de buur"}}}
	for label, name := range names {
		c.says, c.never, c.rows = append(c.says, label), append(c.never, name), append(c.rows, []string{label, "ingediend"})
	}
	return c
}

// ownClaim: the report of one candidate has the own label, name and score, and names nobody else.
func (h *hall) ownClaim(s recruit.Score, names map[string]string, write func(*bytes.Buffer, papers.Format) error, says ...string) claim {
	c := claim{what: fmt.Sprintf("report of %s (%s)", s.Label, says[0]), write: write, says: append(says, s.Label, names[s.Label], "geslaagd voor alle delen, na gesprek")}
	for label, name := range names {
		if label != s.Label {
			c.never = append(c.never, label, name)
		}
	}
	return c
}

// points writes hundredths as papers do.
func points(hundredths int) string { return words.Number(words.NL, float64(hundredths)/100, 2) }

// holds reads a paper in each form as its reader does, and looks for what it must say and must not.
func (h *hall) holds(c claim) {
	h.t.Helper()
	for _, f := range papers.RecruitFormats() {
		var out bytes.Buffer
		h.Must(c.write(&out, f))
		text := out.String()
		switch f {
		case papers.FormatPDF:
			if !strings.HasPrefix(text, "%PDF-") || !strings.Contains(text, "%%EOF") {
				h.t.Errorf("%s: %d bytes that begin with %.8q", c.what, out.Len(), text)
			}
			text = strings.ReplaceAll(strings.Join(screentest.PDFPages(h.t, out.Bytes()), ""), " | ", " ")
		case papers.FormatXLSX:
			text = h.cells(&out)
			h.inRows(c, text)
		}
		all := squeezed(text)
		for _, fact := range c.says {
			if !strings.Contains(all, squeezed(fact)) {
				h.t.Errorf("%s as %s lacks %q", c.what, f, fact)
			}
		}
		for _, secret := range c.never {
			if strings.Contains(all, squeezed(secret)) {
				h.t.Errorf("%s as %s says %q", c.what, f, secret)
			}
		}
	}
}

// inRows looks for what must stand together in a row.
func (h *hall) inRows(c claim, text string) {
	h.t.Helper()
	lines := strings.Split(text, "\n")
	for _, row := range c.rows {
		if !slices.ContainsFunc(lines, func(line string) bool {
			return !slices.ContainsFunc(row, func(fact string) bool { return !strings.Contains(line, fact) })
		}) {
			h.t.Errorf("%s has no row with %q:\n%s", c.what, row, text)
		}
	}
}

// squeezed is a text without white space: where lines break is the paper's own.
func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }

// cells are all texts of a workbook.
func (h *hall) cells(r *bytes.Buffer) string {
	h.t.Helper()
	f, err := excelize.OpenReader(r)
	h.Must(err)
	defer func() { h.Must(f.Close()) }()
	var all strings.Builder
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		h.Must(err)
		for _, row := range rows {
			all.WriteString(strings.Join(row, " ") + "\n")
		}
	}
	return all.String()
}

// domainNames names the domains of the scene.
type domainNames struct{}

func (domainNames) DomainTitle(domain string) string { return "Bank " + domain }
