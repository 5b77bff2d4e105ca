package papers

import (
	"context"
	"strconv"

	"digibrug/data"
	"digibrug/quiz/recruit"
	"digibrug/tui/words"
)

// DestructionLists are the lists of what was destroyed of a procedure, one for each time, the oldest first: rows counted by
// label, the hash of what it was, and who signed for it. A recruiter of the procedure may have them.
func (p RecruitPapers) DestructionLists(ctx context.Context, by data.Actor, procedure string) (all []Document, err error) {
	h, of, err := p.beginAnyTime(ctx, by, procedure)
	if err != nil {
		return nil, err
	}
	purges, err := p.Recruit.Purges(ctx, by, procedure)
	for _, one := range purges {
		all = append(all, h.destroyed(of, one))
	}
	return all, err
}

func (h recruitHead) destroyed(p recruit.Procedure, one recruit.Purged) Document {
	g := Grid{Heads: []Head{{Title: h.T(words.RecruitpaperColLabel)}}}
	for _, c := range destroyedColumns() {
		g.Heads = append(g.Heads, Head{Title: h.T(c.title), Right: true})
	}
	for _, d := range one.List {
		row := []string{d.Label}
		for _, c := range destroyedColumns() {
			row = append(row, strconv.Itoa(c.of(d)))
		}
		g.Rows = append(g.Rows, row)
	}
	facts := Facts{{h.T(words.RecruitpaperProcedure), one.Title}, {h.T(words.RecruitpaperVacancy), p.Vacancy}, {h.T(words.RecruitpaperPurpose), p.Purpose},
		{h.T(words.RecruitpaperDestroyedAt), h.moment(one.At)}, {h.T(words.RecruitpaperSumOf), one.Hash}, {h.T(words.RecruitpaperCandidates), strconv.Itoa(one.Statistics.Candidates)}}
	if st := one.Statistics; st.Sat > 0 {
		facts = append(facts, Fact{h.T(words.RecruitpaperKept), h.T(words.RecruitpaperFigures, "sat", st.Sat, "mean", words.Number(lang, st.Mean, 1), "sd", words.Number(lang, st.SD, 1))})
	}
	sign := Signature{Role: h.T(words.RecruitpaperRecruiter)}
	d := h.document(p, "vernietiging-"+p.Title, h.T(words.RecruitpaperDestroyed), Paragraph(h.T(words.RecruitpaperDestroyedText)), facts, g)
	if one.SignedBy != "" {
		sign.Name = one.SignedBy
		d = d.with(Paragraph(h.T(words.RecruitpaperSigned, "name", one.SignedBy, "at", h.moment(one.SignedAt))))
	}
	return d.with(Signatures{sign})
}
