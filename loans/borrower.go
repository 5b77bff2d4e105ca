package loans

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"digibrug/data"
)

// Borrower is who may have something: only what lending needs. There is no national number, by design.
type Borrower struct {
	ID         string
	Number     Number // on the card, given when the borrower is added
	Category   Category
	Given      string // empty for an association
	Family     string
	Phone      string
	Mail       string
	BirthMonth string // YYYY-MM, of a minor only
	GuardianID string // borrower who signs for a minor and is liable
	Household  string // what the desk calls the people of one address; empty: none is known
	RightUntil string // YYYY-MM-DD, the last day on which the borrower may have something; empty: no end
	PersonID   string // of who works here; empty for others
}

// Name is how a screen names the borrower.
func (b Borrower) Name() string { return data.Clean(b.Given+" "+b.Family, 0) }

// What can be wrong with a borrower.
const (
	WhyNoContact  data.Why = "loans.no_contact"  // neither a phone number nor a mail address
	WhyNoGuardian data.Why = "loans.no_guardian" // a minor needs one, who is no minor
	WhyMonth      data.Why = "loans.month"       // no month of birth
	WhyMail       data.Why = "loans.mail"        // no mail address
	WhyClient     data.Why = "loans.client"      // only the OCMW may say that
)

func (b Borrower) check() (Borrower, error) {
	if err := data.ShortTexts(nameLimit, data.Typed("given", &b.Given), data.Typed("family", &b.Family), data.Typed("phone", &b.Phone), data.Typed("mail", &b.Mail),
		data.Typed("household", &b.Household)); err != nil {
		return Borrower{}, err
	}
	switch {
	case b.Family == "":
		return Borrower{}, &data.Invalid{Field: "family", Why: data.WhyEmpty}
	case !slices.Contains(Categories(), b.Category):
		return Borrower{}, &data.Invalid{Field: "category", Why: data.WhyNotOneOf, Want: fmt.Sprint(Categories()), Got: data.Clean(string(b.Category), 20)}
	case b.Mail != "" && (strings.Count(b.Mail, "@") != 1 || strings.ContainsAny(b.Mail, " ,;<>") || strings.HasPrefix(b.Mail, "@") || strings.HasSuffix(b.Mail, "@")):
		return Borrower{}, &data.Invalid{Field: "mail", Why: WhyMail, Got: b.Mail}
	case b.Category == Minor && b.GuardianID == "", b.ID != "" && b.GuardianID == b.ID:
		return Borrower{}, &data.Invalid{Field: "guardian", Why: WhyNoGuardian}
	case b.Category != Minor && b.Phone == "" && b.Mail == "": // a minor is reached by the guardian
		return Borrower{}, &data.Invalid{Field: "phone", Why: WhyNoContact}
	}
	if b.Category != Minor {
		b.BirthMonth, b.GuardianID = "", ""
	} else if _, err := time.Parse("2006-01", b.BirthMonth); err != nil {
		return Borrower{}, &data.Invalid{Field: "birth", Why: WhyMonth, Want: "YYYY-MM", Got: data.Clean(b.BirthMonth, 20)}
	}
	return b, data.OptionalDay("right", b.RightUntil)
}

func (b Borrower) sortKey() string { return data.SortKey(b.Family + " " + b.Given) }

// PutBorrower adds a borrower and gives the card its number, or changes the one with that id, and audits it, without
// what was said of the person. That somebody is a client of the OCMW only a social worker may say and see: for
// others a client is a citizen, and stays a client when they change the rest. It returns an *data.Invalid, and
// data.ErrNotFound.
func (s *Store) PutBorrower(ctx context.Context, by data.Actor, b Borrower) (Borrower, error) {
	b, err := b.check()
	if err != nil {
		return Borrower{}, err
	}
	put := b
	err = s.db.InTxFor(ctx, by, append(desk(), data.RoleSocial), func(tx *data.Tx) error {
		put, err = putBorrower(ctx, tx, by, b)
		return err
	})
	if data.IsUnique(err) {
		return Borrower{}, &data.Invalid{Field: "person", Why: data.WhyTwice}
	}
	if err != nil {
		return Borrower{}, fmt.Errorf("put borrower: %w", err)
	}
	return put, nil
}

