package courses

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"digibrug/data"
)

// Participant is who takes courses: only what enrolment needs. There is no national number, by design.
type Participant struct {
	ID       string
	PersonID string // of who works here; empty for others
	Given    string
	Family   string
	Phone    string
	Mail     string
	Category Category // what the fee goes by
	Language string   // nl, en or fr
	Channel  Channel  // how the participant asked to be told; empty: see Reach
	Address  string   // of a letter, "Kerkplein 1, 9999 Zandwerve"; empty: the desk hands it over
}

// Name is how a screen names the participant.
func (p Participant) Name() string { return data.Clean(p.Given+" "+p.Family, 0) }

func (p Participant) check() (Participant, error) {
	if err := data.ShortTexts(nameLimit, data.Typed("given", &p.Given), data.Typed("family", &p.Family), data.Typed("phone", &p.Phone), data.Typed("mail", &p.Mail)); err != nil {
		return Participant{}, err
	}
	if err := data.ShortTexts(noteLimit, data.Typed("address", &p.Address)); err != nil {
		return Participant{}, err
	}
	if p.Language == "" {
		p.Language = "nl"
	}
	switch {
	case p.Family == "":
		return Participant{}, &data.Invalid{Field: "family", Why: data.WhyEmpty}
	case !p.Category.Known():
		return Participant{}, &data.Invalid{Field: "category", Why: data.WhyNotOneOf, Got: data.Clean(string(p.Category), 20)}
	case p.Language != "nl" && p.Language != "en" && p.Language != "fr":
		return Participant{}, &data.Invalid{Field: "language", Why: data.WhyNotOneOf, Want: "nl, en, fr", Got: data.Clean(p.Language, 20)}
	case p.Mail != "" && !isMail(p.Mail):
		return Participant{}, &data.Invalid{Field: "mail", Why: WhyMail, Got: p.Mail}
	case p.Channel != "" && !slices.Contains(Channels(), p.Channel):
		return Participant{}, &data.Invalid{Field: "channel", Why: data.WhyNotOneOf, Want: "mail, phone, letter", Got: data.Clean(string(p.Channel), 20)}
	case p.Phone != "" && !data.IsPhone(p.Phone):
		return Participant{}, &data.Invalid{Field: "phone", Why: data.WhyPhone, Got: p.Phone}
	case p.Channel == ByMail && p.Mail == "":
		return Participant{}, &data.Invalid{Field: "mail", Why: data.WhyEmpty}
	case p.Channel == ByPhone && p.Phone == "":
		return Participant{}, &data.Invalid{Field: "phone", Why: data.WhyEmpty}
	case p.PersonID == "" && p.Channel == ByLetter && p.Address == "":
		return Participant{}, &data.Invalid{Field: "address", Why: data.WhyEmpty}
	case p.PersonID == "" && p.Phone == "" && p.Mail == "" && p.Channel != ByLetter: // a colleague is found by the service
		return Participant{}, &data.Invalid{Field: "phone", Why: WhyNoContact}
	}
	return p, nil
}

func isMail(s string) bool {
	return strings.Count(s, "@") == 1 && !strings.ContainsAny(s, " ,;<>") && !strings.HasPrefix(s, "@") && !strings.HasSuffix(s, "@")
}

// PutParticipant adds a participant, or changes the one with that id, and audits it without what was said of the person.
// It returns an *data.Invalid, and data.ErrNotFound.
func (s *Store) PutParticipant(ctx context.Context, by data.Actor, p Participant) (Participant, error) {
	p, err := p.check()
	if err != nil {
		return Participant{}, err
	}
	put := p
	err = s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		put, err = putParticipant(ctx, tx, by, p)
		return err
	})
	if err != nil {
		return Participant{}, fmt.Errorf("put participant: %w", err)
	}
	return put, nil
}

