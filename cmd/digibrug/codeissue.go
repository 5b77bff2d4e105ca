package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/tui/papers"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

const timeLayout = time.RFC3339

// mailShot is what code issue was given.
type mailShot struct {
	campaign, services, from, until string
	persons, addresses              []string
	staff, everybody                bool
	letterFile
}

// letterFile is where letters go.
type letterFile struct {
	out    string // empty: as text on stdout
	layout int
	force  bool
	show   func(papers.Letters) error // on stdout; nil when there is a file
}

func (l *letterFile) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&l.out, "out", "", nl.T(words.CodeCliFlagOut))
	f.IntVar(&l.layout, "layout", int(papers.OnePage), nl.T(words.CodeCliFlagLayout))
	f.BoolVar(&l.force, "force", false, nl.T(words.CodeCliFlagForce))
}

func (c *cli) codeIssue() *cobra.Command {
	var m mailShot
	cmd := &cobra.Command{Use: "issue", Short: nl.T(words.CodeCliIssue), Long: nl.T(words.CodeCliIssueLong), Args: takes(0, 0)}
	f := cmd.Flags()
	f.StringVar(&m.campaign, "campaign", "", nl.T(words.CodeCliFlagCampaign))
	f.BoolVar(&m.staff, "staff", false, nl.T(words.CodeCliFlagStaff))
	f.StringVar(&m.services, "services", "", nl.T(words.CodeCliFlagServices))
	f.StringArrayVar(&m.persons, "person", nil, nl.T(words.CodeCliFlagPerson))
	f.BoolVar(&m.everybody, "all", false, nl.T(words.CodeCliFlagAll))
	f.StringVar(&m.from, "from", "", nl.T(words.CodeCliFlagFrom))
	f.StringVar(&m.until, "until", "", nl.T(words.CodeCliFlagUntil))
	f.StringSliceVar(&m.addresses, "address", nil, nl.T(words.CodeCliFlagAddress))
	m.flags(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) (err error) {
		switch {
		case m.staff == (m.campaign != ""):
			return misused(cmd, nl.T(words.CodeCliWhich))
		case m.staff && m.services == "" && m.persons == nil && !m.everybody:
			return misused(cmd, nl.T(words.CodeCliWho))
		}
		if err := m.check(cmd); err != nil {
			return err
		}
		h, err := c.enter(cmd.Context())
		if err != nil {
			return err
		}
		defer h.leave(&err)
		order, err := c.order(cmd.Context(), h, m)
		if err != nil {
			return err
		}
		m.show = c.showLetters(m.letterFile)
		letters, err := h.mailing().Issue(cmd.Context(), c.by(), order, m.write)
		if err != nil {
			return err
		}
		return c.tellLetters(letters, m.letterFile)
	}
	return cmd
}

func (c *cli) codeReprint() *cobra.Command {
	var l letterFile
	cmd := &cobra.Command{Use: "reprint ID", Short: nl.T(words.CodeCliReprint), Args: takes(1, 1)}
	l.flags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) (err error) {
		if err := l.check(cmd); err != nil {
			return err
		}
		h, err := c.enter(cmd.Context())
		if err != nil {
			return err
		}
		defer h.leave(&err)
		one, err := c.codeNamed(cmd.Context(), h, args[0])
		if err != nil {
			return err
		}
		if err := noReprint(one); err != nil {
			return err
		}
		l.show = c.showLetters(l)
		letters, err := h.mailing().Reprint(cmd.Context(), c.by(), one.ID, l.write)
		if err != nil {
			return err
		}
		return c.tellLetters(letters, l)
	}
	return cmd
}

// noReprint says why a code that is over can't be printed again, to who prints; the gate has other words for who holds
// the letter.
func noReprint(one data.Code) error {
	switch stands := nl.T(words.CodeStands(one.State)); one.State {
	case data.CodeUsed, data.CodeReplaced:
		return failed(nil, stands)
	case data.CodeExpired, data.CodeRevoked:
		return failed(nil, stands+" "+nl.T(words.CodeCliNoReprint))
	}
	return nil
}

