package papers

import (
	"bytes"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"digibrug/quiz/recruit"
	"digibrug/quiz/recruit/recruittest"
	"digibrug/tui/screentest"
	"digibrug/tui/words"

	"github.com/xuri/excelize/v2"
)

// shortTitles names the domains of the scene.
type shortTitles struct{}

func (shortTitles) DomainTitle(domain string) string {
	return map[string]string{"mail": "E-mail", "windows": "Windows"}[domain]
}

// satScene is a test after it was taken: K-01 to K-05 sat, K-06 never came. Of K-01 the line was cut; K-02 was paused and got
// five minutes more; K-03, whose name is hostile, asked about an item, which went out for that one; K-04 had a telephone; an item
// went out for everybody after a question of K-05. The scores are frozen.
type satScene struct {
	*recruittest.Scene
	hand   *datatest.Hand
	labels map[string]data.Actor
	ids    map[string]string
	papers RecruitPapers
	lists  *Shelf
	t      *testing.T
}

func newSat(t *testing.T) *satScene {
	t.Helper()
	db, hand := recruittest.Open(t, datatest.SQLite(t))
	s := &satScene{Scene: recruittest.NewScene(t, db), hand: hand, labels: map[string]data.Actor{}, ids: map[string]string{}, t: t}
	all, err := s.Store.Names(t.Context(), s.Rik, s.P.ID)
	s.Must(err)
	n := all[0].Name
	n.Family, n.Reference = badName, "@SUM(A1)"
	s.Must(s.Store.Rename(t.Context(), s.Rik, n.CandidateID, n))
	s.Open()
	for _, one := range s.Invite() {
		s.labels[one.Candidate.Label] = data.Actor{CodeID: one.Code.ID, Candidate: one.Candidate.ID, Name: "code:" + one.Candidate.Label, From: "192.0.2.7"}
		s.ids[one.Candidate.Label] = one.Candidate.ID
	}
	for label, language := range map[string]string{"K-02": "en", "K-03": "fr"} {
		s.Must(s.Store.SetSettings(t.Context(), s.Rik, s.ids[label], language, recruit.Settings{}))
	}
	s.papers = RecruitPapers{Recruit: s.Store, Titles: shortTitles{}, Settings: doorSettings{}, Now: s.DB.Now}
	s.lists = NewShelf(s.DB, noSettings{}, RecruitLists{Recruit: s.Store, Titles: shortTitles{}}.Papers()...)
	return s
}

// answer lets somebody answer so many items right and the others wrong.
func (s *satScene) answer(label string, right int) {
	s.t.Helper()
	own, err := s.Store.OwnItems(s.t.Context(), s.labels[label], label)
	s.Must(err)
	for _, it := range own {
		if it.Skipped() {
			continue
		}
		choice := 1
		if it.N < right {
			choice = 0
		}
		s.Must(s.Store.Save(s.t.Context(), s.labels[label], label, quiz.Save{N: it.N, Answer: &quiz.Answer{Choices: []int{choice}}, Place: it.N}))
	}
}

