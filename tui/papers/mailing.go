package papers

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/netip"
	"slices"
	"time"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/quiz"
)

// Mailing makes paper codes together with the letters that bring them: both are there, or neither.
type Mailing struct {
	Codes     *data.Codes
	People    *data.People
	Settings  *data.Settings
	Campaigns *quiz.Store
}

// Order says which codes are wanted.
type Order struct {
	Campaign  string   // id; empty: "Ik werk hier"
	Services  []string // ids: only who works there today; nil: everybody who can have one
	Persons   []string // ids: only these; nil: as Services says
	Window    data.Window
	Addresses []netip.Prefix // where the codes may be typed; nil: anywhere
}

func (o Order) journey() data.Journey {
	if o.Campaign == "" {
		return data.Journey{Kind: data.JourneyStaff}
	}
	return data.Journey{Kind: data.JourneyAssessment, Of: o.Campaign}
}

// Deliver brings letters where they are wanted, inside the transaction that makes their codes.
type Deliver func(ctx context.Context, tx *data.Tx, l Letters) error

// Recipients gives the ids of who an order is about, whether they have a code already or not: who can still take
// the campaign, or who works here.
func (m Mailing) Recipients(ctx context.Context, by data.Actor, o Order) (ids []string, err error) {
	switch {
	case o.Campaign != "":
		ids, err = m.Campaigns.Invited(ctx, by, o.Campaign, o.Services)
	default:
		ids, err = m.working(ctx, by, o.Services)
	}
	if err == nil && o.Persons != nil {
		ids = slices.DeleteFunc(ids, func(id string) bool { return !slices.Contains(o.Persons, id) })
	}
	return ids, err
}

// working gives who works here today, in one of the services when some are named.
func (m Mailing) working(ctx context.Context, by data.Actor, services []string) (ids []string, err error) {
	rows, err := m.People.Persons(ctx, by, "")
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		if services == nil || slices.ContainsFunc(r.ServiceIDs, func(id string) bool { return slices.Contains(services, id) }) {
			ids = append(ids, r.ID)
		}
	}
	return ids, nil
}

// Issue makes the codes of an order and delivers their letters. Who has a code that is good still is left out: the
// letters can be fewer than Recipients, or none, and then nothing is delivered.
func (m Mailing) Issue(ctx context.Context, by data.Actor, o Order, deliver Deliver) (l Letters, err error) {
	ids, err := m.Recipients(ctx, by, o)
	if err != nil {
		return l, err
	}
	if l, err = m.letters(ctx, by, o.journey()); err != nil || len(ids) == 0 {
		return l, err
	}
	_, err = m.Codes.Issue(ctx, by, o.journey(), ids, o.Window, o.Addresses, l.along(deliver))
	return l, err
}

// Reprint makes a new code in the place of one, and delivers its letter.
func (m Mailing) Reprint(ctx context.Context, by data.Actor, id string, deliver Deliver) (l Letters, err error) {
	c, err := m.Codes.Find(ctx, by, id)
	if err != nil {
		return l, err
	}
	if l, err = m.letters(ctx, by, c.Journey); err != nil {
		return l, err
	}
	_, err = m.Codes.Reprint(ctx, by, id, l.along(deliver))
	return l, err
}

// along fills in the letters and delivers them.
func (l *Letters) along(deliver Deliver) data.Along {
	return func(ctx context.Context, tx *data.Tx, issued []data.Issued) error {
		l.At, l.All = tx.Now(), LettersOf(issued)
		return deliver(ctx, tx, *l)
	}
}

// letters gives what all letters for a journey say.
func (m Mailing) letters(ctx context.Context, by data.Actor, j data.Journey) (l Letters, err error) {
	door := ""
	for key, to := range map[data.Setting]*string{data.SettingPlace: &l.Place, data.SettingDoor: &door, data.SettingHelp: &l.Help} {
		if *to, err = m.Settings.Get(ctx, key, ""); err != nil {
			return Letters{}, err
		}
	}
	if l.Host, l.Port, err = data.SplitDoor(door); err != nil {
		return Letters{}, err
	}
	if j.Kind != data.JourneyAssessment {
		return l, nil
	}
	topics, err := m.Campaigns.Topics(ctx, by)
	at := slices.IndexFunc(topics, func(t quiz.Topic) bool { return t.ID == j.Of })
	if err == nil && at < 0 {
		err = fmt.Errorf("letters for campaign %s: %w", j.Of, data.ErrNotFound)
	}
	if err != nil {
		return Letters{}, err
	}
	l.Title, l.Limit = topics[at].Title, topics[at].Limit
	return l, nil
}

// ToOutbox delivers letters as a PDF to the outbox, by one of its channels; put gets the paper as it was stored.
func ToOutbox(by data.Actor, channel outbox.Channel, layout Layout, put *outbox.Paper) Deliver {
	return func(ctx context.Context, tx *data.Tx, l Letters) error {
		p, err := toOutbox(ctx, tx, by, outbox.Paper{Channel: channel, Name: l.Name(FormatPDF), Media: mediaPDF, KeepUntil: l.At.Add(keepLetters)},
			func(w io.Writer) error { return WriteLetters(w, FormatPDF, layout, l) })
		if err != nil {
			return err
		}
		*put = p
		return nil
	}
}

// toOutbox puts what write writes in the outbox, in the transaction of the act that it is about.
func toOutbox(ctx context.Context, tx *data.Tx, by data.Actor, p outbox.Paper, write func(io.Writer) error) (outbox.Paper, error) {
	var body bytes.Buffer
	if err := write(&body); err != nil {
		return outbox.Paper{}, err
	}
	p, err := outbox.Put(ctx, tx, by, p, body.Bytes())
	if err != nil {
		return outbox.Paper{}, fmt.Errorf("paper to the outbox: %w", err)
	}
	return p, nil
}

const mediaPDF = "application/pdf"

// keepLetters is how long letters wait in the outbox. They have the codes in plain, which the house itself keeps as
// hashes: long enough to print them after a weekend or a week off, and no longer.
const keepLetters = 7 * 24 * time.Hour
