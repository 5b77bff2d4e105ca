package tui_test

import (
	"bytes"
	"fmt"
	"strings"

	"digibrug/data"
	"digibrug/quiz/recruit"
	"digibrug/tui/papers"

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

// papers makes every document and list of the procedure in every form, and looks for the facts of the day in each.
func (h *hall) papers(scores []recruit.Score, decisions recruit.Decisions) {
	t, ctx := h.t, h.t.Context()
	t.Helper()
	p, err := h.Store.Procedure(ctx, h.Rik, h.P.ID)
	h.Must(err)
	names, err := h.Store.Names(ctx, h.JuryA, h.P.ID)
	h.Must(err)
	titles := domainNames{}
	made := papers.RecruitPapers{Recruit: h.Store, Titles: titles, Settings: data.NewSettings(h.DB), Now: h.DB.Now}
	all := []string{p.Frozen, p.ScoredHash}
	for _, s := range scores {
		all = append(all, s.Label)
	}
	jury := append([]string{decisions.Hash, "twee juiste antwoorden", "twee correctoren", "geslaagd voor alle delen"}, all...)
	for _, n := range names {
		jury = append(jury, n.Family)
	}
	for _, one := range []struct {
		doc   papers.RecruitDocument
		label string
		by    data.Actor
		facts []string
	}{
		{papers.DocJury, "", h.JuryA, jury},
		{papers.DocMinutes, "", h.Sup, append([]string{"brandalarm", "verbinding weg", "juiste"}, all...)},
		{papers.DocCandidate, "K-05", h.Rik, []string{"K-05", "Waaraan u kunt werken", "geslaagd voor alle delen"}},
		{papers.DocCandidate, "", h.Rik, all[2:]},
	} {
		docs, err := made.Make(ctx, one.by, papers.Wanted{Document: one.doc, Procedure: p.ID, Label: one.label})
		h.Must(err)
		for _, f := range papers.RecruitFormats() {
			h.holds(fmt.Sprintf("%s %s as %s", one.doc, one.label, f), f, one.facts, func(w *bytes.Buffer) error { return papers.WriteDocuments(w, f, docs) })
		}
	}
	shelf := papers.NewShelf(h.DB, data.NewSettings(h.DB), papers.RecruitLists{Recruit: h.Store, Titles: titles}.Papers()...)
	ranking, err := shelf.Fill(ctx, h.JuryB, papers.ListOfRanking, papers.Ask{Procedure: p.ID})
	h.Must(err)
	for _, f := range []papers.Format{papers.FormatPDF, papers.FormatXLSX, papers.FormatTable} {
		h.holds("ranking as "+string(f), f, all[2:], func(w *bytes.Buffer) error { return papers.Write(w, f, ranking) })
	}
}

// holds looks for facts in a paper. A PDF is looked at no further than that it is one, and not an empty one.
func (h *hall) holds(what string, f papers.Format, facts []string, write func(*bytes.Buffer) error) {
	h.t.Helper()
	var out bytes.Buffer
	h.Must(write(&out))
	text := out.String()
	switch f {
	case papers.FormatPDF:
		if !strings.HasPrefix(text, "%PDF-") || !strings.Contains(text, "%%EOF") || out.Len() < 4000 {
			h.t.Errorf("%s: %d bytes that begin with %.8q", what, out.Len(), text)
		}
		return
	case papers.FormatXLSX:
		text = h.cells(&out)
	}
	for _, fact := range facts {
		if !strings.Contains(squeezed(text), squeezed(fact)) {
			h.t.Errorf("%s lacks %q", what, fact)
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
