package datatest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"time"
)

// Cluster is a throw-away PostgreSQL server on a Unix socket. It doesn't wait for the disk, so it is
// quick, and loses everything at Stop.
type Cluster struct {
	URL    string // for EnvPostgres
	dir    string
	server *exec.Cmd
}

// ErrNoBinaries says that PostgreSQL's server is not installed.
var ErrNoBinaries = errors.New("PostgreSQL's server binaries are not installed")

// StartCluster makes and starts a cluster. The caller stops it.
func StartCluster() (_ *Cluster, err error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "digibrug-pg-")
	if err != nil {
		return nil, err
	}
	c := &Cluster{dir: dir}
	defer func() {
		if err != nil {
			c.Stop()
		}
	}()
	as, err := unprivileged(dir)
	if err != nil {
		return nil, err
	}
	files := filepath.Join(dir, "data")
	run := func(name string, args ...string) *exec.Cmd {
		cmd := exec.Command(filepath.Join(bin, name), args...)
		cmd.Dir = dir
		cmd.SysProcAttr = as
		return cmd
	}
	// The order of names must not hang on the cluster's locale, so tests run on one that orders its own way.
	plain := []string{"-D", files, "-U", "digibrug", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"}
	if _, err := run("initdb", append(plain, "--locale-provider=icu", "--icu-locale=nl-BE-u-ka-shifted")...).CombinedOutput(); err != nil {
		if err := os.RemoveAll(files); err != nil {
			return nil, err
		}
		if out, err := run("initdb", plain...).CombinedOutput(); err != nil { // before version 15, or without ICU
			return nil, fmt.Errorf("initdb: %w: %s", err, out)
		}
	}
	c.server = run("postgres", "-D", files, "-k", dir, "-c", "listen_addresses=", "-c", "fsync=off",
		"-c", "full_page_writes=off", "-c", "max_connections=400", "-c", "max_pred_locks_per_transaction=256", "-c", "log_min_messages=fatal")
	if err := c.server.Start(); err != nil {
		return nil, err
	}
	c.URL = "postgres://digibrug@/postgres?host=" + url.QueryEscape(dir)
	return c, c.wait()
}

// binaries finds the folder of initdb: on the PATH, or where Debian puts it, the newest version first.
func binaries() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path), nil
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", ErrNoBinaries
	}
	slices.Sort(found)
	return filepath.Dir(found[len(found)-1]), nil
}

// unprivileged says as whom the server runs. It refuses root, so that root hands the folder to the user
// postgres, or else nobody. The server dies with this process.
func unprivileged(dir string) (*syscall.SysProcAttr, error) {
	as := &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT, Setpgid: true}
	if os.Geteuid() != 0 {
		return as, nil
	}
	who, err := user.Lookup("postgres")
	if err != nil {
		if who, err = user.Lookup("nobody"); err != nil {
			return nil, err
		}
	}
	uid, err := strconv.ParseUint(who.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(who.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	as.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return as, os.Chown(dir, int(uid), int(gid))
}

func (c *Cluster) wait() error {
	db, err := sql.Open("pgx", c.URL)
	if err != nil {
		return err
	}
	defer db.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	for {
		if err = db.PingContext(ctx); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("PostgreSQL does not start: %w", err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// Stop ends the server and removes its files. It may be called more than once.
func (c *Cluster) Stop() {
	if c.server != nil && c.server.Process != nil {
		_ = c.server.Process.Signal(syscall.SIGQUIT) // immediate shutdown: nothing is worth saving
		_ = c.server.Wait()
		c.server = nil
	}
	if err := os.RemoveAll(c.dir); err != nil {
		fmt.Fprintln(os.Stderr, "remove cluster:", err)
	}
}
