package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"slices"
	"strings"
	"time"

	"digibrug/cmd/digibrug/town"
	"digibrug/data"
	"digibrug/quiz"
	"digibrug/tui/server"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// demoName is the file that marks a data directory as a demo and holds its accounts.
const demoName = "demo.json"

// demo is what the demo prints with --json, and keeps without the address.
type demo struct {
	Screens  string         `json:"screens,omitempty"`
	Files    string         `json:"files,omitempty"`
	Dir      string         `json:"dir"`
	Kiosk    string         `json:"kiosk,omitempty"` // file of a kiosk PC's key
	Accounts []town.Account `json:"accounts"`
	Tickets  []town.Ticket  `json:"candidates,omitempty"` // with the codes for the recruitment test of the day it was made
}

func (c *cli) demoCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "demo", Short: nl.T(words.CliDemo), Long: nl.T(words.CliDemoLong), Args: takes(0, 0)}
	addr := cmd.Flags().String("listen", "127.0.0.1:0", nl.T(words.CliDemoListen))
	files := cmd.Flags().String("files-listen", "127.0.0.1:0", nl.T(words.FilesFlagListen))
	dir := cmd.Flags().String("dir", "", nl.T(words.CliDemoDir))
	cmd.RunE = func(cmd *cobra.Command, _ []string) (err error) {
		if c.data != "" {
			return misused(cmd, nl.T(words.CliDemoData))
		}
		if *dir == "" {
			if *dir, err = os.MkdirTemp("", "digibrug-demo-"); err != nil {
				return err
			}
			defer func() { err = errors.Join(err, os.RemoveAll(*dir)) }()
		}
		return c.demo(cmd.Context(), *dir, map[string]string{"screens.listen": *addr, "files.listen": *files})
	}
	return cmd
}

// demo fills the directory unless it holds a demo, and serves it at these addresses.
func (c *cli) demo(ctx context.Context, dir string, addrs map[string]string) error {
	// A demo never touches the database that the environment names for the real thing.
	c.data, c.env = dir, slices.DeleteFunc(slices.Clone(c.env), func(pair string) bool {
		return strings.HasPrefix(pair, "DIGIBRUG_DB=") || strings.HasPrefix(pair, "DIGIBRUG_DATA=")
	})
	cfg, err := c.configure(nil)
	if err != nil {
		return err
	}
	d, err := readDemo(cfg)
	if errors.Is(err, fs.ErrNotExist) {
		d, err = c.makeDemo(ctx, cfg)
	}
	if err != nil {
		return err
	}
	if cfg, err = c.configureReady(addrs); err != nil {
		return err
	}
	d.Dir = dir
	return serveDoors(ctx, cfg, cfg.logger(c.err), func(_ *house, at reached) error {
		d.Screens, d.Files = at.screens, at.files
		if c.json {
			return c.printJSON(d)
		}
		return c.showDemo(d)
	})
}

func readDemo(cfg Config) (d demo, err error) {
	text, err := os.ReadFile(cfg.path(demoName))
	if err != nil {
		return d, err
	}
	if err = json.Unmarshal(text, &d); err != nil {
		return d, failed(err, nl.T(words.CliDemoBroken, "path", cfg.path(demoName)))
	}
	return d, nil
}

// makeDemo fills an empty directory. When it fails, what it made goes.
func (c *cli) makeDemo(ctx context.Context, cfg Config) (d demo, err error) {
	if err := unused(cfg); err != nil {
		return d, err
	}
	var made traces
	defer func() {
		if err != nil {
			made.undo()
		}
	}()
	if err := made.dir(cfg.Data); err != nil {
		return d, err
	}
	if !c.json {
		if err := c.say(nl.T(words.CliDemoFilling, "place", town.Place)); err != nil {
			return d, err
		}
	}
	for _, key := range []string{cfg.path(cfg.Key), cfg.path(cfg.FilesKey)} {
		if _, err := server.MakeHostKey(key); err != nil {
			return d, err
		}
		made.note(key)
	}
	made.database(cfg)
	cfg = demoConfig(cfg)
	banks, err := quiz.ShippedBanks(data.Banks, "nl")
	if err != nil {
		return d, err
	}
	filled, err := town.Fill(ctx, cfg.url(), time.Now(), data.NewHasher(cfg.Hash), banks)
	if err != nil {
		return d, err
	}
	if err := data.WriteNew(cfg.path(town.FileName), filled.Workbook); err != nil {
		return d, err
	}
	made.note(cfg.path(town.FileName))
	if err := data.WriteNew(cfg.path(configName), []byte(cfg.fileText())); err != nil {
		return d, err
	}
	made.note(cfg.path(configName))
	d = demo{Dir: cfg.Data, Accounts: town.Accounts(), Tickets: filled.Tickets}
	if d.Kiosk, err = c.demoKiosk(ctx, cfg, &made); err != nil {
		return d, err
	}
	text, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return d, err
	}
	return d, data.WriteNew(cfg.path(demoName), []byte(string(text)+"\n"))
}

