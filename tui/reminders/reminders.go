// Package reminders is the room of what is late: who is to be called today and what to say, the letters, mails and
// text messages of today in one bundle for a household or person, the tasks of social workers, what was done about each
// loan, and a reminder once more.
//
// Which step is due, whom it is for and that it is done once the register decides; what a letter says is in papers.
// Tasks about clients of the OCMW come in the place of letters and fines, and the register shows them to social workers
// alone.
package reminders

import (
	"context"
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/papers"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Room is the room's name in the palette and for shell.GoMsg.
const Room shell.Room = "reminders"

// Desk is what the room works with.
type Desk struct {
	Store    *loans.Store
	Papers   papers.LoanPapers
	Channels []outbox.Channel // by which papers can leave: letters by the printer where there is one; nil: they wait to be fetched
}

// way is how the paper of a step leaves: a mail or text message by no printer.
func (d Desk) way(c loans.Channel) outbox.Channel {
	typed := c == loans.ByMail || c == loans.ByText
	switch {
	case !typed && slices.Contains(d.Channels, outbox.Print):
		return outbox.Print
	case c == loans.ByMail && slices.Contains(d.Channels, outbox.Mail):
		return outbox.Mail
	case typed || len(d.Channels) == 0 || d.Channels[0] == outbox.Mail: // a letter on paper has no mail address
		return outbox.Fetch
	}
	return d.Channels[0]
}

// called writes a call to one person down for every step that it was about. n are those that nobody did meanwhile.
func (d Desk) called(ctx context.Context, by data.Actor, b loans.Bundle, reached bool, note string) (n int, err error) {
	for _, id := range b.IDs() {
		done, err := d.Store.Call(ctx, by, id, reached, note)
		if err != nil {
			return n, err
		}
		if done {
			n++
		}
	}
	return n, nil
}

// jobs puts the steps together that somebody does in one go: a call to one person, a task about one, and the papers as
// they go out. Calls and tasks come first.
func jobs(all []loans.Reminder) []loans.Bundle {
	var spoken []loans.Bundle
	for _, r := range all {
		c := r.By()
		if !isSpoken(c) {
			continue
		}
		at := slices.IndexFunc(spoken, func(b loans.Bundle) bool { return b.Channel == c && b.To.ID == r.To.ID })
		if at < 0 {
			at = len(spoken)
			spoken = append(spoken, loans.Bundle{Channel: c, To: r.To})
		}
		spoken[at].All = append(spoken[at].All, r)
	}
	return append(spoken, loans.Bundles(all)...)
}

// isSpoken tells whether somebody talks to somebody, and no paper goes out.
func isSpoken(c loans.Channel) bool { return c == loans.ByCall || c == loans.SocialWorker }

// asLetter is the bundle of a call as a letter to the same person.
func asLetter(b loans.Bundle) loans.Bundle {
	b.Channel = loans.ByLetter
	return b
}

// asCall is what a call can be about in the place of a paper: of a household, the devices of who is addressed.
func asCall(b loans.Bundle) loans.Bundle {
	b.Channel = loans.ByCall
	b.All = slices.DeleteFunc(slices.Clone(b.All), func(r loans.Reminder) bool { return r.To.ID != b.To.ID })
	return b
}

// base is what the screens of the room share.
type base struct {
	page.Page
	desk Desk
}

func (b base) today() string { return data.DayOf(b.S.Now()) }

// clerk tells whether the visitor works at the desk; social workers who don't have their tasks alone.
func (b base) clerk() bool { return b.S.Who.Has(data.RoleClerk) || b.S.Who.Has(data.RoleICT) }

// channel is what a way of reaching somebody is called.
func (b base) channel(c loans.Channel) string {
	return b.S.T(map[loans.Channel]words.Key{loans.ByCall: words.ReminderCall, loans.ByLetter: words.ReminderLetter, loans.ByMail: words.ReminderMail,
		loans.ByText: words.ReminderSms, loans.Registered: words.ReminderRegistered, loans.SocialWorker: words.ReminderTask}[c])
}

// weekday writes a stored day as "vr 25/12/2026".
func (b base) weekday(stored string) string {
	at, err := data.ParseDay(stored)
	if err != nil {
		return data.Clean(stored, 20)
	}
	return words.WeekdayDay(b.S.Lang(), at)
}

// days says how a device stands: "3 dagen te laat", "nog 2 dagen".
func (b base) days(l loans.Loan) string {
	today, err := data.ParseDay(b.today())
	due, err2 := data.ParseDay(l.DueOn)
	if err != nil || err2 != nil {
		return ""
	}
	switch n := int(today.Sub(due).Hours() / 24); {
	case n > 0:
		return b.S.T(words.ReminderLate, "n", n)
	case n < 0:
		return b.S.T(words.ReminderLeft, "n", -n)
	}
	return b.S.T(words.ReminderDueToday)
}

// worst is the loan of a bundle that was due first.
func worst(b loans.Bundle) loans.Loan {
	return slices.MinFunc(b.All, func(x, y loans.Reminder) int { return strings.Compare(x.Loan.DueOn, y.Loan.DueOn) }).Loan
}

// devices names what a bundle is about.
func devices(b loans.Bundle) string {
	names := make([]string, len(b.All))
	for i, r := range b.All {
		names[i] = r.Loan.Device
	}
	return strings.Join(names, ", ")
}

// say is the one sentence to say in a call; with the name of the child where a parent or guardian is called.
func (b base) say(j loans.Bundle) string {
	l, key := worst(j), words.ReminderSayBefore
	if l.DueOn < b.today() {
		key = words.ReminderSayLate
	}
	if j.Channel == loans.SocialWorker {
		key = words.ReminderSayTask
	}
	text := b.S.T(key, "n", len(j.All), "place", b.S.Place, "devices", devices(j), "day", b.weekday(l.DueOn))
	for _, r := range j.All {
		if r.Who.ID != j.To.ID {
			return text + " " + b.S.T(words.ReminderSayFor, "name", r.Who.Name())
		}
	}
	return text
}

// phone is the number to call.
func (b base) phone(j loans.Bundle) string {
	if j.To.Phone == "" {
		return b.S.T(words.ReminderNoPhone)
	}
	return j.To.Phone
}

func (b base) history() key.Binding { return b.Letter("h", words.ReminderHistory) }

// saved is what a change came to; warn is a sentence that must be read.
type saved struct {
	said words.Key
	args []any
	warn bool
}

func (s saved) tell() tea.Cmd {
	if s.warn {
		return shell.Notify(shell.Warn, s.said, s.args...)
	}
	return shell.Notify(shell.Good, s.said, s.args...)
}

// meanwhile says that somebody else was first.
func meanwhile() saved { return saved{said: words.ReminderMeanwhile, warn: true} }

// put says where a paper is, and that a registered letter is not gone yet.
func put(p outbox.Paper, c loans.Channel) saved {
	if c == loans.Registered {
		return saved{words.ReminderMadeRegistered, []any{"name", p.Name}, true}
	}
	said := map[outbox.Channel]words.Key{outbox.Folder: words.ReminderMadeFolder, outbox.Print: words.ReminderMadePrint, outbox.Mail: words.ReminderMadeMail,
		outbox.Fetch: words.ReminderMadeFetch}[p.Channel]
	return saved{said: said, args: []any{"name", p.Name}}
}