func putBorrower(ctx context.Context, tx *data.Tx, by data.Actor, b Borrower) (Borrower, error) {
	social := holds(ctx, tx, by, data.RoleSocial)
	if b.GuardianID != "" {
		g, err := borrower(ctx, tx, b.GuardianID)
		if err != nil {
			return Borrower{}, err
		}
		if g.Category == Minor {
			return Borrower{}, &data.Invalid{Field: "guardian", Why: WhyNoGuardian}
		}
	}
	if b.ID == "" {
		if b.Category == Client && !social {
			return Borrower{}, &data.Invalid{Field: "category", Why: WhyClient}
		}
		return addBorrower(ctx, tx, by, b)
	}
	old, err := borrower(ctx, tx, b.ID)
	if err != nil {
		return Borrower{}, err
	}
	switch {
	case social:
	case b.Category == Client:
		return Borrower{}, &data.Invalid{Field: "category", Why: WhyClient}
	case old.Category == Client && b.Category == Citizen:
		b.Category = Client
	}
	b.Number = old.Number
	if _, err := tx.ExecContext(ctx, `UPDATE borrowers SET category = $1, given = $2, family = $3, sort_key = $4, phone = $5, mail = $6, birth_month = $7,
		guardian_id = $8, household = $9, right_until = $10, person_id = $11 WHERE id = $12`, string(b.Category), b.Given, b.Family, b.sortKey(),
		b.Phone, b.Mail, b.BirthMonth, data.OrNull(b.GuardianID), b.Household, b.RightUntil, data.OrNull(b.PersonID), b.ID); err != nil {
		return Borrower{}, err
	}
	return b.shown(social), tx.Audit(ctx, by, "borrower.change", b.ID)
}

