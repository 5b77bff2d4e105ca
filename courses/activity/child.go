package activity

import (
	"context"
	"fmt"
	"strings"

	"digibrug/data"
)

// Child is a child as the door knows it. There is no national number, no address and no day of birth, by design.
type Child struct {
	ID       string
	Given    string
	Family   string
	Born     string // YYYY, or YYYY-MM where the year doesn't tell the age group
	Guardian string // name of who is called first, and may always fetch the child
	Phone    string // of the guardian
	Second   string // a second contact: name and phone; may be empty
	Alone    bool   // may go home alone
	Fetchers string // who else may fetch the child, as the guardian said; may be empty
	Note     string // one practical remark; no medical data beyond what the door needs
}

// Name is how a screen names the child; empty once it was purged.
func (c Child) Name() string { return data.Clean(c.Given+" "+c.Family, 0) }

// check gives the child as it is kept, or an *data.Invalid.
func (c Child) check() (Child, error) {
	if err := data.ShortTexts(nameLimit, data.Typed("given", &c.Given), data.Typed("family", &c.Family), data.Typed("guardian", &c.Guardian), data.Typed("phone", &c.Phone)); err != nil {
		return Child{}, err
	}
	if err := data.ShortTexts(contactLimit, data.Typed("second", &c.Second), data.Typed("fetchers", &c.Fetchers)); err != nil {
		return Child{}, err
	}
	if err := data.ShortTexts(NoteLimit, data.Typed("note", &c.Note)); err != nil {
		return Child{}, err
	}
	for _, must := range []struct{ field, text string }{{"given", c.Given}, {"family", c.Family}, {"guardian", c.Guardian}, {"phone", c.Phone}} {
		if must.text == "" {
			return Child{}, &data.Invalid{Field: must.field, Why: data.WhyEmpty}
		}
	}
	if !data.IsPhone(c.Phone) {
		return Child{}, &data.Invalid{Field: "phone", Why: data.WhyPhone, Got: c.Phone}
	}
	if _, _, ok := readBorn(c.Born); !ok {
		return Child{}, &data.Invalid{Field: "born", Why: WhyBorn, Want: "2019, 2019-05", Got: data.Clean(c.Born, 20)}
	}
	return c, nil
}

// How says with whom a child left.
type How string

// The ways in which a child leaves.
const (
	WithGuardian How = "guardian"
	WithListed   How = "listed" // somebody whom the guardian named
	Alone        How = "alone"
	WithOther    How = "other" // somebody else: a reason says who allowed it
)

// Leaves says as whom a child leaves, or why it can't. by is the name of who fetches it: the guardian's own where how is
// WithGuardian, nobody's for Alone. why is needed for somebody whom the guardian didn't name. It returns an
// *data.Invalid.
func (c Child) Leaves(how How, by, why string) (who string, err error) {
	by = data.Clean(by, nameLimit)
	switch how {
	case WithGuardian:
		return c.Guardian, nil
	case Alone:
		if !c.Alone {
			return "", &data.Invalid{Field: "how", Why: WhyNotAlone}
		}
		return "", nil
	case WithListed:
		if by == "" || !c.named(by) {
			return "", &data.Invalid{Field: "by", Why: WhyFetcher, Got: by}
		}
		return by, nil
	case WithOther:
		switch {
		case by == "":
			return "", &data.Invalid{Field: "by", Why: data.WhyEmpty}
		case data.Clean(why, contactLimit) == "":
			return "", &data.Invalid{Field: "why", Why: WhyFetcher, Got: by}
		}
		return by, nil
	}
	return "", &data.Invalid{Field: "how", Why: data.WhyNotOneOf, Want: "guardian, listed, alone, other", Got: data.Clean(string(how), 20)}
}

// named tells whether the guardian named somebody. A second contact is only called, and fetches nobody unless named.
func (c Child) named(by string) bool {
	for _, one := range c.MayFetch() {
		if data.SortKey(one) == data.SortKey(by) {
			return true
		}
	}
	return false
}

// MayFetch lists who else than the guardian may fetch the child, as they were written down.
func (c Child) MayFetch() (all []string) {
	for one := range strings.FieldsFuncSeq(c.Fetchers, func(r rune) bool { return r == ',' || r == ';' }) {
		if one = strings.TrimSpace(one); one != "" {
			all = append(all, one)
		}
	}
	return all
}

const childColumns = `c.id, c.given, c.family, c.born, c.guardian, c.phone, c.second_contact, c.alone, c.fetchers, c.note`

