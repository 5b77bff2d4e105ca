package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"

	"digibrug/data"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// verdict is how one thing stands.
type verdict string

const (
	fine  verdict = "ok"
	heed  verdict = "warning"
	amiss verdict = "error"
)

// finding is one line of the doctor.
type finding struct {
	Check   string  `json:"check"`
	Verdict verdict `json:"verdict"`
	Text    string  `json:"text"` // what was found, and what to do about it
}

// doctor goes round the house. Every check adds one line; what can't be looked at because an earlier check
// failed is left out.
type doctor struct {
	c     *cli
	cfg   Config
	found []finding
}

func (c *cli) doctorCommand() *cobra.Command {
	return &cobra.Command{Use: "doctor", Short: nl.T(words.CliDoctor), Long: nl.T(words.CliDoctorLong), Args: takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			d := &doctor{c: c}
			d.examine(cmd.Context())
			bad, err := d.report()
			if err == nil && bad > 0 {
				err = failed(nil, nl.T(words.CliDoctorBad, "n", bad))
			}
			return err
		}}
}

func (d *doctor) report() (bad int, err error) {
	signs := map[verdict]words.Key{fine: words.CliVerdictOk, heed: words.CliVerdictWarning, amiss: words.CliVerdictError}
	var rows [][]string
	for _, f := range d.found {
		if f.Verdict == amiss {
			bad++
		}
		rows = append(rows, []string{nl.T(signs[f.Verdict]), f.Text})
	}
	if d.c.json {
		return bad, d.c.printJSON(map[string]any{"ok": bad == 0, "checks": d.found})
	}
	return bad, d.c.table(rows)
}

func (d *doctor) note(check string, v verdict, text string) {
	d.found = append(d.found, finding{check, v, text})
}

// must notes an error, or that all is well; it tells whether it is.
func (d *doctor) must(check string, err error, good string) bool {
	if err != nil {
		d.note(check, amiss, data.Clean(sentence(err), maxLine))
		return false
	}
	d.note(check, fine, good)
	return true
}

func (d *doctor) examine(ctx context.Context) {
	var err error
	d.cfg, err = d.c.configureReady(nil)
	if !d.must("config", err, nl.T(words.CliDoctorConfig, "path", d.cfg.path(configName))) {
		return
	}
	if odd := unknownEnvironment(d.c.env); len(odd) > 0 {
		d.note("environment", heed, nl.T(words.CliDoctorEnvironment, "names", strings.Join(odd, ", ")))
	}
	d.directory()
	_, err = hostKey(d.cfg.path(d.cfg.Key))
	d.must("host_key", err, nl.T(words.CliDoctorHostKey))
	d.filesKey()
	d.database(ctx)
	d.banks()
	d.disk()
	d.address(ctx)
}

func (d *doctor) directory() {
	info, err := os.Stat(d.cfg.Data)
	switch {
	case err != nil:
		d.must("directory", err, "")
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		d.note("directory", heed, nl.T(words.CliDoctorDirOpen, "dir", d.cfg.Data))
	default:
		d.note("directory", fine, nl.T(words.CliDoctorDir, "dir", d.cfg.Data))
	}
}

func (d *doctor) database(ctx context.Context) {
	h, err := open(ctx, d.cfg, quietLog(d.c.err), data.AsIs())
	if err != nil {
		d.must("database", err, "")
		return
	}
	defer func() { d.closed(h.db.Close()) }()
	schema, err := h.db.SchemaVersion(ctx)
	if !d.must("database", err, nl.T(words.CliDoctorDatabase, "engine", string(h.db.Engine), "schema", schema)) {
		return
	}
	d.must("whole", h.db.Check(ctx), nl.T(words.CliDoctorWhole))
	rows, err := h.db.VerifyAudit(ctx)
	d.must("audit", err, nl.T(words.CliAuditGood, "n", rows))
	d.accounts(ctx, h)
	d.visitors(ctx, h)
	d.second(ctx, h)
	d.outbox(ctx, h)
	d.decisions(ctx, h)
}

// closed notes only a database that can't be closed.
func (d *doctor) closed(err error) {
	if err != nil {
		d.must("database", err, "")
	}
}

// accounts looks for somebody who can manage the rest.
func (d *doctor) accounts(ctx context.Context, h *house) {
	all, err := h.accounts.List(ctx, d.c.by())
	if err != nil {
		d.must("accounts", err, "")
		return
	}
	able := 0
	for _, a := range all {
		for _, r := range a.Roles {
			if r == data.RoleICT && !a.Disabled && (a.HasPassword || a.Keys > 0) {
				able++
			}
		}
	}
	if able == 0 {
		d.note("accounts", amiss, nl.T(words.CliDoctorNoICT))
		return
	}
	d.note("accounts", fine, nl.T(words.CliDoctorAccounts, "n", len(all), "able", able))
}

func (d *doctor) banks() {
	sources, err := bankSources(nil)
	if err != nil {
		d.must("banks", err, "")
		return
	}
	if bad := lint(sources).Problems; len(bad) > 0 {
		d.note("banks", amiss, nl.T(words.CliDoctorBanksBad, "first", bad[0].String()))
		return
	}
	d.note("banks", fine, nl.T(words.CliDoctorBanks, "n", len(sources)))
}

// Free space in bytes under which the doctor warns, and under which it is wrong: the audit log and the
// write-ahead log need room to grow until somebody looks again.
const (
	littleSpace = 1 << 30
	noSpace     = 100 << 20
)

func (d *doctor) disk() {
	free, err := freeSpace(d.cfg.Data)
	if err != nil {
		d.note("disk", heed, nl.T(words.CliDoctorDiskUnknown))
		return
	}
	size := fmt.Sprintf("%s GB", words.Number(words.NL, float64(free)/(1<<30), 1))
	switch {
	case free < noSpace:
		d.note("disk", amiss, nl.T(words.CliDoctorDiskLow, "size", size))
	case free < littleSpace:
		d.note("disk", heed, nl.T(words.CliDoctorDiskLow, "size", size))
	default:
		d.note("disk", fine, nl.T(words.CliDoctorDisk, "size", size))
	}
}

// address tells whether the door could open, or already is.
func (d *doctor) address(ctx context.Context) {
	unlock, err := lock(d.cfg)
	var taken *failure
	switch {
	case errors.As(err, &taken):
		d.note("address", fine, nl.T(words.CliDoctorServing))
		return
	case err != nil:
		d.must("address", err, "")
		return
	}
	defer unlock()
	for _, at := range d.cfg.doors() {
		l, err := listen(ctx, at.Listen)
		if err == nil {
			err = l.Close()
		}
		d.must("address", err, nl.T(words.CliDoctorAddress, "addr", at.Listen))
	}
	d.filesAddress(ctx)
}