func addBorrower(ctx context.Context, tx *data.Tx, by data.Actor, b Borrower) (_ Borrower, err error) {
	if b.Number, err = newNumber(ctx, tx, KindBorrower); err != nil {
		return Borrower{}, err
	}
	b.ID = data.NewID()
	if _, err := tx.ExecContext(ctx, `INSERT INTO borrowers (id, number, category, given, family, sort_key, phone, mail, birth_month, guardian_id, household,
		right_until, person_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		b.ID, string(b.Number), string(b.Category), b.Given, b.Family, b.sortKey(), b.Phone, b.Mail, b.BirthMonth, data.OrNull(b.GuardianID),
		b.Household, b.RightUntil, data.OrNull(b.PersonID), tx.Now().UnixMilli()); err != nil {
		return Borrower{}, err
	}
	return b, tx.Audit(ctx, by, "borrower.add", b.ID, "number", string(b.Number))
}

// shown hides from others than social workers that somebody is a client of the OCMW.
func (b Borrower) shown(social bool) Borrower {
	if b.Category == Client && !social {
		b.Category = Citizen
	}
	return b
}

const borrowerColumns = `SELECT b.id, b.number, b.category, b.given, b.family, b.phone, b.mail, b.birth_month, b.guardian_id, b.household, b.right_until,
	b.person_id FROM borrowers b`

func scanBorrower(scan func(...any) error) (b Borrower, err error) {
	var guardian, person sql.NullString
	err = scan(&b.ID, &b.Number, &b.Category, &b.Given, &b.Family, &b.Phone, &b.Mail, &b.BirthMonth, &guardian, &b.Household, &b.RightUntil, &person)
	b.GuardianID, b.PersonID = guardian.String, person.String
	return b, err
}

func borrower(ctx context.Context, q data.Query, id string) (Borrower, error) {
	found, err := data.List(ctx, q, scanBorrower, borrowerColumns+` WHERE b.id = $1`, id)
	if err == nil && len(found) == 0 {
		err = data.ErrNotFound
	}
	if err != nil {
		return Borrower{}, fmt.Errorf("borrower %s: %w", data.Clean(id, 40), err)
	}
	return found[0], nil
}

// Borrower finds a borrower. It returns data.ErrNotFound.
func (s *Store) Borrower(ctx context.Context, by data.Actor, id string) (b Borrower, err error) {
	err = s.db.ViewFor(ctx, by, append(desk(), data.RoleSocial), func(q data.Query) error {
		b, err = borrower(ctx, q, id)
		b = b.shown(holds(ctx, q, by, data.RoleSocial))
		return err
	})
	return b, err
}

// searchMost is how many borrowers a search gives.
const searchMost = 50

// Search lists borrowers whose name holds every word of typed, whatever its capitals and accents, by name; at most 50.
// None for less than two letters. The number of a card finds its borrower alone.
func (s *Store) Search(ctx context.Context, by data.Actor, typed string) (all []Borrower, err error) {
	words := strings.Fields(data.SortKey(typed))
	if len(words) > 6 || len(strings.Join(words, "")) < 2 {
		return nil, nil
	}
	query, args := borrowerColumns, []any{}
	if n, bad := ParseNumber(typed); bad == nil {
		query, args, words = query+` WHERE b.number = $1`, []any{string(n)}, nil
	}
	for i, w := range words {
		query += fmt.Sprintf(` %s b.sort_key LIKE $%d ESCAPE '!'`, map[bool]string{true: "WHERE", false: "AND"}[i == 0], i+1)
		args = append(args, "%"+strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(w)+"%")
	}
	err = s.db.ViewFor(ctx, by, append(desk(), data.RoleSocial), func(q data.Query) error {
		all, err = data.List(ctx, q, scanBorrower, query+fmt.Sprintf(` ORDER BY b.sort_key, b.id LIMIT %d`, searchMost), args...)
		social := holds(ctx, q, by, data.RoleSocial)
		for i := range all {
			all[i] = all[i].shown(social)
		}
		return err
	})
	return all, err
}

// BlockRow is a block in the register.
type BlockRow struct {
	ID string
	Block
	Actor string
	Over  bool // lifted, or its days are over
}

// AddBlock blocks a borrower for a span of days, with a reason, and audits it. It lifts itself after its last day. It
// returns an *data.Invalid, and data.ErrNotFound.
func (s *Store) AddBlock(ctx context.Context, by data.Actor, id string, b Block) error {
	var err error
	if b.Reason, err = data.ShortText("reason", b.Reason, nameLimit*2); err != nil {
		return err
	}
	for name, day := range map[string]string{"from": b.From, "until": b.Until} {
		if _, err := data.ParseDay(day); err != nil {
			return &data.Invalid{Field: name, Why: data.WhyDay, Want: "YYYY-MM-DD", Got: data.Clean(day, 40)}
		}
	}
	switch {
	case b.Reason == "":
		return &data.Invalid{Field: "reason", Why: data.WhyEmpty}
	case b.Until < b.From:
		return &data.Invalid{Field: "until", Why: data.WhyEarly, Want: b.From, Got: b.Until}
	}
	return s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		if _, err := borrower(ctx, tx, id); err != nil {
			return err
		}
		if err := addBlock(ctx, tx, by, id, b, ""); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "borrower.block", id, "from", b.From, "until", b.Until)
	})
}

func addBlock(ctx context.Context, tx *data.Tx, by data.Actor, id string, b Block, act string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO borrower_blocks (id, borrower_id, from_on, until_on, reason, actor, at, act_id)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, data.NewID(), id, b.From, b.Until, b.Reason, actor(by), tx.Now().UnixMilli(), act)
	return err
}

// LiftBlock lifts a block before its time, and audits it. One that is over already stays as it is.
func (s *Store) LiftBlock(ctx context.Context, by data.Actor, id string) error {
	return s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		var who string
		if err := data.One(ctx, tx, []any{&who}, `SELECT borrower_id FROM borrower_blocks WHERE id = $1`, id); err != nil {
			return fmt.Errorf("block %s: %w", data.Clean(id, 40), err)
		}
		res, err := tx.ExecContext(ctx, `UPDATE borrower_blocks SET lifted_at = $1 WHERE id = $2 AND lifted_at IS NULL AND until_on >= $3`,
			tx.Now().UnixMilli(), id, tx.Today())
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return err
		}
		return tx.Audit(ctx, by, "borrower.unblock", who)
	})
}

// Blocks lists all blocks of a borrower, the newest first.
func (s *Store) Blocks(ctx context.Context, by data.Actor, id string) (all []BlockRow, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		all, err = blocks(ctx, q, id)
		return err
	})
	return all, err
}

func blocks(ctx context.Context, q data.Query, id string) ([]BlockRow, error) {
	return data.List(ctx, q, func(scan func(...any) error) (b BlockRow, err error) {
		var lifted sql.NullInt64
		err = scan(&b.ID, &b.From, &b.Until, &b.Reason, &b.Actor, &lifted)
		b.Over = lifted.Valid || b.Until < data.DayOf(q.Now())
		return b, err
	}, `SELECT id, from_on, until_on, reason, actor, lifted_at FROM borrower_blocks WHERE borrower_id = $1 ORDER BY at DESC, id DESC`, id)
}

// standing is what a borrower has and had, on a day.
func standing(ctx context.Context, q data.Query, b Borrower, day string) (s Standing, err error) {
	s.Category = b.Category
	if err = data.One(ctx, q, []any{&s.Open, &s.ThisYear}, `SELECT count(CASE WHEN ended = '' THEN 1 END), count(CASE WHEN lent_on >= $2 AND ended <> 'undone' THEN 1 END)
		FROM loans WHERE borrower_id = $1`, b.ID, day[:4]+"-01-01"); err != nil {
		return s, err
	}
	if err = data.One(ctx, q, []any{&s.OpenHousehold}, `SELECT count(*) FROM loans l JOIN borrowers b ON b.id = l.borrower_id
		WHERE l.ended = '' AND (b.id = $1 OR b.household <> '' AND b.household = $2)`, b.ID, b.Household); err != nil {
		return s, err
	}
	if born, e := time.Parse("2006-01", b.BirthMonth); e == nil {
		at := data.StoredDay(day)
		s.AgeMonths = int64(at.Year()-born.Year())*12 + int64(at.Month()) - int64(born.Month())
	}
	s.Blocks, err = data.List(ctx, q, func(scan func(...any) error) (b Block, err error) { return b, scan(&b.From, &b.Until, &b.Reason) },
		`SELECT from_on, until_on, reason FROM borrower_blocks WHERE borrower_id IN ($1, $2) AND lifted_at IS NULL AND until_on >= $3 ORDER BY from_on, id`,
		b.ID, b.GuardianID, day)
	return s, err
}
