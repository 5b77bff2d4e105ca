package tui_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"digibrug/quiz/recruit"
	"digibrug/quiz/recruit/recruittest"
	"digibrug/tui"
	"digibrug/tui/screentest"
	"digibrug/tui/server"

	gossh "golang.org/x/crypto/ssh"
)

// TestASealedBankThroughTheDoor: a recruiter brings sealed questions in, a colleague reviews them by a sample through SSH, a
// recruitment draws them, and from then on the colleague doesn't see them and nobody practises them.
func TestASealedBankThroughTheDoor(t *testing.T) {
	db := datatest.Open(t, datatest.SQLite(t))
	tests := quiz.NewStore(db, recruittest.Banks())
	lib := tests.Library()
	s := recruittest.With(t, db, recruit.Held(lib))
	settings := data.NewSettings(db)
	s.Must(settings.Set(t.Context(), datatest.Operator, data.SettingSecondTrusted, "127.0.0.0/8"))
	bank := recruittest.Banks()[0]
	bank.ID, bank.Title = "eigen-mail", "Eigen vragen over mail"
	for i := range bank.Items {
		it := &bank.Items[i]
		it.ID, it.DigComp, it.Why, it.Source, it.Author = "eigen-"+it.ID, "2.1", "Daarom.", "eigen vraag", "Rik"
		for o := range it.Options {
			it.Options[o].Why = "Daarom."
		}
	}
	_, err := lib.Import(t.Context(), s.Rik, bank, quiz.ImportAsk{})
	s.Must(err)
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	house := tui.House{DB: db, People: s.People, Accounts: s.Accounts, Settings: settings, Courses: courses.NewStore(db), Quiz: tests, Recruit: s.Store, Codes: s.Codes,
		Gate: data.NewGate(s.Accounts, quiet), Log: quiet, Clock: datatest.Still}
	key, err := server.MakeHostKey(filepath.Join(t.TempDir(), "host"))
	s.Must(err)
	door, err := server.New(server.Config{HostKey: key, Gate: house.Gate, Open: house.Open, Log: quiet, Clock: datatest.Still})
	s.Must(err)
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	s.Must(err)
	served := make(chan error, 1)
	go func() { served <- door.Serve(l) }()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		_ = door.Shutdown(ctx)
		<-served
	})
	colleague := screentest.Dial(t, l.Addr().String(), "lid2", gossh.Password(datatest.Password))
	colleague.WaitFor("Vragenbanken")
	colleague.Press("ctrl+p")
	colleague.Type("Vragenbanken")
	colleague.Press("enter")
	colleague.WaitFor("Eigen vragen")
	colleague.Press("end", "enter")
	colleague.WaitFor("ontwerp")
	colleague.Press("r")
	n := len(bank.Items)
	colleague.WaitFor(fmt.Sprintf("%d van de %d ontwerpen", quiz.SampleSize(n), n))
	for range quiz.SampleSize(n) {
		colleague.Press("enter")
		colleague.WaitFor("v vakman") // of an open question, what is right stands below the room for the answer
		colleague.Press("esc")
		colleague.WaitFor("Uw oordeel")
		colleague.Press("down")
	}
	colleague.Press("k")
	colleague.WaitFor(fmt.Sprintf("U keurt alle %d ontwerpen goed", n))
	colleague.Press("down", "enter")
	colleague.WaitFor(fmt.Sprintf("%d goedgekeurd", n))
	s.Open()
	frozen, err := s.Store.Frozen(t.Context(), s.Rik, s.P.ID)
	s.Must(err)
	drawn := 0
	for _, it := range frozen {
		if strings.HasPrefix(it.Item.ID, "eigen-") && !it.Public {
			drawn++
		}
	}
	if drawn == 0 {
		t.Fatal("the recruitment drew no sealed question")
	}
	colleague.Press("esc")
	colleague.WaitFor("Eigen vragen")
	colleague.Press("enter")
	colleague.WaitFor("verborgen")
	open, err := lib.Practice(t.Context(), db, "nl")
	s.Must(err)
	for _, b := range open {
		for _, it := range b.Items {
			if strings.HasPrefix(it.ID, "eigen-") {
				t.Errorf("%s can be practised", it.ID)
			}
		}
	}
}
