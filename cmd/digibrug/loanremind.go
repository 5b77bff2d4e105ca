package main

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/loans"
	"digibrug/tui/papers"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

func (h *house) loanPapers() papers.LoanPapers {
	return papers.NewLoanPapers(h.loans, h.settings, h.calendar, h.db.Now)
}

// remindFlags are what loan remind was told to do; nothing: it shows what is due.
type remindFlags struct {
	make    bool
	call    string // reached or no-answer
	extra   string // channel
	note    string
	channel string // of the outbox
}

// Values of --call.
const (
	callReached = "reached"
	callSilent  = "no-answer"
)

func reminderChannels() string {
	var all []string
	for _, ch := range loans.Channels() {
		all = append(all, string(ch))
	}
	return strings.Join(all, ", ")
}

// loanRemind shows the steps of today, makes their papers, writes down a call, or reminds once more.
func (c *cli) loanRemind() *cobra.Command {
	var f remindFlags
	cmd := &cobra.Command{Use: "remind [TOESTEL]", Short: nl.T(words.LoancliRemind), Args: takes(0, 1)}
	flags := cmd.Flags()
	flags.BoolVar(&f.make, "make", false, nl.T(words.LoancliFlagMake))
	flags.StringVar(&f.call, "call", "", nl.T(words.LoancliFlagCall, "known", callReached+", "+callSilent))
	flags.StringVar(&f.extra, "extra", "", nl.T(words.LoancliFlagExtra, "known", reminderChannels()))
	flags.StringVar(&f.note, "note", "", nl.T(words.LoancliFlagNote))
	flags.StringVar(&f.channel, "channel", string(outbox.Fetch), nl.T(words.LoancliFlagChannel))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		device := cmd.Flags().Changed("call") || cmd.Flags().Changed("extra")
		given := 0
		for _, name := range []string{"make", "call", "extra"} {
			if cmd.Flags().Changed(name) {
				given++
			}
		}
		switch {
		case given > 1:
			return misused(cmd, nl.T(words.LoancliRemindOne))
		case device && len(args) == 0:
			return misused(cmd, nl.T(words.CliTooFew, "use", cmd.UseLine()))
		case !device && len(args) == 1:
			return misused(cmd, nl.T(words.LoancliRemindWhat))
		case f.make:
			return c.inHouse(func(ctx context.Context, h *house, _ []string) error { return c.remindAll(ctx, h, f) })(cmd, args)
		case cmd.Flags().Changed("call"):
			if f.call != callReached && f.call != callSilent {
				return misused(cmd, nl.T(words.CliFlagWrong, "name", "--call", "got", f.call))
			}
			return c.inHouse(func(ctx context.Context, h *house, args []string) error { return c.called(ctx, h, args[0], f) })(cmd, args)
		case cmd.Flags().Changed("extra"):
			return c.inHouse(func(ctx context.Context, h *house, args []string) error { return c.remindExtra(ctx, h, args[0], f) })(cmd, args)
		}
		return c.inHouse(c.reminders)(cmd, args)
	}
	return cmd
}

// reminders shows what is to be done today.
func (c *cli) reminders(ctx context.Context, h *house, _ []string) error {
	all, err := h.loans.Reminders(ctx, c.by())
	if err != nil {
		return err
	}
	type step struct {
		ID     string `json:"id"`
		Step   int64  `json:"step"`
		By     string `json:"by"` // call, letter, mail, text, registered or social
		Device string `json:"device"`
		To     string `json:"to"`
		Phone  string `json:"phone,omitempty"`
		Mail   string `json:"mail,omitempty"`
		DueOn  string `json:"due_on"`
		Late   int64  `json:"late_days"`
		Tries  int    `json:"tries"`
	}
	out := []step{}
	rows := [][]string{{nl.T(words.LoanCliColWhat), nl.T(words.LoanCliColDevice), nl.T(words.LoanCliColBorrower), nl.T(words.ReminderColPhone), nl.T(words.ReminderColDue), nl.T(words.LoancliColLate)}}
	for _, r := range all {
		late := r.Late(h.db.Today())
		out = append(out, step{r.ID, r.Step, string(r.By()), r.Loan.Device, r.To.Name(), r.To.Phone, r.To.Mail, r.Loan.DueOn, late, len(r.Tries)})
		rows = append(rows, []string{nl.T(reminderName(r.By())), r.Loan.Device, r.To.Name(), r.To.Phone, dayText(r.Loan.DueOn), strconv.FormatInt(late, 10)})
	}
	switch {
	case c.json:
		return c.printJSON(out)
	case len(all) == 0:
		return c.say(nl.T(words.ReminderNone))
	}
	return c.table(rows)
}

