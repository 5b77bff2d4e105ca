// Package outbox is the room of papers that leave the house: what somebody made and how it is fetched, and for the
// ICT service the queue of what the printer or a folder did not take yet. What is on a paper is never shown here.
package outbox

import (
	"context"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/tui/page"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Room is the room's name in the palette and for shell.GoMsg.
const Room shell.Room = "outbox"

// store is what the room needs of the ground floor; *outbox.Store has it.
type store interface {
	Mine(ctx context.Context, by data.Actor) ([]outbox.Paper, error)
	Queue(ctx context.Context, by data.Actor) ([]outbox.Paper, error)
	Find(ctx context.Context, by data.Actor, id string) (outbox.Paper, error)
	Drop(ctx context.Context, by data.Actor, id string) error
	Retry(ctx context.Context, by data.Actor, id string) error
}

// Way gives what to type after sftp; host is empty while nothing can be fetched.
type Way func(ctx context.Context) (host, port string, err error)

// desk has the acts on a paper that the list and the page of one share.
type desk struct{ store store }

// done is an act that came to its end.
type done struct {
	act  string
	name string
}

// The acts.
const (
	actDrop  = "drop"
	actRetry = "retry"
)

func dropKey(p page.Page) key.Binding  { return p.Letter("d", words.OutboxDrop) }
func retryKey(p page.Page) key.Binding { return p.Letter("r", words.OutboxRetry) }

// retries tells whether a paper can be tried again: one that leaves by a sender and is not gone.
func retries(p outbox.Paper) bool { return p.Channel != outbox.Fetch && p.State != outbox.Sent }

// may tells whether somebody may throw a paper away: the maker, and the ICT officer.
func may(p page.Page, one outbox.Paper) bool {
	return one.MakerID == p.S.Who.AccountID || p.S.Who.Has(data.RoleICT)
}

// can are the keys that do something with a paper.
func can(p page.Page, one outbox.Paper) (keys []key.Binding) {
	if retries(one) {
		keys = append(keys, retryKey(p))
	}
	if may(p, one) {
		keys = append(keys, dropKey(p))
	}
	return keys
}

// pressed does what a key asks for a paper; ok is false for a key that does nothing with it.
func (d desk) pressed(p page.Page, msg tea.KeyPressMsg, one outbox.Paper) (next page.Page, ok bool, cmd tea.Cmd) {
	switch {
	case key.Matches(msg, dropKey(p)) && may(p, one):
		next, cmd = p.Ask(actDrop+one.ID, words.OutboxDropAsk, words.OutboxDropYes, "name", one.Name)
		return next, true, cmd
	case key.Matches(msg, retryKey(p)) && retries(one):
		next = p.Acts(words.OutboxRetrying)
		return next, true, page.Fetch(next.Acting, func() (done, error) {
			return done{actRetry, one.Name}, d.store.Retry(p.S.Ctx, p.By(), one.ID)
		})
	}
	return p, false, nil
}

// agreed throws a paper away once the question about it was answered.
func (d desk) agreed(p page.Page, msg page.YesMsg, one outbox.Paper) (page.Page, tea.Cmd) {
	next, ok := p.Agreed(msg)
	if !ok || msg.Act != actDrop+one.ID { // the list moved on meanwhile
		return next, nil
	}
	next = next.Acts(words.OutboxDropping)
	return next, page.Fetch(next.Acting, func() (done, error) {
		return done{actDrop, one.Name}, d.store.Drop(p.S.Ctx, p.By(), one.ID)
	})
}

// told says what an act came to.
func told(d done) tea.Cmd {
	if d.act == actDrop {
		return shell.Notify(shell.Good, words.OutboxDropped, "name", d.name)
	}
	return shell.Notify(shell.Good, words.OutboxRetried, "name", d.name)
}