func (s *satScene) sit() {
	s.t.Helper()
	ctx, here := s.t.Context(), []string{"K-01", "K-02", "K-03", "K-04", "K-05"}
	for _, label := range here {
		_, err := s.Store.Arrive(ctx, s.labels[label], label, "PC-"+label[3:])
		s.Must(err)
		s.Must(s.Store.Check(ctx, s.Sup, s.ids[label]))
	}
	_, err := s.Store.StartAll(ctx, s.Sup, s.P.ID)
	s.Must(err)
	for _, label := range here {
		s.Must(s.Store.Start(ctx, s.labels[label], label))
	}
	for i, label := range here {
		s.answer(label, 32-5*i)
	}
	s.hand.Forward(3 * time.Second)
	s.Must(s.Store.Pause(ctx, s.Sup, s.ids["K-02"]))
	s.hand.Forward(2 * time.Second)
	s.Must(s.Store.Resume(ctx, s.Sup, s.ids["K-02"]))
	s.Must(s.Store.ExtraMinutes(ctx, s.Sup, s.ids["K-02"], 5, "brandalarm in de gang"))
	s.Must(s.Store.Irregularity(ctx, s.Sup, s.ids["K-04"], "phone", "=CMD() in de zak"))
	s.Must(s.Store.Log(ctx, s.labels["K-04"], "K-04", recruit.LeftScreen, 0))
	for i, label := range []string{"K-03", "K-05"} {
		scope := []recruit.Scope{recruit.ThisOne, recruit.Everybody}[i]
		s.Must(s.Store.Ask(ctx, s.labels[label], label, len(label)+int(label[3]-'0'), "Er staat geen goed antwoord bij."))
		room, err := s.Store.Room(ctx, s.Sup, s.P.ID)
		s.Must(err)
		at := slices.IndexFunc(room.Sittings, func(x recruit.Sitting) bool { return x.Question != nil })
		s.Must(s.Store.AnswerQuestion(ctx, s.Sup, room.Sittings[at].Question.ID, scope, "figuur ontbreekt"))
	}
	s.Must(s.Store.CutOff(ctx, s.labels["K-01"], "K-01"))
	s.hand.Forward(3 * time.Second)
	_, err = s.Store.Arrive(ctx, s.labels["K-01"], "K-01", "PC-09")
	s.Must(err)
	s.Must(s.Store.Resume(ctx, s.Sup, s.ids["K-01"]))
	for _, label := range here {
		s.Must(s.Store.Submit(ctx, s.labels[label], label))
	}
	s.Must(s.Store.Close(ctx, s.Rik, s.P.ID))
	s.Must(s.Store.FreezeScores(ctx, s.Rik, s.P.ID))
}

func (s *satScene) decide() {
	s.t.Helper()
	ctx := s.t.Context()
	s.Must(s.Store.OpenNames(ctx, s.Rik, s.P.ID))
	for label, id := range s.ids {
		d := recruit.Decision{Outcome: recruit.Passed, Reason: "Ruim boven de grens."}
		switch label {
		case "K-03":
			d = recruit.Decision{Outcome: recruit.Reserve, Reason: "Geslaagd, derde in rang.", Until: "2027-11-23"}
		case "K-04", "K-05":
			d = recruit.Decision{Outcome: recruit.Failed, Reason: "Onder de grens, ook na het gesprek."}
		case "K-06":
			d = recruit.Decision{Outcome: recruit.Absent, Reason: "Niet gekomen."}
		}
		s.Must(s.Store.Decide(ctx, s.JuryA, id, d))
	}
	for _, by := range []data.Actor{s.JuryA, s.JuryB} {
		now, err := s.Store.Decisions(ctx, by, s.P.ID)
		s.Must(err)
		s.Must(s.Store.Sign(ctx, by, s.P.ID, now.Hash))
	}
}

// chance makes what differs at each run the same: hashes.
func chance(text string) string {
	return regexp.MustCompile(`[0-9a-f]{20,64}(\n +[0-9a-f]+)?`).ReplaceAllString(text, "3f9a…")
}

// text writes documents as PDF, and gives them as text.
func (s *satScene) text(name RecruitDocument, label string) string {
	s.t.Helper()
	return s.textIn(AsInvited, name, label)
}

// textIn is text in a language.
func (s *satScene) textIn(l words.Lang, name RecruitDocument, label string) string {
	s.t.Helper()
	all, err := s.papers.Make(s.t.Context(), s.Rik, Wanted{Document: name, Procedure: s.P.ID, Label: label, Lang: l})
	s.Must(err)
	var pdf bytes.Buffer
	s.Must(WriteDocuments(&pdf, FormatPDF, all))
	text := textOf(all)
	if strings.ContainsAny(text, "\x1b\u202e") {
		s.t.Errorf("%s carries control bytes", name)
	}
	return chance(text)
}

