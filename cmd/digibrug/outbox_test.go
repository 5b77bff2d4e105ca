package main

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/outbox"
)

// TestDeliverEachByItself lets a printer hang: what goes to the folder leaves all the same, and when the server stops
// the print is as if nobody had begun with it.
func TestDeliverEachByItself(t *testing.T) {
	dir := t.TempDir()
	begun := filepath.Join(dir, "begun")
	printer := filepath.Join(dir, "printer")
	if err := os.WriteFile(printer, []byte("#!/bin/sh\n: > '"+begun+"'\nsleep 300\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "uit"), 0o700); err != nil {
		t.Fatal(err)
	}
	cfg := defaultConfig()
	cfg.Data, cfg.OutboxFolder, cfg.OutboxPrint = dir, "uit", "'"+printer+"' {file}"
	h := &house{db: datatest.Open(t, datatest.SQLite(t))}
	h.outbox = outbox.NewStore(h.db)
	put := func(channel outbox.Channel, name string) {
		t.Helper()
		if _, err := h.outbox.Put(t.Context(), datatest.Operator, outbox.Paper{Channel: channel, Name: name, Media: "application/pdf"}, []byte("%PDF")); err != nil {
			t.Fatal(err)
		}
	}
	there := func(path string) {
		t.Helper()
		for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
			if _, err := os.Stat(path); err == nil {
				return
			}
		}
		t.Fatalf("waited 20 s for %s", path)
	}
	put(outbox.Print, "p.pdf")
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		deliver(ctx, slog.New(slog.DiscardHandler), cfg, h, 10*time.Millisecond)
	}()
	there(begun)
	put(outbox.Folder, "f.pdf")
	there(filepath.Join(dir, "uit", "f.pdf"))
	stop()
	select {
	case <-ended:
	case <-time.After(20 * time.Second):
		t.Fatal("the rounds don't end")
	}
	queue, err := h.outbox.Queue(t.Context(), datatest.Operator)
	if err != nil || len(queue) != 1 || queue[0].Name != "p.pdf" || queue[0].Tries != 0 || queue[0].State != outbox.Waiting {
		t.Errorf("the queue has %+v, %v", queue, err)
	}
}

func TestChannels(t *testing.T) {
	cfg := defaultConfig()
	for name, c := range map[string]struct {
		change func()
		want   []outbox.Channel
	}{
		"fetching alone":     {func() {}, []outbox.Channel{outbox.Fetch}},
		"a printer as well":  {func() { cfg.OutboxPrint = "lp {file}" }, []outbox.Channel{outbox.Fetch, outbox.Print}},
		"no door, but paper": {func() { cfg.FilesListen, cfg.OutboxPrint, cfg.OutboxFolder = "", "lp {file}", "uit" }, []outbox.Channel{outbox.Print, outbox.Folder}},
		"no way at all":      {func() { cfg.FilesListen = "" }, nil},
	} {
		cfg = defaultConfig()
		c.change()
		got := cfg.channels()
		if len(got) != len(c.want) {
			t.Errorf("%s: %v", name, got)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: %v, want %v", name, got, c.want)
			}
		}
	}
}

// TestFetchWay tells the screens where papers are fetched.
func TestFetchWay(t *testing.T) {
	settings := data.NewSettings(datatest.Open(t, datatest.SQLite(t)))
	if err := settings.Set(t.Context(), datatest.Operator, data.SettingDoor, "digibrug.zandwerve.example:2022"); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ listen, addr, host, port string }{
		"a door that is shut":     {"", "", "", ""},
		"this machine alone":      {"127.0.0.1:2223", "127.0.0.1:2223", "127.0.0.1", "2223"},
		"one address":             {"192.0.2.7:2223", "192.0.2.7:2223", "192.0.2.7", "2223"},
		"everywhere":              {":0", "127.0.0.1:43210", "digibrug.zandwerve.example", "43210"},
		"everywhere, in numbers":  {"0.0.0.0:2223", "127.0.0.1:2223", "digibrug.zandwerve.example", "2223"},
		"everywhere, in the new":  {"[::]:2223", "127.0.0.1:2223", "digibrug.zandwerve.example", "2223"},
		"this machine in the new": {"[::1]:2223", "[::1]:2223", "::1", "2223"},
	} {
		way := &fetchWay{listen: c.listen, settings: settings}
		if c.addr != "" {
			way.open(c.addr)
		}
		if host, port, err := way.where(t.Context()); host != c.host || port != c.port || err != nil {
			t.Errorf("%s: %s %s %v, want %s %s", name, host, port, err, c.host, c.port)
		}
	}
}

// TestListOfWhatIsFetched: nothing has to leave, but somebody's print waits to be fetched, and the list says with whom.
func TestListOfWhatIsFetched(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	says := func(args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		if code := run(t.Context(), append(args, "--data", dir), nil, strings.NewReader(""), &out, &errs); code != exitDone {
			t.Fatalf("%v: exit %d: %s", args, code, errs.String())
		}
		return out.String()
	}
	says("init", "--place", "Zandwerve", "--admin", "jan.maes")
	db, err := data.Open(t.Context(), "sqlite:"+filepath.Join(dir, "digibrug.db"))
	if err != nil {
		t.Fatal(err)
	}
	jan, err := data.NewAccounts(db, nil).Find(t.Context(), data.Operator("test"), "jan.maes")
	if err != nil {
		t.Fatal(err)
	}
	paper := outbox.Paper{Channel: outbox.Fetch, Name: "contract-geheim.pdf", Media: "application/pdf"}
	if _, err := outbox.NewStore(db).Put(t.Context(), data.Actor{AccountID: jan.ID, Name: jan.Login, ByKey: true}, paper, []byte("%PDF")); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if got := says("outbox", "list"); !strings.HasPrefix(got, "Er wacht niets om te vertrekken.\n") || !strings.Contains(got, "jan.maes 1.") || strings.Contains(got, "geheim") {
		t.Errorf("the list says:\n%s", got)
	}
}
