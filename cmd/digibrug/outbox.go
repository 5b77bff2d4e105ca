package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// printTime is how long a print command may take. It hands a paper to a queue, and does not wait for the printer.
const printTime = time.Minute

// printing is an option that holds a print command, or nothing.
func printing(o option) option {
	read := o.read
	o.read = func(c *Config, v any) error {
		if s, ok := v.(string); ok && s != "" {
			if _, err := outbox.ParseCommand(s); err != nil {
				return wrong(o.name, outbox.WhyCommand, printExample, v)
			}
		}
		return read(c, v)
	}
	return o
}

const printExample = "lp -d {printer} -t {name} {file}"

// senders are those that the configuration names.
func (cfg Config) senders() map[outbox.Channel]outbox.Sender {
	all := map[outbox.Channel]outbox.Sender{}
	if cfg.OutboxFolder != "" {
		all[outbox.Folder] = cfg.folderSender()
	}
	if cfg.OutboxPrint != "" {
		all[outbox.Print] = cfg.printSender()
	}
	if cfg.mails() {
		all[outbox.Mail] = cfg.mailSender()
	}
	return all
}

// channels are the ways out that somebody can choose for any paper; the first is the one that is taken unasked. Mail
// is none of them: it needs an address.
func (cfg Config) channels() (all []outbox.Channel) {
	if cfg.FilesListen != "" {
		all = append(all, outbox.Fetch)
	}
	senders := cfg.senders()
	for _, c := range []outbox.Channel{outbox.Print, outbox.Folder} {
		if senders[c] != nil {
			all = append(all, c)
		}
	}
	return all
}

func (cfg Config) folderSender() outbox.FolderSender {
	return outbox.FolderSender{Dir: cfg.path(cfg.OutboxFolder)}
}

func (cfg Config) printSender() outbox.CommandSender {
	return outbox.CommandSender{Template: cfg.OutboxPrint, Timeout: printTime}
}

func (c *cli) outboxCommand() *cobra.Command {
	return c.group("outbox", words.OutboxCli, c.outboxList(), c.outboxPut(), c.outboxSend(), c.outboxRetry(), c.outboxDrop())
}

// paperOut is a paper of the outbox as --json prints it.
type paperOut struct {
	ID      string         `json:"id"`
	Channel outbox.Channel `json:"channel"`
	Name    string         `json:"name"`
	Media   string         `json:"media"`
	Size    int64          `json:"size"`
	Target  string         `json:"target,omitempty"`
	Maker   string         `json:"maker"`
	State   outbox.State   `json:"state"`
	Tries   int            `json:"tries"`
	Fault   string         `json:"fault,omitempty"`
	MadeAt  string         `json:"made_at"` // RFC 3339
	NextAt  string         `json:"next_at,omitempty"`
	SentAt  string         `json:"sent_at,omitempty"`
	Until   string         `json:"keep_until"`
}

func paperOutOf(p outbox.Paper) paperOut {
	moment := func(at time.Time) string {
		if at.IsZero() {
			return ""
		}
		return at.In(data.Brussels).Format(timeLayout)
	}
	return paperOut{ID: p.ID, Channel: p.Channel, Name: p.Name, Media: p.Media, Size: p.Size, Target: p.Target, Maker: p.Maker, State: p.State,
		Tries: p.Tries, Fault: p.Fault, MadeAt: moment(p.MadeAt), NextAt: moment(p.NextAt), SentAt: moment(p.SentAt), Until: moment(p.KeepUntil)}
}

// papersOut lists the queue, and the papers that were made at the command line, the oldest first.
func (c *cli) papersOut(ctx context.Context, h *house) ([]outbox.Paper, error) {
	queue, err := h.outbox.Queue(ctx, c.by())
	if err != nil {
		return nil, err
	}
	mine, err := h.outbox.Mine(ctx, c.by())
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, p := range queue {
		seen[p.ID] = true
	}
	var all []outbox.Paper
	for i := len(mine) - 1; i >= 0; i-- { // the newest stands first
		if !seen[mine[i].ID] {
			all = append(all, mine[i])
		}
	}
	return append(all, queue...), nil
}

func (c *cli) outboxList() *cobra.Command {
	return &cobra.Command{Use: "list", Short: nl.T(words.OutboxCliList), Args: takes(0, 0),
		RunE: c.inHouse(func(ctx context.Context, h *house, _ []string) error {
			all, err := c.papersOut(ctx, h)
			if err != nil {
				return err
			}
			if c.json {
				out := []paperOut{}
				for _, p := range all {
					out = append(out, paperOutOf(p))
				}
				return c.printJSON(out)
			}
			piles, err := h.outbox.Piles(ctx, c.by())
			if err != nil {
				return err
			}
			if len(all) > 0 {
				err = c.table(outboxRows(all))
			} else {
				err = c.say(nl.T(words.OutboxCliNone))
			}
			if err != nil || len(piles) == 0 {
				return err
			}
			return c.say(nl.T(words.OutboxCliPiles, "piles", pilesText(piles)))
		})}
}