// putParticipant writes a participant that was checked.
func putParticipant(ctx context.Context, tx *data.Tx, by data.Actor, p Participant) (Participant, error) {
	action, since := "participant.change", time.Time{}
	if p.ID == "" {
		p.ID, action, since = data.NewID(), "participant.add", tx.Now()
	}
	if err := writeParticipant(ctx, tx, p, since); err != nil {
		return Participant{}, err
	}
	return p, tx.Audit(ctx, by, action, p.ID)
}

// writeParticipant writes a participant that was checked: a new one who is here since an instant, or one who is here
// already when since is zero. It returns an *data.Invalid for a colleague who is a participant already.
func writeParticipant(ctx context.Context, tx *data.Tx, p Participant, since time.Time) (err error) {
	sortKey := data.SortKey(p.Family + " " + p.Given)
	if !since.IsZero() {
		_, err = tx.ExecContext(ctx, `INSERT INTO participants (id, person_id, given, family, sort_key, phone, mail, category, language, channel, address, created_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`, p.ID, data.OrNull(p.PersonID), p.Given, p.Family, sortKey, p.Phone, p.Mail, string(p.Category),
			p.Language, string(p.Channel), p.Address, since.UnixMilli())
	} else {
		err = data.OneRow(tx.ExecContext(ctx, `UPDATE participants SET person_id = $1, given = $2, family = $3, sort_key = $4, phone = $5, mail = $6, category = $7,
			language = $8, channel = $9, address = $10 WHERE id = $11`, data.OrNull(p.PersonID), p.Given, p.Family, sortKey, p.Phone, p.Mail, string(p.Category), p.Language,
			string(p.Channel), p.Address, p.ID))
	}
	if data.IsUnique(err) {
		return &data.Invalid{Field: "person", Why: data.WhyTwice}
	}
	return err
}

const participantColumns = `SELECT p.id, coalesce(p.person_id, ''), p.given, p.family, p.phone, p.mail, p.category, p.language, p.channel, p.address FROM participants p`

func scanParticipant(scan func(...any) error) (p Participant, err error) {
	return p, scan(&p.ID, &p.PersonID, &p.Given, &p.Family, &p.Phone, &p.Mail, &p.Category, &p.Language, &p.Channel, &p.Address)
}

// Participants lists those whose name begins with the words of a search, or whose telephone number has them, by name, at
// most limit of them; all when find is empty. Words match without accents and in any order of given and family name, and
// numbers however they were written.
func (s *Store) Participants(ctx context.Context, by data.Actor, find string, limit int) (all []Participant, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		all, err = findParticipants(ctx, q, find, limit)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list participants: %w", err)
	}
	return all, nil
}

func findParticipants(ctx context.Context, q data.Query, find string, limit int) ([]Participant, error) {
	where, args := data.NameOrPhone(find, "p.sort_key", "p.phone")
	// Who was unlinked has no name left.
	return data.List(ctx, q, scanParticipant, participantColumns+` WHERE p.family <> '' AND `+where+fmt.Sprintf(` ORDER BY p.sort_key, p.id LIMIT %d`, limit), args...)
}

func participantOf(ctx context.Context, q data.Query, id string) (Participant, error) {
	all, err := data.List(ctx, q, scanParticipant, participantColumns+` WHERE p.id = $1`, id)
	return first(all, err, "participant", id)
}

// participantForPerson finds who works here among the participants, and adds the person when not there yet.
func participantForPerson(ctx context.Context, tx *data.Tx, by data.Actor, person string, c Category) (Participant, error) {
	all, err := data.List(ctx, tx, scanParticipant, participantColumns+` WHERE p.person_id = $1`, person)
	if err != nil {
		return Participant{}, err
	}
	if len(all) > 0 {
		return all[0], nil
	}
	p := Participant{PersonID: person, Category: c, Language: "nl"}
	if err := data.One(ctx, tx, []any{&p.Given, &p.Family}, `SELECT given, family FROM persons WHERE id = $1`, person); err != nil {
		return Participant{}, fmt.Errorf("person %s: %w", data.Clean(person, 40), err)
	}
	return putParticipant(ctx, tx, by, p)
}