// TestRecruitDocuments writes the papers of a procedure, before and after the names are open.
func TestRecruitDocuments(t *testing.T) {
	s := newSat(t)
	if _, err := s.papers.JuryReport(t.Context(), s.Rik, s.P.ID); !errors.Is(err, recruit.ErrNotScored) {
		t.Errorf("report of the jury before the scores are frozen: %v", err)
	}
	s.sit()
	if sealed := s.text(DocJury, "") + s.text(DocCandidate, "") + s.text(DocMinutes, ""); strings.Contains(sealed, "Sollicitant") || strings.Contains(sealed, "HYPERLINK") {
		t.Error("a name before the names are open")
	}
	if _, err := s.papers.Make(t.Context(), s.Rik, Wanted{Document: DocNames, Procedure: s.P.ID}); !errors.Is(err, recruit.ErrSealed) {
		t.Errorf("list of names while it is sealed: %v", err)
	}
	for name, by := range map[string]data.Actor{"a supervisor": s.Sup, "a marker": s.MarkA, "another recruiter": s.Other, "a candidate": s.labels["K-01"]} {
		for _, doc := range []RecruitDocument{DocJury, DocCandidate, DocDestroyed} {
			if _, err := s.papers.Make(t.Context(), by, Wanted{Document: doc, Procedure: s.P.ID}); !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s gets %s: %v", name, doc, err)
			}
		}
	}
	if _, err := s.papers.Minutes(t.Context(), s.Sup, s.P.ID); err != nil {
		t.Errorf("minutes for the supervisor: %v", err)
	}
	if _, err := s.papers.Minutes(t.Context(), s.MarkA, s.P.ID); !errors.Is(err, data.ErrDenied) {
		t.Errorf("minutes for a marker: %v", err)
	}
	if text := s.text(DocCandidate, "K-02"); !strings.Contains(text, "nog niet beslist") {
		t.Error("a report tells a decision that nobody signed")
	}
	s.decide()
	for name, text := range map[string]string{"minutes": s.text(DocMinutes, ""), "jury": s.text(DocJury, ""), "candidate": s.textIn(words.NL, DocCandidate, "K-03"), "names": s.text(DocNames, ""),
		"candidate en": s.textIn(words.EN, DocCandidate, "K-03"), "candidate fr": s.textIn(words.FR, DocCandidate, "K-03"), "candidate invited": s.text(DocCandidate, "K-02")} {
		t.Run(name, func(t *testing.T) { screentest.Text(t, text) })
	}
	if _, err := s.papers.Make(t.Context(), s.Rik, Wanted{Document: DocCandidate, Procedure: s.P.ID, Label: "K-06"}); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("report of who never came: %v", err)
	}
	if _, err := s.papers.Make(t.Context(), s.Rik, Wanted{Document: DocDestroyed, Procedure: s.P.ID}); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("a list of what was destroyed before anything was: %v", err)
	}
	s.hand.Forward(400 * 24 * time.Hour)
	_, err := s.Store.Purge(t.Context(), datatest.Operator)
	s.Must(err)
	for _, name := range slices.DeleteFunc(RecruitDocuments(), func(d RecruitDocument) bool { return d == DocDestroyed }) {
		if _, err := s.papers.Make(t.Context(), datatest.Operator, Wanted{Document: name, Procedure: s.P.ID}); !errors.Is(err, recruit.ErrState) {
			t.Errorf("%s after the destruction: %v", name, err)
		}
	}
	t.Run("destroyed", func(t *testing.T) {
		all, err := s.papers.Make(t.Context(), datatest.Operator, Wanted{Document: DocDestroyed, Procedure: s.P.ID})
		s.Must(err)
		screentest.Text(t, chance(textOf(all)))
	})
}

// TestRecruitPapersOfSome: who is in the reserve outlives the others; the papers then say that they don't tell of all.
func TestRecruitPapersOfSome(t *testing.T) {
	s := newSat(t)
	s.sit()
	s.decide()
	for _, doc := range []RecruitDocument{DocMinutes, DocJury} {
		if text := s.text(doc, ""); strings.Contains(text, "Vernietigd") {
			t.Errorf("%s of all:\n%s", doc, text)
		}
	}
	s.hand.Forward(200 * 24 * time.Hour)
	_, err := s.Store.Purge(t.Context(), datatest.Operator)
	s.Must(err)
	for _, doc := range []RecruitDocument{DocMinutes, DocJury} {
		if text := s.text(doc, ""); !strings.Contains(text, "de gegevens van 5 kandidaten") || !strings.Contains(text, "K-03") {
			t.Errorf("%s of who is left:\n%s", doc, text)
		}
	}
}

