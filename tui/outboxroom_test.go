package tui_test

import (
	"context"
	"log/slog"
	"testing"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/outbox"
	"digibrug/quiz"
	"digibrug/tui"
	"digibrug/tui/screentest"
	"digibrug/tui/server"
	"digibrug/tui/shell"
)

// TestOutboxRoom goes to the room as anybody with an account, and finds there what was made and how it is fetched.
func TestOutboxRoom(t *testing.T) {
	town := datatest.NewTown(t, datatest.Open(t, datatest.SQLite(t)))
	store := outbox.NewStore(town.DB)
	if _, err := store.Put(t.Context(), town.Actor("an.peeters"), outbox.Paper{Channel: outbox.Fetch, Name: "lijst.pdf", Media: "application/pdf"}, []byte("%PDF")); err != nil {
		t.Fatal(err)
	}
	quiet := slog.New(slog.DiscardHandler)
	house := tui.House{DB: town.DB, People: town.People, Accounts: town.Accounts, Settings: data.NewSettings(town.DB), Courses: courses.NewStore(town.DB), Outbox: store,
		Fetch: func(context.Context) (string, string, error) { return "zandwerve.example", "2223", nil },
		Quiz:  quiz.NewStore(town.DB, nil), Gate: data.NewGate(town.Accounts, quiet), Log: quiet, Clock: datatest.Still}
	for login, want := range map[string]string{"an.peeters": "lijst.pdf", "lid1": "U hebt nog geen brieven of prints", "ivo.ict": "wachtrij"} {
		model, err := house.OpenVisit(server.Guest{Identity: town.Identity(login), Ctx: t.Context()})
		if err != nil {
			t.Fatal(err)
		}
		s := screentest.ShowRoot(t, model.(shell.Root), 80, 24, shell.GoMsg{Room: "outbox"})
		has(t, s, "Brieven en prints", want)
		if login == "an.peeters" {
			has(t, s.Send(screentest.Keys("enter")...), "sftp -P 2223 an.peeters@zandwerve.example:/brieven/lijst.pdf")
		}
	}
}
