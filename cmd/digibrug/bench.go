package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strconv"
	"sync"
	"time"

	"digibrug/data"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// load says what the load generator does.
type load struct {
	visitors int           // people at work at the same time
	length   time.Duration // of the measurement, after everybody has come in
	think    time.Duration // between two keys of one person
	tests    bool          // they are candidates of one recruitment test
}

// measured is what it found. Durations sorted, the shortest first.
type measured struct {
	Visitors int
	paints   []time.Duration // from the request for a shell to the whole first screen
	keys     []time.Duration // from a key to the first byte of what it changed
	cuts     []time.Duration // from a candidate's line that breaks to a supervisor's board that has it
	failed   []error
}

func (c *cli) benchCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "bench", Short: nl.T(words.BenchShort), Long: nl.T(words.BenchLong), Args: takes(0, 0)}
	visitors := cmd.Flags().Int("visitors", 50, nl.T(words.BenchVisitors))
	length := cmd.Flags().Duration("time", 15*time.Second, nl.T(words.BenchTime))
	think := cmd.Flags().Duration("think", 2*time.Second, nl.T(words.BenchThink))
	tests := cmd.Flags().Bool("candidates", false, nl.T(words.BenchCandidates))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if *visitors < 1 || *visitors > 4000 || *length < time.Second || *think < 10*time.Millisecond {
			return misused(cmd, nl.T(words.BenchBad))
		}
		return c.bench(cmd.Context(), load{visitors: *visitors, length: *length, think: *think, tests: *tests})
	}
	return cmd
}

// bench serves a fresh demo from this process and sends people at it.
func (c *cli) bench(ctx context.Context, l load) (err error) {
	dir, err := os.MkdirTemp("", "digibrug-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	quiet := &cli{env: c.env, in: c.in, out: c.err, err: c.err, data: dir, json: true}
	cfg, err := quiet.configure(nil)
	if err != nil {
		return err
	}
	d, err := quiet.makeDemo(ctx, cfg)
	if err != nil {
		return err
	}
	if cfg, err = quiet.configureReady(map[string]string{"screens.listen": "127.0.0.1:0", "files.listen": ""}); err != nil {
		return err
	}
	working, end := context.WithCancel(ctx)
	defer end()
	var m measured
	err = serveDoors(working, cfg, slog.New(slog.DiscardHandler), func(h *house, at reached) error {
		defer end()
		if l.tests {
			m, err = l.sit(ctx, h, at.screens)
			return err
		}
		logins, err := staffLogins(ctx, h)
		if err != nil {
			return err
		}
		m = l.run(ctx, func(i int) (*benchVisit, time.Duration, error) {
			return enterBench(ctx, at.screens, logins[i%len(logins)], d.Accounts[0].Password)
		})
		return nil
	})
	if err != nil {
		return err
	}
	return c.showBench(m)
}

// staffLogins lists everybody of the town: in the demo they share one password.
func staffLogins(ctx context.Context, h *house) (logins []string, err error) {
	all, err := h.accounts.List(ctx, data.Operator("bench"))
	for _, a := range all {
		if slices.Contains(a.Roles, data.RoleStaff) {
			logins = append(logins, a.Login)
		}
	}
	return logins, err
}

// sit is run for candidates who all take one test, with a supervisor who watches; at the end all their lines break.
func (l load) sit(ctx context.Context, h *house, addr string) (m measured, err error) {
	procedure, letters, err := benchTest(ctx, h, l.visitors)
	if err != nil {
		return m, err
	}
	watching, end := context.WithCancel(ctx)
	watched := make(chan error, 1)
	w := &watch{house: h, procedure: procedure, cut: map[string]time.Time{}}
	go func() { watched <- w.supervise(watching) }()
	visits := make([]*benchVisit, l.visitors)
	m = l.run(ctx, func(i int) (*benchVisit, time.Duration, error) {
		v, painted, err := enterBench(ctx, addr, data.CodeLogin, data.ShowCode(letters[i].Code.Secret))
		if err == nil {
			visits[i], err = v, v.begins()
		}
		return v, painted, err
	})
	for i, v := range visits {
		if v == nil {
			continue
		}
		if seen, err := w.after(letters[i].Candidate.ID, v.left); err != nil {
			m.failed = append(m.failed, err)
		} else {
			m.cuts = append(m.cuts, seen)
		}
	}
	slices.Sort(m.cuts)
	end()
	if err := <-watched; err != nil && !errors.Is(err, context.Canceled) {
		return m, fmt.Errorf("supervise: %w", err)
	}
	return m, nil
}

// run lets everybody in, ten at a time, then has them press keys for the length of the load. enter lets number i in.
func (l load) run(ctx context.Context, enter func(i int) (*benchVisit, time.Duration, error)) (m measured) {
	m.Visitors = l.visitors
	var mu sync.Mutex
	note := func(change func()) {
		mu.Lock()
		defer mu.Unlock()
		change()
	}
	visits := make([]*benchVisit, l.visitors)
	turns := make(chan struct{}, 10)
	var crowd sync.WaitGroup
	for i := range visits {
		crowd.Go(func() {
			turns <- struct{}{}
			defer func() { <-turns }()
			v, painted, err := enter(i)
			if err != nil {
				note(func() { m.failed = append(m.failed, err) })
				return
			}
			visits[i] = v
			note(func() { m.paints = append(m.paints, painted) })
		})
	}
	crowd.Wait()
	until := time.Now().Add(l.length)
	for i, v := range visits {
		if v == nil {
			continue
		}
		crowd.Go(func() {
			defer v.leave()
			keys, err := v.work(ctx, until, l.think, time.Duration(i)*l.think/time.Duration(l.visitors))
			note(func() {
				m.keys = append(m.keys, keys...)
				if err != nil {
					m.failed = append(m.failed, err)
				}
			})
		})
	}
	crowd.Wait()
	slices.Sort(m.paints)
	slices.Sort(m.keys)
	return m
}

// percentile gives the value below which p percent of sorted values lie; 0 for none.
func percentile(sorted []time.Duration, p int) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, len(sorted)*p/100)]
}