// order turns names into ids, and fills in the days: those of the campaign, or a month from today.
func (c *cli) order(ctx context.Context, h *house, m mailShot) (o papers.Order, err error) {
	from, until := h.db.Today(), data.DayOf(h.db.Now().AddDate(0, 0, defaultCodeDays))
	if m.campaign != "" {
		k, err := c.campaignNamed(ctx, h, m.campaign)
		if err != nil {
			return o, err
		}
		if k.State == quiz.Closed {
			return o, quiz.ErrEnded
		}
		o.Campaign, from, until = k.ID, max(from, k.OpensOn), k.ClosesOn
	}
	if m.services != "" {
		if o.Services, err = h.invited(ctx, m.services); err != nil {
			return o, err
		}
	}
	for _, name := range m.persons {
		one, err := h.people.PersonNamed(ctx, c.by(), name)
		if err != nil {
			return o, err
		}
		o.Persons = append(o.Persons, one.ID)
	}
	if m.from != "" {
		from = isoDay(m.from)
	}
	if m.until != "" {
		until = isoDay(m.until)
	}
	if o.Window, err = data.Days(from, until); err != nil {
		return o, err
	}
	o.Addresses, err = data.ParseAddresses(m.addresses)
	return o, err
}

// defaultCodeDays is how long "Ik werk hier" is good when nobody says.
const defaultCodeDays = 30

// check says beforehand what can't be: codes are made only when their letters can be.
func (l letterFile) check(cmd *cobra.Command) error {
	switch {
	case l.layout != int(papers.OnePage) && l.layout != int(papers.EightSheet):
		return misused(cmd, nl.T(words.CodeCliBadLayout))
	case l.out == "":
		return nil
	}
	if _, known := l.format(); !known {
		return misused(cmd, nl.T(words.CodeCliBadFile, "path", l.out))
	}
	if _, err := os.Lstat(l.out); err == nil && !l.force {
		return failed(fs.ErrExist, nl.T(words.CodeCliFileThere, "path", l.out))
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// format is that of the file, by its name.
func (l letterFile) format() (f papers.Format, known bool) {
	switch low := strings.ToLower(l.out); {
	case strings.HasSuffix(low, ".pdf"):
		return papers.FormatPDF, true
	case strings.HasSuffix(low, ".txt"):
		return papers.FormatTable, true
	}
	return papers.FormatTable, l.out == ""
}

// write is the delivery: before the codes count, so that a full disk or a pipe that breaks makes none.
func (l letterFile) write(_ context.Context, _ *data.Tx, letters papers.Letters) error {
	if l.out == "" {
		return l.show(letters)
	}
	f, _ := l.format()
	var text bytes.Buffer
	if err := papers.WriteLetters(&text, f, papers.Layout(l.layout), letters); err != nil {
		return err
	}
	return replaceFile(l.out, text.Bytes())
}

// showLetters writes letters on stdout, as text or as JSON.
func (c *cli) showLetters(l letterFile) func(papers.Letters) error {
	return func(letters papers.Letters) error {
		if c.json {
			return c.printJSON(lettersJSON(letters, ""))
		}
		return papers.WriteLetters(c.out, papers.FormatTable, papers.Layout(l.layout), letters)
	}
}

func lettersJSON(letters papers.Letters, file string) map[string]any {
	codes := []paperCode{}
	for _, one := range letters.All {
		codes = append(codes, paperCode{ID: one.ID, Kind: one.Journey.Kind, Campaign: one.Journey.Of, Person: one.Person, Service: one.Service,
			Secret: one.Code, From: one.From.In(data.Brussels).Format(timeLayout), Until: one.Until.In(data.Brussels).Format(timeLayout)})
	}
	return map[string]any{"letters": len(codes), "file": file, "codes": codes}
}

// tellLetters says what was made, where that was not shown already.
func (c *cli) tellLetters(letters papers.Letters, l letterFile) error {
	n := len(letters.All)
	switch {
	case n > 0 && l.out == "":
		return nil
	case c.json:
		return c.printJSON(lettersJSON(letters, l.out))
	case n == 0:
		return c.say(nl.T(words.CodeNobody))
	}
	return c.say(nl.T(words.CodeCliWritten, "n", n, "path", l.out))
}
