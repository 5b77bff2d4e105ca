package papers

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/outbox"
	"digibrug/quiz/recruit"
	"digibrug/quiz/recruit/recruittest"
	"digibrug/tui/screentest"
)

// badName is a name that would run in a spreadsheet and colour a terminal.
const badName = "=HYPERLINK(\"http://x\")\x1b[31m\u202eevil"

// doorSettings is a municipality whose screens door is known.
type doorSettings struct{ noSettings }

func (s doorSettings) Get(ctx context.Context, key data.Setting, fallback string) (string, error) {
	if key == data.SettingDoor {
		return "test.zandwerve.example:2222", nil
	}
	return s.noSettings.Get(ctx, key, fallback)
}

// invitedScene is an open procedure of six candidates of whom one has much more time and reads English, one reads French, and
// one has a badName name. The codes on its letters are always the same.
func invitedScene(t *testing.T) (s *recruittest.Scene, p RecruitPapers) {
	t.Helper()
	s = recruittest.NewScene(t, datatest.Open(t, datatest.SQLite(t)))
	all, err := s.Store.Candidates(t.Context(), s.Rik, s.P.ID)
	s.Must(err)
	names, err := s.Store.Names(t.Context(), s.Rik, s.P.ID)
	s.Must(err)
	s.Must(s.Store.SetSettings(t.Context(), s.Rik, all[0].ID, "en", recruit.Settings{Factor: 1.5, Breaks: 10, Layout: "qwerty", Big: true, Reading: true, Untimed: true}))
	s.Must(s.Store.SetSettings(t.Context(), s.Rik, all[1].ID, "fr", recruit.Settings{}))
	at := slices.IndexFunc(names, func(n recruit.NameRow) bool { return n.CandidateID == all[2].ID })
	n := names[at].Name
	n.Family, n.Reference = badName, "@SUM(A1)"
	s.Must(s.Store.Rename(t.Context(), s.Rik, all[2].ID, n))
	s.Open()
	return s, RecruitPapers{Recruit: s.Store, Settings: doorSettings{}, Now: s.DB.Now}
}

// TestInvitations makes the letters with their codes, and the list of names, in one go.
func TestInvitations(t *testing.T) {
	s, p := invitedScene(t)
	var got Invited
	paper, err := p.Inviting(t.Context(), func(_ context.Context, _ *data.Tx, all Invited) error { got = all; return nil })
	s.Must(err)
	made, err := s.Store.Invite(t.Context(), s.Rik, s.P.ID, paper)
	s.Must(err)
	if len(made) != 6 || len(got.Letters) != 8 || got.Names == nil { // two have a help beside the Dutch letter
		t.Fatalf("%d codes, %d letters, list %v", len(made), len(got.Letters), got.Names)
	}
	for _, one := range made {
		if !strings.Contains(textOf(got.Letters), data.ShowCode(one.Code.Secret)) {
			t.Errorf("no letter has the code of %s", one.Candidate.Label)
		}
	}
	for f := range map[Format]bool{FormatPDF: true, FormatTable: true} {
		var out bytes.Buffer
		if err := WriteDocuments(&out, f, got.Letters); err != nil {
			t.Fatal(err)
		}
		if f == FormatTable && strings.ContainsAny(out.String(), "\x1b\u202e") {
			t.Error("a name carries control bytes on to paper")
		}
	}
	text := textOf(slices.DeleteFunc(got.Letters, func(d Document) bool { // one of each kind is enough to read
		return d.Lang == lang && !slices.Contains([]string{"uitnodiging-K-01", "uitnodiging-K-03", "uitnodiging-K-05"}, d.Name)
	}))
	for i, one := range made { // chance
		text = strings.ReplaceAll(text, data.ShowCode(one.Code.Secret), "BCDFG-"+strings.Repeat(string(rune('H'+i)), 5))
	}
	screentest.Text(t, text+"\n"+textOf([]Document{*got.Names}))
}

// TestInvitationIsDurable puts letters in the outbox with the codes, or neither.
func TestInvitationIsDurable(t *testing.T) {
	s, p := invitedScene(t)
	broken := errors.New("no paper")
	paper, err := p.Inviting(t.Context(), func(context.Context, *data.Tx, Invited) error { return broken })
	s.Must(err)
	if _, err := s.Store.Invite(t.Context(), s.Rik, s.P.ID, paper); !errors.Is(err, broken) {
		t.Fatalf("invite without paper: %v", err)
	}
	if all, err := s.Store.Candidates(t.Context(), s.Rik, s.P.ID); err != nil || all[0].Code != "" {
		t.Fatalf("a code without its letter: %v %v", all[0].Code, err)
	}
	var put []outbox.Paper
	paper, err = p.Inviting(t.Context(), InvitedToOutbox(s.Rik, outbox.Print, &put))
	s.Must(err)
	_, err = s.Store.Invite(t.Context(), s.Rik, s.P.ID, paper)
	s.Must(err)
	if len(put) != 2 || !strings.HasPrefix(put[0].Name, "uitnodigingen-") || !strings.HasPrefix(put[1].Name, "namenlijst-") || put[0].Size == 0 {
		t.Fatalf("papers in the outbox: %+v", put)
	}
	put = nil
	_, err = s.Store.Invite(t.Context(), s.Rik, s.P.ID, paper)
	s.Must(err)
	if len(put) != 0 {
		t.Errorf("nobody needed a code, and there is paper: %+v", put)
	}
	paper, err = p.Inviting(t.Context(), InvitedToOutbox(s.Rik, outbox.Print, &put))
	s.Must(err)
	again, err := s.Store.Reprint(t.Context(), s.Rik, s.P.ID, "K-03", paper)
	s.Must(err)
	if again.Name.Family != "" || // the window has begun: the list is sealed
		len(put) != 1 {
		t.Errorf("letter of a lost code: name %q, papers %+v", again.Name.Family, put)
	}
	if _, err := p.NameList(t.Context(), s.Rik, s.P.ID); !errors.Is(err, recruit.ErrSealed) {
		t.Errorf("list of names after it was sealed: %v", err)
	}
	if _, err := p.NameList(t.Context(), s.Sup, s.P.ID); !errors.Is(err, data.ErrDenied) {
		t.Errorf("list of names for a supervisor out of the program: %v", err)
	}
}

func textOf(all []Document) string {
	var out strings.Builder
	for _, d := range all {
		out.WriteString(d.FileName(FormatPDF) + "\n\n" + d.Text(letterWide) + "\n")
	}
	return out.String()
}