func scanChild(scan func(...any) error) (c Child, err error) {
	return c, scan(&c.ID, &c.Given, &c.Family, &c.Born, &c.Guardian, &c.Phone, &c.Second, &c.Alone, &c.Fetchers, &c.Note)
}

func childOf(ctx context.Context, q data.Query, id string) (Child, error) {
	all, err := data.List(ctx, q, scanChild, `SELECT `+childColumns+` FROM activity_children c WHERE c.id = $1`, id)
	return first(all, err, "child", id)
}

// Children lists the children whose name, guardian or phone number has the words of a search, by name, at most limit of
// them: a child that comes back is found and not typed again.
func (s *Store) Children(ctx context.Context, by data.Actor, find string, limit int) (all []Child, err error) {
	where, args := data.NameOrPhone(find, "c.sort_key", "c.phone")
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		all, err = data.List(ctx, q, scanChild, `SELECT `+childColumns+` FROM activity_children c WHERE `+where+fmt.Sprintf(` ORDER BY c.sort_key, c.id LIMIT %d`, limit), args...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list children: %w", err)
	}
	return all, nil
}

// sortKey orders children by family name, and finds them by their guardian too.
func (c Child) sortKey() string { return data.SortKey(c.Family + " " + c.Given + " " + c.Guardian) }

// ChangeChild writes a child anew, and audits it without what was said of the child. It returns an *data.Invalid, also
// when an age no longer fits an activity that the child is in, and data.ErrNotFound.
func (s *Store) ChangeChild(ctx context.Context, by data.Actor, c Child) (Child, error) {
	c, err := c.check()
	if err != nil {
		return Child{}, err
	}
	if c.ID == "" {
		return Child{}, data.ErrNotFound
	}
	err = s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		if _, err := putChild(ctx, tx, c); err != nil {
			return err
		}
		if err := regroup(ctx, tx, c); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "child.change", c.ID)
	})
	if err != nil {
		return Child{}, fmt.Errorf("change child %s: %w", data.Clean(c.ID, 40), err)
	}
	return c, nil
}

// regroup gives a child the age group of its birth in what it is in.
func regroup(ctx context.Context, tx *data.Tx, c Child) error {
	in, err := data.List(ctx, tx, scanActivity, activityColumns+` WHERE a.id IN (SELECT h.activity_id FROM activity_half_days h JOIN activity_places p ON p.half_day_id = h.id
		WHERE p.child_id = $1 AND p.state IN `+active+`) ORDER BY a.id`, c.ID)
	if err != nil {
		return err
	}
	for _, a := range in {
		g, err := GroupOf(a.Groups, c.Born, a.First)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE activity_places SET age_group = $1 WHERE child_id = $2 AND half_day_id IN (SELECT id FROM activity_half_days WHERE activity_id = $3)`,
			g.Name, c.ID, a.ID); err != nil {
			return err
		}
	}
	return nil
}

// putChild writes a child that was checked: the one with its id, the same one that came before, or a new one.
func putChild(ctx context.Context, tx *data.Tx, c Child) (Child, error) {
	if c.ID == "" {
		same, err := data.List(ctx, tx, scanChild, `SELECT `+childColumns+` FROM activity_children c WHERE c.sort_key = $1 AND c.phone = $2 ORDER BY c.created_at, c.id`, c.sortKey(), c.Phone)
		if err != nil {
			return Child{}, err
		}
		if len(same) > 0 {
			c.ID = same[0].ID
		}
	}
	if c.ID != "" {
		return c, data.OneRow(tx.ExecContext(ctx, `UPDATE activity_children SET given = $1, family = $2, sort_key = $3, born = $4, guardian = $5, phone = $6, second_contact = $7,
			alone = $8, fetchers = $9, note = $10 WHERE id = $11`, c.Given, c.Family, c.sortKey(), c.Born, c.Guardian, c.Phone, c.Second, flag(c.Alone), c.Fetchers, c.Note, c.ID))
	}
	c.ID = data.NewID()
	_, err := tx.ExecContext(ctx, `INSERT INTO activity_children (id, given, family, sort_key, born, guardian, phone, second_contact, alone, fetchers, note, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`, c.ID, c.Given, c.Family, c.sortKey(), c.Born, c.Guardian, c.Phone, c.Second, flag(c.Alone), c.Fetchers, c.Note,
		tx.Now().UnixMilli())
	return c, err
}