// pilesText says with whom how much waits to be fetched: "an.peeters 2, bert.maes 1".
func pilesText(all []outbox.Pile) string {
	texts := make([]string, len(all))
	for i, p := range all {
		texts[i] = fmt.Sprint(p.Maker, " ", p.N)
	}
	return strings.Join(texts, ", ")
}

func outboxRows(all []outbox.Paper) [][]string {
	ids := make([]string, len(all))
	for i, p := range all {
		ids[i] = p.ID
	}
	short := shortest(ids)
	rows := [][]string{{nl.T(words.CliColID), nl.T(words.OutboxColName), nl.T(words.OutboxColMaker), nl.T(words.OutboxColChannel), nl.T(words.CliColState), nl.T(words.CliColUntil), ""}}
	for i, p := range all {
		to := nl.T(words.OutboxChannel(p.Channel))
		if p.Target != "" {
			to += " " + p.Target
		}
		rows = append(rows, []string{short[i], p.Name, p.Maker, to, nl.T(words.OutboxState(p.State)), words.ShortDay(words.NL, p.KeepUntil), p.Fault})
	}
	return rows
}

// paperNamed finds a paper by its id or the start of it.
func (c *cli) paperNamed(ctx context.Context, h *house, text string) (outbox.Paper, error) {
	all, err := c.papersOut(ctx, h)
	if err != nil {
		return outbox.Paper{}, err
	}
	var found []outbox.Paper
	for _, p := range all {
		if text != "" && strings.HasPrefix(p.ID, strings.ToLower(text)) {
			found = append(found, p)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return outbox.Paper{}, failed(data.ErrNotFound, nl.T(words.OutboxCliUnknown, "name", text))
	}
	return outbox.Paper{}, failed(nil, nl.T(words.OutboxCliSeveral, "name", text))
}

func (c *cli) outboxRetry() *cobra.Command {
	return &cobra.Command{Use: "retry ID", Short: nl.T(words.OutboxCliRetry), Args: takes(1, 1),
		RunE: c.inHouse(func(ctx context.Context, h *house, args []string) error {
			p, err := c.paperNamed(ctx, h, args[0])
			if err != nil {
				return err
			}
			if err := h.outbox.Retry(ctx, c.by(), p.ID); err != nil {
				return missing(err, nl.T(words.OutboxCliGone, "name", p.Name))
			}
			return c.done(map[string]any{"id": p.ID, "state": outbox.Waiting}, nl.T(words.OutboxRetried, "name", p.Name))
		})}
}

func (c *cli) outboxDrop() *cobra.Command {
	return &cobra.Command{Use: "drop ID", Short: nl.T(words.OutboxCliDrop), Args: takes(1, 1),
		RunE: c.inHouse(func(ctx context.Context, h *house, args []string) error {
			p, err := c.paperNamed(ctx, h, args[0])
			if err != nil {
				return err
			}
			if err := h.outbox.Drop(ctx, c.by(), p.ID); err != nil {
				return err
			}
			return c.done(map[string]any{"id": p.ID}, nl.T(words.OutboxDropped, "name", p.Name))
		})}
}

func (c *cli) outboxPut() *cobra.Command {
	cmd := &cobra.Command{Use: "put FILE", Short: nl.T(words.OutboxCliPut), Args: takes(1, 1)}
	channel := cmd.Flags().String("channel", string(outbox.Print), nl.T(words.OutboxCliFlagChannel))
	to := cmd.Flags().String("to", "", nl.T(words.OutboxCliFlagTo))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if !slices.Contains([]string{string(outbox.Print), string(outbox.Folder), string(outbox.Mail)}, *channel) { // what waits to be fetched needs an account
			return misused(cmd, nl.T(words.CliFlagWrong, "name", "--channel", "got", *channel))
		}
		body, err := readPaper(args[0])
		if err != nil {
			return err
		}
		p := outbox.Paper{Channel: outbox.Channel(*channel), Name: filepath.Base(args[0]), Media: mediaOf(args[0]), Target: *to}
		return c.inHouse(func(ctx context.Context, h *house, _ []string) error {
			p, err := h.outbox.Put(ctx, c.by(), p, body)
			if err != nil {
				return err
			}
			return c.done(map[string]any{"id": p.ID, "name": p.Name, "state": p.State}, nl.T(words.OutboxPut, "name", p.Name))
		})(cmd, args)
	}
	return cmd
}

