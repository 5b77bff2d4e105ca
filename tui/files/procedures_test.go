package files

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"digibrug/quiz/recruit"
	"digibrug/quiz/recruit/recruittest"
	"digibrug/tui/papers"
	"digibrug/tui/screentest"
)

// folder is the one of the scene's procedure.
const folder = "/aanwervingen/2026-114 Administratief medewerker burgerzaken/"

// titles names the domains of the scene.
type titles struct{}

func (titles) DomainTitle(domain string) string { return "Bank " + domain }

// hall is a door in the scene of a recruitment, in which everybody has a key.
type hall struct {
	*house
	*recruittest.Scene
}

func openHall(t *testing.T) hall {
	t.Helper()
	s := recruittest.NewScene(t, datatest.Open(t, datatest.SQLite(t)))
	h := openIn(t, s.Town, func(c *Config) {
		c.Limits.ConnsPerAddress = 1000 // everybody looks at each stage
		lists := papers.NewShelf(s.DB, data.NewSettings(s.DB), papers.RecruitLists{Recruit: s.Store, Titles: titles{}}.Papers()...)
		c.Procedures = papers.RecruitShelf{Lists: lists, Papers: papers.RecruitPapers{Recruit: s.Store, Titles: titles{}, Settings: data.NewSettings(s.DB), Now: s.DB.Now}}
	})
	s.Must(s.Accounts.Grant(t.Context(), datatest.Operator, "an.peeters", data.RoleClerk, "2026-01-01", ""))
	for _, login := range []string{"lid1", "lid2", "lid3", "lid4", "lid6"} {
		h.addKey(login)
	}
	return hall{h, s}
}

// ends closes the test and freezes the scores.
func (h hall) ends() {
	h.Scene.Must(h.Store.Close(h.t.Context(), h.Rik, h.P.ID))
	h.Scene.Must(h.Store.FreezeScores(h.t.Context(), h.Rik, h.P.ID))
}

// starts lets K-01, who was invited in French, answer some questions.
func (h hall) starts() {
	ctx, label := h.t.Context(), "K-01"
	first := h.Invite()[0]
	by := data.Actor{CodeID: first.Code.ID, Candidate: first.Candidate.ID, Name: "code:" + label, From: "192.0.2.7"}
	h.Scene.Must(h.Store.SetSettings(ctx, h.Rik, by.Candidate, "fr", recruit.Settings{}))
	_, err := h.Store.Arrive(ctx, by, label, "PC-1")
	h.Scene.Must(err)
	h.Scene.Must(h.Store.Check(ctx, h.Sup, by.Candidate))
	_, err = h.Store.StartAll(ctx, h.Sup, h.P.ID)
	h.Scene.Must(err)
	h.Scene.Must(h.Store.Start(ctx, by, label))
	for n := range 5 {
		h.Scene.Must(h.Store.Save(ctx, by, label, quiz.Save{N: n, Answer: &quiz.Answer{Choices: []int{0}}, Place: n}))
	}
	h.Scene.Must(h.Store.Submit(ctx, by, label))
}

// files lists what somebody sees of recruitments, without the folder of the scene.
func (h hall) files(login string) (all []string) {
	h.t.Helper()
	for _, name := range walk(h.t, h.sftp(login), "/") {
		if name, of := strings.CutPrefix(name, folder); of && name != "" {
			all = append(all, name)
		} else if strings.HasPrefix(name, "/aanwervingen/") && name != "/aanwervingen/" && name != folder {
			h.t.Errorf("%s sees %s", login, name)
		}
	}
	slices.Sort(all)
	return all
}

// said is all that somebody reads in the papers of the scene, but for PDFs, which the papers' own tests read.
func (h hall) said(login string) string {
	h.t.Helper()
	c := h.sftp(login)
	var all strings.Builder
	for _, name := range h.files(login) {
		if strings.HasSuffix(name, "/") {
			continue
		}
		body := fetch(h.t, c, folder+name)
		switch filepath.Ext(name) {
		case ".pdf":
			if !bytes.HasPrefix(body, []byte("%PDF-")) {
				h.t.Errorf("%s begins with %.10q", name, body)
			}
		case ".xlsx":
			z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
			h.Scene.Must(err)
			for _, part := range z.File {
				r, err := part.Open()
				h.Scene.Must(err)
				text, err := io.ReadAll(r)
				h.Scene.Must(errors.Join(err, r.Close()))
				all.Write(text)
			}
		default:
			all.Write(body)
		}
	}
	return all.String()
}

// in gives names in these forms.
func in(names []string, formats []papers.Format) (all []string) {
	for _, name := range names {
		for _, f := range formats {
			all = append(all, name+f.Ext())
		}
	}
	return all
}

