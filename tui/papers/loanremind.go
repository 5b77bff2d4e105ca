package papers

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/loans"
	"digibrug/tui/words"
)

// Wording is what a bundle of reminders says, as it goes out: a letter on paper, a mail, or a text message.
type Wording struct {
	letter Document
	head   []string // whom a mail or text message goes to, and what it is about
	sms    string   // empty: it is a letter or mail
}

// Wording is what goes out for a bundle, to be read first.
func (p LoanPapers) Wording(ctx context.Context, b loans.Bundle) (Wording, error) {
	h, err := p.letterhead(ctx)
	if err != nil {
		return Wording{}, fmt.Errorf("wording of a reminder: %w", err)
	}
	return h.wording(b, p), nil
}

func (h letterhead) wording(b loans.Bundle, p LoanPapers) Wording {
	w := Wording{letter: h.letter(b, p)}
	switch b.Channel {
	case loans.ByMail:
		w.head = []string{h.T(words.ReminderMailTo, "to", b.To.Mail), h.T(words.ReminderMailAbout, "title", w.letter.Title)}
		w.letter.Name = strings.Replace(w.letter.Name, "brief-", "mail-", 1)
	case loans.ByText:
		w.head, w.sms = []string{h.T(words.ReminderMailTo, "to", b.To.Phone)}, h.sms(b)
		w.letter.Name = strings.Replace(w.letter.Name, "brief-", "sms-", 1)
	}
	return w
}

// Text gives it as plain text in lines of at most width cells; 0: each paragraph is one line.
func (w Wording) Text(width int) string {
	lines := narrow(width, "", cleaned(w.head)...)
	if len(lines) > 0 {
		lines = append(lines, "")
	}
	if w.sms != "" {
		return strings.Join(append(lines, narrow(width, "", data.Clean(w.sms, docText))...), "\n") + "\n"
	}
	return strings.Join(append(lines, w.letter.Text(width)), "\n")
}

func cleaned(lines []string) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = data.Clean(line, maxText)
	}
	return out
}

// Remind does the steps of a bundle and puts their one paper in the outbox, both or neither: a letter as a PDF, a mail
// or text message as plain text. done are the steps that nobody else did meanwhile; the paper is about those alone, and
// there is none when done is empty.
func (p LoanPapers) Remind(ctx context.Context, by data.Actor, ch outbox.Channel, b loans.Bundle) (done []loans.Notice, paper outbox.Paper, err error) {
	h, err := p.letterhead(ctx)
	if err != nil {
		return nil, paper, fmt.Errorf("remind: %w", err)
	}
	done, err = p.Loans.RemindAll(ctx, by, b.IDs(), func(ctx context.Context, tx *data.Tx, now []loans.Notice) (err error) {
		left := b
		left.All = slices.DeleteFunc(slices.Clone(b.All), func(r loans.Reminder) bool {
			return !slices.ContainsFunc(now, func(n loans.Notice) bool { return n.ID == r.ID })
		})
		paper, err = h.send(ctx, tx, by, ch, left, p)
		return err
	})
	if err != nil || len(done) == 0 {
		return nil, outbox.Paper{}, err
	}
	return done, paper, nil
}

// RemindExtra reminds of one loan besides the ladder, and puts the paper of it in the outbox, both or neither. A call
// has no paper: its Name is empty. It returns an *data.Invalid, also for a loan that has ended.
func (p LoanPapers) RemindExtra(ctx context.Context, by data.Actor, ch outbox.Channel, r loans.Reminder, c loans.Channel, note string) (paper outbox.Paper, err error) {
	h, err := p.letterhead(ctx)
	if err != nil {
		return paper, fmt.Errorf("remind once more: %w", err)
	}
	err = p.Loans.RemindExtra(ctx, by, r.Loan.ID, c, note, func(ctx context.Context, tx *data.Tx, n loans.Notice) (err error) {
		if c == loans.ByCall {
			return nil
		}
		again := r
		again.Notice = n
		paper, err = h.send(ctx, tx, by, ch, loans.Bundle{Channel: c, To: r.To, All: []loans.Reminder{again}}, p)
		return err
	})
	if err != nil {
		return outbox.Paper{}, err
	}
	return paper, nil
}

// send puts the paper of a bundle in the outbox. An address that no sender would take is in the text all the same.
func (h letterhead) send(ctx context.Context, tx *data.Tx, by data.Actor, ch outbox.Channel, b loans.Bundle, p LoanPapers) (outbox.Paper, error) {
	w := h.wording(b, p)
	if b.Channel != loans.ByMail && b.Channel != loans.ByText {
		return Send(ctx, tx, by, ch, w.letter)
	}
	paper := outbox.Paper{Channel: ch, Name: w.letter.FileName(FormatTable), Media: mediaText}
	if ch == outbox.Mail && outbox.GoodTarget(b.To.Mail) {
		paper.Target = b.To.Mail
	}
	return toOutbox(ctx, tx, by, paper, func(out io.Writer) error {
		_, err := io.WriteString(out, w.Text(0))
		return err
	})
}

const mediaText = "text/plain; charset=utf-8"

// Text is a bundle as a text message: one line, with no name of a person in it.
func (p LoanPapers) Text(ctx context.Context, b loans.Bundle) (string, error) {
	h, err := p.letterhead(ctx)
	if err != nil || len(b.All) == 0 {
		return "", err
	}
	return h.sms(b), nil
}

func (h letterhead) sms(b loans.Bundle) string {
	if len(b.All) == 0 {
		return ""
	}
	first := slices.MinFunc(b.All, func(x, y loans.Reminder) int { return cmp.Compare(x.Loan.DueOn, y.Loan.DueOn) }).Loan
	key := words.LoanletterSms
	if first.DueOn >= h.today {
		key = words.LoanletterSmsBefore
	}
	return h.T(key, "n", len(b.All), "more", len(b.All)-1, "place", h.place, "device", first.Device, "day", words.StoredDay(lang, first.DueOn), "places", h.where(b.All))
}