// readPaper reads a file, but never more than a paper may be.
func readPaper(path string) (body []byte, err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return io.ReadAll(io.LimitReader(file, outbox.MaxBody+1))
}

// mediaOf is the kind of a file by its name.
func mediaOf(path string) string {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".pdf":
		return "application/pdf"
	case ".txt":
		return "text/plain; charset=utf-8"
	case ".csv":
		return "text/csv; charset=utf-8"
	case ".json":
		return "application/json"
	}
	return "application/octet-stream"
}

func (c *cli) outboxSend() *cobra.Command {
	return &cobra.Command{Use: "send", Short: nl.T(words.OutboxCliSend), Args: takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			cfg, err := c.configureReady(nil)
			if err != nil {
				return err
			}
			senders := cfg.senders()
			if len(senders) == 0 {
				return failed(nil, nl.T(words.OutboxNoSender))
			}
			h, err := open(cmd.Context(), cfg, quietLog(c.err), data.AsIs())
			if err != nil {
				return err
			}
			defer h.leave(&err)
			sent, bad, err := h.outbox.Deliver(cmd.Context(), senders)
			if err != nil {
				return err
			}
			if err := c.done(map[string]any{"sent": sent, "failed": bad}, nl.T(words.OutboxSent, "n", sent)); err != nil || bad == 0 {
				return err
			}
			return failed(nil, nl.T(words.OutboxNotSent, "n", bad))
		}}
}

// deliverEvery is how often the server looks for papers that are due.
const deliverEvery = 15 * time.Second

// deliver sends papers until ctx ends, each channel by itself: a printer that hangs holds up no folder. A round
// that fails is logged; the next one tries again.
func deliver(ctx context.Context, log *slog.Logger, cfg Config, h *house, every time.Duration) {
	var crew sync.WaitGroup
	for channel, sender := range cfg.senders() {
		one := map[outbox.Channel]outbox.Sender{channel: sender}
		crew.Go(func() { rounds(ctx, log, every, func() error { return deliverOnce(ctx, log, h, one) }) })
	}
	crew.Wait()
}

func deliverOnce(ctx context.Context, log *slog.Logger, h *house, senders map[outbox.Channel]outbox.Sender) error {
	sent, bad, err := h.outbox.Deliver(ctx, senders)
	if sent > 0 {
		log.Info("papers sent", "n", sent)
	}
	if bad > 0 {
		log.Warn("papers not sent: see digibrug outbox list", "n", bad)
	}
	return err
}

// rounds does something again and again until ctx ends.
func rounds(ctx context.Context, log *slog.Logger, every time.Duration, do func() error) {
	round := time.NewTicker(every)
	defer round.Stop()
	for {
		if err := safely(log, do); err != nil && ctx.Err() == nil {
			log.Error("papers can't leave", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-round.C:
		}
	}
}

// outbox looks whether papers can leave, and whether some did not.
func (d *doctor) outbox(ctx context.Context, h *house) {
	if d.cfg.OutboxFolder != "" {
		d.must("outbox_folder", d.sender(d.cfg.folderSender().Check(), words.OutboxDoctorFolderBad), nl.T(words.OutboxDoctorFolder, "path", d.cfg.path(d.cfg.OutboxFolder)))
	}
	if d.cfg.OutboxPrint != "" {
		d.must("outbox_print", d.sender(d.cfg.printSender().Check(), words.OutboxDoctorPrintBad), nl.T(words.OutboxDoctorPrint, "command", d.cfg.OutboxPrint))
	}
	d.mail(ctx)
	queue, err := h.outbox.Queue(ctx, d.c.by())
	if err != nil {
		d.must("outbox", err, "")
		return
	}
	senders, failed, stuck := d.cfg.senders(), 0, 0
	for _, p := range queue {
		switch {
		case p.State == outbox.Failed:
			failed++
		case senders[p.Channel] == nil:
			stuck++
		}
	}
	switch {
	case failed > 0:
		d.note("outbox", heed, nl.T(words.OutboxDoctorFailed, "n", failed))
	case stuck > 0:
		d.note("outbox", heed, nl.T(words.OutboxDoctorStuck, "n", stuck))
	default:
		d.note("outbox", fine, nl.T(words.OutboxDoctor, "n", len(queue)))
	}
}

// sender puts a cause in a sentence that says what to mend.
func (d *doctor) sender(err error, text words.Key) error {
	if err == nil {
		return nil
	}
	return failed(err, nl.T(text, "cause", fmt.Sprint(err)))
}