// demoKiosk puts a PC in the public computer room of the town and gives the file of its key.
func (c *cli) demoKiosk(ctx context.Context, cfg Config, made *traces) (path string, err error) {
	path = cfg.path(town.KioskName)
	public, keys, err := makeKioskKey(path, town.KioskName)
	if err != nil {
		return "", err
	}
	made.note(keys.paths...)
	h, err := open(ctx, cfg, quietLog(c.err))
	if err != nil {
		return "", err
	}
	defer h.leave(&err)
	at, err := h.locationNamed(ctx, town.KioskPlace)
	if err == nil {
		_, err = h.kiosks.Add(ctx, c.by(), data.NewKiosk{Name: town.KioskName, Kind: data.KioskOCR, LocationID: at.ID, Key: public})
	}
	return path, err
}

// demoConfig opens the door wide: load generators come from one address, a thousand at a time. The
// password costs are the least that are accepted, so that a thousand log-ins don't measure argon2id; no
// real person has a password here.
func demoConfig(cfg Config) Config {
	cfg.Limits.Conns, cfg.Limits.ConnsPerAddress = 4000, 4000
	cfg.Limits.Unauth, cfg.Limits.UnauthPerAddress, cfg.Limits.UnauthStart = 2000, 2000, 2000
	cfg.Hash = data.HashParams{Memory: 8 * 1024, Time: 1, Threads: 1}
	cfg.LogLevel = slog.LevelWarn
	return cfg
}

// showDemo prints who can log in and how.
func (c *cli) showDemo(d demo) error {
	if err := c.say(nl.T(words.CliDemoReady, "place", town.Place, "addr", d.Screens)); err != nil {
		return err
	}
	rows := [][]string{{nl.T(words.CliColRole), nl.T(words.CliColPassword), nl.T(words.CliColSSH)}}
	for _, a := range d.Accounts {
		rows = append(rows, []string{words.RoleName(words.NL, data.Role(a.Role)), a.Password, sshLine(d.Screens, d.Screens, a.User)})
	}
	if err := c.table(rows); err != nil {
		return err
	}
	if d.Files != "" {
		if err := c.say(nl.T(words.FilesDemoReady, "login", ictLogin(d.Accounts), "dir", d.Dir, "line", sftpLine(d.Files, d.Files, ictLogin(d.Accounts)))); err != nil {
			return err
		}
	}
	if d.Kiosk != "" {
		host, port := hostPort(d.Screens, d.Screens)
		if err := c.say(nl.T(words.CliDemoKiosk, "line", fmt.Sprintf("ssh -t -p %s -i %s %s@%s", port, quoted(d.Kiosk), data.KioskLogin, host))); err != nil {
			return err
		}
	}
	if err := c.showTickets(d); err != nil {
		return err
	}
	return c.say(nl.T(words.CliDemoStop, "dir", d.Dir))
}

// showTickets prints with which codes the candidates of the recruitment test come in.
func (c *cli) showTickets(d demo) error {
	if len(d.Tickets) == 0 {
		return nil
	}
	if err := c.say(nl.T(words.CliDemoCandidates, "line", sshLine(d.Screens, d.Screens, data.CodeLogin))); err != nil {
		return err
	}
	rows := [][]string{{nl.T(words.CliColCandidate), nl.T(words.CliColName), nl.T(words.CliColSecret)}}
	for _, t := range d.Tickets {
		rows = append(rows, []string{t.Label, t.Name, t.Code})
	}
	return c.table(rows)
}
