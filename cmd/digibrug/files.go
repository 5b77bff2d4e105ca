package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"slices"
	"sync/atomic"
	"syscall"

	"digibrug/cmd/digibrug/town"
	"digibrug/data"
	"digibrug/tui"
	"digibrug/tui/files"
	"digibrug/tui/papers"
	"digibrug/tui/server"
	"digibrug/tui/words"

	gossh "golang.org/x/crypto/ssh"
)

// filesPost makes the files door and opens its port; nil when the configuration leaves it shut. at is where the
// screens are, to send people there who come to the wrong door.
func filesPost(ctx context.Context, cfg Config, log *slog.Logger, h *house, gate *data.Gate, at reached) (*post, error) {
	if cfg.FilesListen == "" {
		return nil, nil
	}
	key, err := filesKey(cfg, log)
	if err != nil {
		return nil, err
	}
	listener, err := listen(ctx, cfg.FilesListen)
	if err != nil {
		return nil, filesListenError(err, cfg.FilesListen)
	}
	here := reachable(listener.Addr())
	door, err := files.New(files.Config{
		Limits: cfg.Limits, HostKey: key, Gate: gate, DB: h.db, Shelf: h.shelf(), Campaigns: h.quiz, Letters: files.Drawer{Outbox: h.outbox},
		Procedures: papers.RecruitShelf{Papers: h.recruitPapers(), Lists: h.shelf()}, Errors: tui.Errors(),
		Screens: func(login string) string { return sshLine(cfg.Listen, at.screens, login) },
		Files:   func(login string) string { return sshLine(cfg.FilesListen, here, login) },
		Log:     log, Version: "digibrug",
	})
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	return &post{serve: func() error { return door.Serve(listener) }, shut: door.Shutdown, at: listener, busy: door.Visits}, nil
}

// filesListenError says how to choose another address for this door.
func filesListenError(err error, addr string) error {
	cause := errors.Unwrap(err)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return failed(err, nl.T(words.FilesPortUsed, "addr", addr))
	case errors.Is(err, syscall.EACCES), cause == nil:
		return err
	}
	return failed(err, nl.T(words.FilesPortBad, "addr", addr, "cause", cause.Error()))
}

// filesKey reads the host key of the files door, which is never that of the screens. Where there is none yet, it
// makes one: a house from before this door has none, and nobody can have known it. A log line tells, for the
// case that one was lost.
func filesKey(cfg Config, log *slog.Logger) (gossh.Signer, error) {
	path := cfg.path(cfg.FilesKey)
	if path == cfg.path(cfg.Key) {
		return nil, failed(nil, nl.T(words.FilesSameKey))
	}
	key, err := hostKey(path)
	if !errors.Is(err, server.ErrNoHostKey) {
		return key, err
	}
	if key, err = server.MakeHostKey(path); err != nil {
		return nil, err
	}
	log.Warn("new host key for the files door", "path", path, "fingerprint", gossh.FingerprintSHA256(key.PublicKey()))
	return key, nil
}

// fetchWay tells the screens where papers are fetched, once the files door is open.
type fetchWay struct {
	listen   string // as configured
	settings *data.Settings
	addr     atomic.Pointer[string]
}

func (w *fetchWay) open(addr string) { w.addr.Store(&addr) }

// where gives what to type after sftp; host is empty while the door is shut. A door that listens everywhere is
// reached by the name that letters give for the screens, where the municipality has set one.
func (w *fetchWay) where(ctx context.Context) (host, port string, err error) {
	addr := w.addr.Load()
	if addr == nil {
		return "", "", nil
	}
	host, port = hostPort(w.listen, *addr)
	asked, _, err := net.SplitHostPort(w.listen)
	if ip := net.ParseIP(asked); err != nil || asked != "" && (ip == nil || !ip.IsUnspecified()) {
		return host, port, err
	}
	door, err := w.settings.Get(ctx, data.SettingDoor, "")
	if err != nil {
		return "", "", err
	}
	name, _, err := data.SplitDoor(door)
	return cmp.Or(name, host), port, err
}

// sftpLine is what to type to fetch files.
func sftpLine(configured, addr, login string) string {
	host, port := hostPort(configured, addr)
	return fmt.Sprintf("sftp -P %s %s@%s", port, login, host)
}

// ictLogin is the log-in name of the demo's ICT officer.
func ictLogin(accounts []town.Account) string {
	at := slices.IndexFunc(accounts, func(a town.Account) bool { return a.Role == string(data.RoleICT) })
	return accounts[max(0, at)].User
}

// filesKey looks at the host key of the files door.
func (d *doctor) filesKey() {
	if d.cfg.FilesListen == "" {
		return
	}
	_, err := hostKey(d.cfg.path(d.cfg.FilesKey))
	if errors.Is(err, server.ErrNoHostKey) {
		d.note("files_host_key", heed, nl.T(words.FilesDoctorNoKey))
		return
	}
	d.must("files_host_key", err, nl.T(words.FilesDoctorKey))
}

// filesAddress tells whether the files door could open.
func (d *doctor) filesAddress(ctx context.Context) {
	if d.cfg.FilesListen == "" {
		d.note("files_address", fine, nl.T(words.FilesDoctorOff))
		return
	}
	l, err := listen(ctx, d.cfg.FilesListen)
	if err == nil {
		err = l.Close()
	} else {
		err = filesListenError(err, d.cfg.FilesListen)
	}
	d.must("files_address", err, nl.T(words.FilesDoctorAddress, "addr", d.cfg.FilesListen))
}