func ms(d time.Duration) string {
	return strconv.FormatFloat(float64(d.Microseconds())/1000, 'f', 1, 64)
}

func (c *cli) showBench(m measured) error {
	if c.json {
		out := map[string]any{
			"visitors": m.Visitors, "failed": len(m.failed), "keys": len(m.keys),
			"paint_ms": map[string]string{"p50": ms(percentile(m.paints, 50)), "p99": ms(percentile(m.paints, 99))},
			"key_ms":   map[string]string{"p50": ms(percentile(m.keys, 50)), "p95": ms(percentile(m.keys, 95)), "p99": ms(percentile(m.keys, 99))},
		}
		if len(m.cuts) > 0 {
			out["cut_ms"] = map[string]string{"p50": ms(percentile(m.cuts, 50)), "p99": ms(percentile(m.cuts, 99))}
		}
		return c.printJSON(out)
	}
	rows := [][]string{{nl.T(words.BenchWhat), "p50 ms", "p95 ms", "p99 ms"}}
	for _, r := range []struct {
		what words.Key
		took []time.Duration
	}{{words.BenchPaint, m.paints}, {words.BenchKey, m.keys}, {words.BenchCut, m.cuts}} {
		if r.what != words.BenchCut || len(r.took) > 0 {
			rows = append(rows, []string{nl.T(r.what, "n", len(r.took)), ms(percentile(r.took, 50)), ms(percentile(r.took, 95)), ms(percentile(r.took, 99))})
		}
	}
	err := c.table(rows)
	if err != nil || len(m.failed) == 0 {
		return err
	}
	return failed(m.failed[0], nl.T(words.BenchFailed, "n", len(m.failed), "cause", fmt.Sprint(cmp.Or(m.failed[0], errors.New("?")))))
}