// TestRecruitLists fills every list in every form; formulas in names and notes stay texts.
func TestRecruitLists(t *testing.T) {
	s := newSat(t)
	s.sit()
	if sheet, err := s.lists.Fill(t.Context(), s.JuryA, ListOfRanking, Ask{Procedure: "2026-114"}); err != nil || strings.Contains(sheet.Table(0), "Sollicitant") {
		t.Errorf("ranking before the names are open: %v", err)
	}
	s.decide()
	for _, p := range s.lists.All() {
		t.Run(p.Name, func(t *testing.T) {
			if p.Name == "recruit-destroyed" {
				s.hand.Forward(400 * 24 * time.Hour)
				_, err := s.Store.Purge(t.Context(), datatest.Operator)
				s.Must(err)
			}
			by := s.Rik
			if p.Name == "recruit-destroyed" {
				by = datatest.Operator // the duty of a recruiter is over by then
			}
			sheet, err := s.lists.Fill(t.Context(), by, p.Name, Ask{Procedure: "2026-114"})
			s.Must(err)
			for _, f := range Formats() {
				made(t, f, sheet)
			}
			var csv bytes.Buffer
			s.Must(Write(&csv, FormatCSV, sheet))
			for _, bad := range []string{";=HYPER", ";\"=HYPER", ";@SUM", ";=CMD", "\x1b", "\u202e"} {
				if strings.Contains(csv.String(), bad) {
					t.Errorf("CSV has %q: %s", bad, csv.String())
				}
			}
			screentest.Text(t, chance(sheet.Table(0)))
			if p.Needs() == "" {
				return
			}
			for name, asked := range map[string]string{"nothing": "", "an unknown one": "2026-999"} {
				var wrong *data.Invalid
				if _, err := s.lists.Fill(t.Context(), by, p.Name, Ask{Procedure: asked}); !errors.As(err, &wrong) {
					t.Errorf("%s was asked: %v", name, err)
				}
			}
			if _, err := s.lists.Fill(t.Context(), s.MarkA, p.Name, Ask{Procedure: "2026-114"}); !errors.Is(err, data.ErrDenied) {
				t.Errorf("a marker has it: %v", err)
			}
		})
	}
}

// TestDocumentWorkbook: a report in a workbook has a sheet for each candidate, numbers as numbers, and what people typed as text.
func TestDocumentWorkbook(t *testing.T) {
	s := newSat(t)
	s.sit()
	s.Must(s.Store.OpenNames(t.Context(), s.Rik, s.P.ID))
	docs, err := s.papers.Make(t.Context(), s.Rik, Wanted{Document: DocCandidate, Procedure: s.P.ID})
	s.Must(err)
	report, err := s.papers.Make(t.Context(), s.Rik, Wanted{Document: DocJury, Procedure: s.P.ID})
	s.Must(err)
	for name, all := range map[string][]Document{"candidates": docs, "jury": report} {
		var out bytes.Buffer
		s.Must(WriteDocuments(&out, FormatXLSX, all))
		f, err := excelize.OpenReader(&out)
		s.Must(err)
		if sheets := f.GetSheetList(); len(sheets) != len(all) {
			t.Errorf("%s: %d sheets %v, want %d", name, len(sheets), sheets, len(all))
		}
		numbers, hostile := 0, 0
		for _, sheet := range f.GetSheetList() {
			rows, err := f.GetRows(sheet)
			s.Must(err)
			for r, row := range rows {
				for c, text := range row {
					kind, err := f.GetCellType(sheet, at(c, r))
					s.Must(err)
					formula, err := f.GetCellFormula(sheet, at(c, r))
					s.Must(err)
					if formula != "" || strings.ContainsRune(text, '\x1b') {
						t.Errorf("%s %s is %q, formula %q", sheet, at(c, r), text, formula)
					}
					if kind == excelize.CellTypeUnset || kind == excelize.CellTypeNumber {
						numbers++
					}
					if strings.Contains(text, "HYPERLINK") {
						hostile++
					}
				}
			}
		}
		if numbers == 0 || hostile == 0 {
			t.Errorf("%s: %d numbers, %d hostile names", name, numbers, hostile)
		}
		s.Must(f.Close())
	}
}