// TestProcedureTree: who has a duty in a procedure finds its papers, as far as the procedure is; names come when they are open,
// and never to who may not see them.
func TestProcedureTree(t *testing.T) {
	h := openHall(t)
	docs, lists := papers.RecruitFormats(), papers.Formats()
	room := slices.Concat(in([]string{"Proces-verbaal van de test"}, docs), in([]string{"Logboek van de testzaal"}, lists))
	reports := []string{"Verslag per kandidaat/", "Verslag per kandidaat/verslag-K-01.pdf", "Verslag per kandidaat/verslag-K-01-fr.pdf"}
	scores := slices.Concat(room, reports, in([]string{"Juryverslag", "Verslagen voor de kandidaten"}, docs), in([]string{"Rangschikking", "Scores per onderdeel", "Beslissingen van de jury"}, lists))
	named := slices.Concat(scores, in([]string{"Namenlijst voor de opzichter"}, docs), in([]string{"Namen van de kandidaten"}, lists))
	nobody := []string{"lid2", "lid6", "an.peeters", "dirk.adm", "ivo.ict"} // another recruiter, a marker, a clerk, the director, ICT
	look := func(when string, want map[string][]string) {
		t.Helper()
		for _, login := range nobody {
			want[login] = nil
		}
		for login, files := range want {
			slices.Sort(files)
			if got := h.files(login); !slices.Equal(got, files) {
				t.Errorf("%s, %s sees\n%s\nwant\n%s", when, login, strings.Join(got, "\n"), strings.Join(files, "\n"))
			}
			if _, err := h.sftp(login).Stat("/aanwervingen"); errors.Is(err, fs.ErrNotExist) != (len(files) == 0) {
				t.Errorf("%s, %s asks for the folder: %v", when, login, err)
			}
		}
	}
	look("a draft", map[string][]string{"lid1": nil, "lid3": nil, "lid4": nil})
	h.Open()
	h.starts()
	look("open", map[string][]string{"lid1": room, "lid3": room, "lid4": nil})
	h.ends()
	look("scored", map[string][]string{"lid1": scores, "lid3": room, "lid4": scores})
	for _, login := range []string{"lid1", "lid3", "lid4"} {
		if text := h.said(login); strings.Contains(text, "Sollicitant") || !strings.Contains(text, "K-01") {
			t.Errorf("before the names are open %s reads a name, or no label", login)
		}
	}
	h.Scene.Must(h.Store.OpenNames(t.Context(), h.Rik, h.P.ID))
	look("named", map[string][]string{"lid1": named, "lid3": room, "lid4": named})
	for login, sees := range map[string]bool{"lid1": true, "lid4": true, "lid3": false} {
		if text := h.said(login); strings.Contains(text, "Sollicitant") != sees {
			t.Errorf("with the names open %s sees names: %v, want %v", login, !sees, sees)
		}
	}
	contains(t, string(fetch(t, h.sftp("lid1"), folder+"Verslagen voor de kandidaten.txt")), "Uw resultaat van de computertest", "Votre résultat au test d'informatique", "Sollicitant")
	french := strings.Join(screentest.PDFPages(t, fetch(t, h.sftp("lid1"), folder+"Verslag per kandidaat/verslag-K-01-fr.pdf")), "")
	contains(t, french, "Votre résultat au test d'informatique", "Seul le texte néerlandais compte.")
	if strings.Contains(french, "Uw resultaat") {
		t.Errorf("the French report has the Dutch one in it: %s", french)
	}
	contains(t, string(fetch(t, h.sftp("lid4"), "/LEESMIJ.txt")), "\n\naanwervingen   een map per aanwerving")
	if text := string(fetch(t, h.sftp("lid6"), "/LEESMIJ.txt")); strings.Contains(text, "een map per aanwerving") {
		t.Errorf("a marker reads of a folder that is not there:\n%s", text)
	}
	for _, login := range append(nobody, "lid3") {
		c := h.sftp(login)
		for _, name := range []string{"Namen van de kandidaten.csv", "Namenlijst voor de opzichter.pdf", "Juryverslag.txt", "Rangschikking.csv", "Verslagen voor de kandidaten.txt", "Verslag per kandidaat/verslag-K-01.pdf"} {
			if _, err := c.Open(folder + name); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s opens %s: %v", login, name, err)
			}
			if _, err := c.Stat(folder + name); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s asks for %s: %v", login, name, err)
			}
		}
	}
	h.Scene.Must(h.Store.RemoveMember(t.Context(), h.Rik, h.P.ID, h.JuryA.AccountID, recruit.Jury))
	look("who left the jury", map[string][]string{"lid1": named, "lid4": nil})
	h.Scene.Must(h.Scene.DB.InPlainTx(t.Context(), func(tx *data.Tx) error {
		_, err := tx.ExecContext(t.Context(), `UPDATE procedures SET keep_until = '2026-11-01' WHERE id = $1`, h.P.ID)
		return err
	}))
	_, err := h.Store.Purge(t.Context(), datatest.Operator)
	h.Scene.Must(err)
	look("destroyed", map[string][]string{"lid1": slices.Concat(in([]string{"Vernietigingslijst om te tekenen"}, docs), in([]string{"Vernietigingslijst"}, lists)), "lid3": nil})
}

// TestProcedureIsAudited: a paper that is fetched leaves a row, and the list of names leaves the row that it leaves on screens.
func TestProcedureIsAudited(t *testing.T) {
	h := openHall(t)
	h.Open()
	h.starts()
	h.ends()
	h.Scene.Must(h.Store.OpenNames(t.Context(), h.Rik, h.P.ID))
	fetch(t, h.sftp("lid4"), folder+"Rangschikking.csv")
	if got, want := h.audited(), "lid4 sftp "+strings.TrimPrefix(folder, "/")+"Rangschikking.csv"; len(got) != 1 || got[0] != want {
		t.Errorf("audited: %v, want %s", got, want)
	}
	rows, err := h.Scene.DB.Audit(t.Context(), datatest.Operator, 1000)
	h.Scene.Must(err)
	if !slices.ContainsFunc(rows, func(r data.AuditRow) bool {
		return r.Action == "recruit.names" && r.Actor == "lid4" && r.Object == h.P.ID
	}) {
		t.Error("the jury read names, and there is no row of it")
	}
}