func reminderName(ch loans.Channel) words.Key {
	return map[loans.Channel]words.Key{loans.ByCall: words.ReminderCall, loans.ByLetter: words.ReminderLetter, loans.ByMail: words.ReminderMail,
		loans.ByText: words.ReminderSms, loans.Registered: words.ReminderRegistered, loans.SocialWorker: words.ReminderTask}[ch]
}

// remindAll makes the papers of today, each together with its steps: what was made before one fails, is made.
func (c *cli) remindAll(ctx context.Context, h *house, f remindFlags) error {
	all, err := h.loans.Reminders(ctx, c.by())
	if err != nil {
		return err
	}
	names := []string{}
	for _, b := range loans.Bundles(all) {
		done, p, err := h.loanPapers().Remind(ctx, c.by(), outbox.Channel(f.channel), b)
		if err != nil {
			return err
		}
		if len(done) > 0 {
			names = append(names, p.Name)
		}
	}
	if len(names) == 0 && !c.json {
		return c.say(nl.T(words.LoancliNoLetters))
	}
	return c.done(map[string]any{"papers": names}, nl.T(words.LoancliLetters, "n", len(names), "names", strings.Join(names, ", ")))
}

// called writes down a call about a device.
func (c *cli) called(ctx context.Context, h *house, code string, f remindFlags) error {
	d, err := c.deviceNamed(ctx, h, code)
	if err != nil {
		return err
	}
	all, err := h.loans.Reminders(ctx, c.by())
	if err != nil {
		return err
	}
	at := slices.IndexFunc(all, func(r loans.Reminder) bool { return r.Loan.DeviceID == d.ID })
	if at < 0 {
		return failed(data.ErrNotFound, nl.T(words.LoancliNoStep, "device", d.Called()))
	}
	done, err := h.loans.Call(ctx, c.by(), all[at].ID, f.call == callReached, f.note)
	if err != nil {
		return err
	}
	if !done {
		return failed(nil, nl.T(words.ReminderMeanwhile))
	}
	said := words.ReminderSilentNow
	if f.call == callReached {
		said = words.ReminderReachedNow
	}
	return c.done(map[string]any{"loan": all[at].LoanID, "step": all[at].Step, "call": f.call}, nl.T(said, "name", all[at].To.Name()))
}

// remindExtra reminds of a device once more, besides the ladder.
func (c *cli) remindExtra(ctx context.Context, h *house, code string, f remindFlags) error {
	l, err := c.lastLoan(ctx, h, code)
	if err != nil {
		return err
	}
	people, err := h.loans.OpenPeople(ctx, c.by())
	if err != nil {
		return err
	}
	r := loans.Reminder{Notice: loans.Notice{LoanID: l.ID, Loan: l}, Who: people[l.BorrowerID]}
	r.To = r.Who
	if g, known := people[r.Who.GuardianID]; known {
		r.To = g
	}
	p, err := h.loanPapers().RemindExtra(ctx, c.by(), outbox.Channel(f.channel), r, loans.Channel(f.extra), f.note)
	if err != nil {
		return err
	}
	said := nl.T(words.ReminderExtraNoted)
	if p.Name != "" {
		said = nl.T(words.LoancliLetters, "n", 1, "names", p.Name)
	}
	return c.done(map[string]any{"loan": l.ID, "paper": p.Name}, said)
}
