package data

import (
	"context"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"
)

// forPersons says what is wrong with a journey for which codes of persons are asked: an *Invalid, or nil.
func (j Journey) forPersons() error {
	if j.Kind == JourneyAssessment && j.Of != "" || j.Kind == JourneyStaff && j.Of == "" {
		return nil
	}
	return &Invalid{Field: "journey", Why: WhyNotOneOf, Want: "assessment, staff", Got: Clean(string(j.Kind), 40)}
}

// Issue makes a code for each of these persons, all in one act, and audits each. Who has a code for the journey
// that is good or still waiting, or has done it, is left out: the paper that was handed out stays good, and
// Reprint is for paper that got lost. A code that is over gives way to the new one. The result is ordered by
// service and name. Only the ICT officer may. Codes for recruitment are those of candidates: see IssueCandidates.
//
// along, when not nil, gets the new codes inside the transaction, at least one: what it makes of them is there with
// the codes or, when it fails, neither is.
//
// It returns an *Invalid for a window that is past or too long and for a person who has left, ErrNotFound for a
// person who is not there.
func (s *Codes) Issue(ctx context.Context, by Actor, j Journey, persons []string, w Window, addresses []netip.Prefix, along Along) ([]Issued, error) {
	err := j.forPersons()
	if err == nil {
		err = w.check(s.db.Now())
	}
	if err != nil {
		return nil, err
	}
	roles := []Role{RoleICT}
	if err := Require(ctx, s.db, by, roles...); err != nil {
		return nil, err
	}
	want := slices.Compact(slices.Sorted(slices.Values(persons)))
	batch := issue{journey: j, window: w, addresses: addresses}
	if err := batch.plan(ctx, s.db, want); err != nil {
		return nil, err
	}
	return s.issue(ctx, by, roles, batch, along)
}

// Holder is a candidate who gets a code: under the label, since the house doesn't know the name.
type Holder struct{ Candidate, Label string }

// IssueCandidates is Issue for the candidates of a procedure, in their order. Only a recruiter may; whether it is a recruiter
// of this very procedure the house doesn't know: package recruit, which alone calls it, asks, and asks again in along.
func (s *Codes) IssueCandidates(ctx context.Context, by Actor, procedure string, holders []Holder, w Window, addresses []netip.Prefix, along Along) ([]Issued, error) {
	batch := issue{journey: Journey{Kind: JourneyRecruitment, Of: procedure}, window: w, addresses: addresses}
	if err := w.check(s.db.Now()); err != nil {
		return nil, err
	}
	roles := []Role{RoleRecruiter}
	if err := Require(ctx, s.db, by, roles...); err != nil {
		return nil, err
	}
	held, err := heldBy(ctx, s.db, batch.journey)
	if err != nil {
		return nil, err
	}
	for _, h := range holders {
		if old, has := held[h.Candidate]; !has || !old.keeps() {
			batch.make(Code{Candidate: h.Candidate, Person: Clean(h.Label, 40)})
		}
	}
	return s.issue(ctx, by, roles, batch, along)
}

// issue stores the codes that a batch made, but for those of who got one meanwhile.
func (s *Codes) issue(ctx context.Context, by Actor, roles []Role, batch issue, along Along) ([]Issued, error) {
	if err := s.strike(ctx, batch.made); err != nil { // takes its time: before the transaction
		return nil, err
	}
	var issued []Issued
	err := s.db.InTx(ctx, func(tx *Tx) error {
		issued = nil
		if err := Require(ctx, tx, by, roles...); err != nil {
			return err
		}
		held, err := heldBy(ctx, tx, batch.journey)
		if err != nil {
			return err
		}
		for _, one := range batch.made {
			old, has := held[one.holder()]
			if has && old.keeps() {
				continue // somebody else was first
			}
			if err := batch.add(ctx, tx, by, &one, old.ID); err != nil {
				return err
			}
			issued = append(issued, one)
		}
		return along.do(ctx, tx, issued)
	})
	if err != nil {
		return nil, fmt.Errorf("issue codes: %w", err)
	}
	return issued, nil
}

// Along makes paper of codes inside the transaction in which they are issued: nobody has a code without its letter.
type Along func(ctx context.Context, tx *Tx, issued []Issued) error

func (f Along) do(ctx context.Context, tx *Tx, issued []Issued) error {
	if f == nil || len(issued) == 0 {
		return nil
	}
	return f(ctx, tx, issued)
}

// issue is a batch of codes for one journey.
type issue struct {
	journey   Journey
	window    Window
	addresses []netip.Prefix
	made      []Issued
}

// keeps tells whether somebody who has the code gets no other.
func (c Code) keeps() bool {
	return c.State == CodeLive || c.State == CodeWaiting || c.State == CodeUsed
}

// heldBy gives what each person holds for a journey: the code that stands in the way of another, or the one
// that was used.
func heldBy(ctx context.Context, q Query, j Journey) (map[string]Code, error) {
	all, err := List(ctx, q, scanCode(q.Now()), codeColumns+` WHERE c.kind = $2 AND c.of = $3 AND c.revoked_at IS NULL AND c.next_id IS NULL
		ORDER BY c.issued_at, c.id`, DayOf(q.Now()), string(j.Kind), j.Of)
	if err != nil {
		return nil, fmt.Errorf("codes of %s %s: %w", j.Kind, j.Of, err)
	}
	held := map[string]Code{}
	for _, c := range all {
		if old, has := held[c.holder()]; !has || !old.keeps() {
			held[c.holder()] = c
		}
	}
	return held, nil
}

// make adds a code, without a hash yet, for who is named in c.
func (b *issue) make(c Code) {
	secret := NewCode()
	c.Journey, c.From, c.Until, c.Addresses = b.journey, b.window.From, b.window.Until, b.addresses
	c.ID, c.Mark = NewID(), strings.ToUpper(selectorOf(secret))
	b.made = append(b.made, Issued{Code: c, Secret: secret})
}

// plan makes codes, without hashes yet, for those of the persons who get one.
func (b *issue) plan(ctx context.Context, db *DB, want []string) error {
	return db.View(ctx, func(q Query) error {
		held, err := heldBy(ctx, q, b.journey)
		if err != nil {
			return err
		}
		people, err := addressees(ctx, q)
		if err != nil {
			return err
		}
		b.made = nil
		for _, p := range people {
			if !slices.Contains(want, p.PersonID) {
				continue
			}
			want = slices.DeleteFunc(want, func(id string) bool { return id == p.PersonID })
			if p.lastOn < DayOf(b.window.From) || p.firstOn > b.window.LastDay() {
				return &Invalid{Field: "person", Why: WhyCodeEmployed, Got: p.Person}
			}
			if old, has := held[p.PersonID]; has && old.keeps() {
				continue
			}
			b.make(p.Code)
		}
		if len(want) > 0 {
			return fmt.Errorf("person %s: %w", Clean(want[0], 40), ErrNotFound)
		}
		slices.SortStableFunc(b.made, func(a, b Issued) int { return byService(a.Code, b.Code) })
		return nil
	})
}

// addressee is a person to whom a code can go: with the first and last day of work here, "9999" without an end,
// and both empty for who never worked here.
type addressee struct {
	Code
	firstOn, lastOn string
}

func addressees(ctx context.Context, q Query) ([]addressee, error) {
	return List(ctx, q, func(scan func(...any) error) (a addressee, err error) {
		var p Person
		err = scan(&a.PersonID, &p.Given, &p.Family, &a.Service, &a.firstOn, &a.lastOn)
		a.Person = p.Name()
		return a, err
	}, `SELECT p.id, p.given, p.family, coalesce((
			SELECT s.name FROM employments e JOIN services s ON s.id = e.service_id
			WHERE e.person_id = p.id AND (e.until_on IS NULL OR e.until_on >= $1) ORDER BY e.from_on, e.id LIMIT 1), ''),
		coalesce((SELECT min(e.from_on) FROM employments e WHERE e.person_id = p.id), ''),
		coalesce((SELECT max(coalesce(e.until_on, '9999')) FROM employments e WHERE e.person_id = p.id), '')
		FROM persons p ORDER BY p.sort_key, p.id`, DayOf(q.Now()))
}

// strike hashes the secrets of new codes.
func (s *Codes) strike(ctx context.Context, made []Issued) error {
	house, err := s.seasoned(ctx)
	if err != nil {
		return err
	}
	for i := range made {
		if made[i].secret, err = s.hashed(ctx, house, made[i].Secret); err != nil {
			return err
		}
	}
	return nil
}

// add stores a new code in the place of an old one; old is empty where there is none.
func (b issue) add(ctx context.Context, tx *Tx, by Actor, one *Issued, old string) error {
	one.IssuedAt, one.IssuedBy = tx.Now(), by.Name
	one.State = one.stateAt(tx.Now(), true)
	if err := insertCode(ctx, tx, one.Code, old); err != nil {
		return err
	}
	detail := []string{"kind", string(b.journey.Kind), "person", one.holder()}
	if b.journey.Kind == JourneyAssessment {
		detail = append(detail, "campaign", b.journey.Of)
	}
	return tx.Audit(ctx, by, "code.issue", one.ID, detail...)
}

// label is what is stored beside the id of a candidate: the house doesn't know the name.
func (c Code) label() string {
	if c.Candidate == "" {
		return ""
	}
	return c.Person
}

func insertCode(ctx context.Context, tx *Tx, c Code, old string) error {
	if old != "" {
		if _, err := tx.ExecContext(ctx, `UPDATE codes SET next_id = $1 WHERE id = $2`, c.ID, old); err != nil {
			return fmt.Errorf("replace code %s: %w", old, err)
		}
	}
	var addresses []string
	for _, p := range c.Addresses {
		addresses = append(addresses, p.String())
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO codes (id, kind, of, person_id, candidate_id, label, selector, secret, from_at, until_at, addresses, issued_at, issued_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`, c.ID, string(c.Journey.Kind), c.Journey.Of, OrNull(c.PersonID), OrNull(c.Candidate), c.label(), strings.ToLower(c.Mark), c.secret,
		c.From.UnixMilli(), c.Until.UnixMilli(), strings.Join(addresses, " "), c.IssuedAt.UnixMilli(), c.IssuedBy); err != nil {
		return fmt.Errorf("add code: %w", err)
	}
	return nil
}

// Reprint makes a new code in the place of one whose paper got lost, and audits it: the old one is dead at once,
// journey, window and addresses stay. along is as in Issue. The ICT officer and the deputy may. It returns why a code that is
// over opens nothing: a used one can't be had again.
func (s *Codes) Reprint(ctx context.Context, by Actor, id string, along Along) (Issued, error) {
	return s.reprint(ctx, by, id, []Role{RoleICT, RoleDeputy}, along)
}

// ReprintCandidate is Reprint of a candidate's code for a recruiter. As with IssueCandidates package recruit asks whether it is
// a recruiter of the procedure. It returns ErrDenied for the code of a person.
func (s *Codes) ReprintCandidate(ctx context.Context, by Actor, id string, along Along) (Issued, error) {
	return s.reprint(ctx, by, id, []Role{RoleRecruiter}, along)
}

func (s *Codes) reprint(ctx context.Context, by Actor, id string, roles []Role, along Along) (Issued, error) {
	one := Issued{Secret: NewCode()}
	if err := Require(ctx, s.db, by, roles...); err != nil {
		return Issued{}, err
	}
	house, err := s.seasoned(ctx)
	if err != nil {
		return Issued{}, err
	}
	stored, err := s.hashed(ctx, house, one.Secret)
	if err != nil {
		return Issued{}, err
	}
	err = s.db.InTx(ctx, func(tx *Tx) error {
		old, err := codeByID(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := Require(ctx, tx, by, roles...); err != nil {
			return err
		}
		if slices.Equal(roles, []Role{RoleRecruiter}) && old.Candidate == "" {
			return fmt.Errorf("code %s is a person's: %w", old.ID, ErrDenied)
		}
		if old.State != CodeLive && old.State != CodeWaiting {
			return fmt.Errorf("code %s: %w", old.ID, old.State.err())
		}
		one.Code = old
		one.ID, one.Mark, one.secret, one.next = NewID(), strings.ToUpper(selectorOf(one.Secret)), stored, ""
		one.IssuedAt, one.IssuedBy, one.UsedAt = tx.Now(), by.Name, time.Time{}
		if err := insertCode(ctx, tx, one.Code, old.ID); err != nil {
			return err
		}
		if err := tx.Audit(ctx, by, "code.reprint", old.ID, "next", one.ID, "person", one.holder()); err != nil {
			return err
		}
		return along.do(ctx, tx, []Issued{one})
	})
	if err != nil {
		return Issued{}, fmt.Errorf("reprint code: %w", err)
	}
	return one, nil
}

// Revoke takes a code back and audits it; an open session with it ends. Revoking twice is fine. It returns
// ErrCodeUsed or ErrCodeReplaced for a code that is over in that way. Only the ICT officer may; a recruiter withdraws the
// candidate.
func (s *Codes) Revoke(ctx context.Context, by Actor, id string) error {
	return s.db.InTxFor(ctx, by, []Role{RoleICT}, func(tx *Tx) error {
		c, err := codeByID(ctx, tx, id)
		if err != nil {
			return err
		}
		switch {
		case !c.RevokedAt.IsZero():
			return nil
		case c.State == CodeUsed || c.State == CodeReplaced:
			return fmt.Errorf("code %s: %w", c.ID, c.State.err())
		}
		return takeBack(ctx, tx, by, c.ID)
	})
}

func takeBack(ctx context.Context, tx *Tx, by Actor, id string) error {
	if _, err := tx.ExecContext(ctx, `UPDATE codes SET revoked_at = $1 WHERE id = $2`, tx.Now().UnixMilli(), id); err != nil {
		return fmt.Errorf("revoke code %s: %w", id, err)
	}
	return tx.Audit(ctx, by, "code.revoke", id)
}

// RevokeAllOf takes back all codes of somebody who leaves, in the transaction of whoever books the leaving. Only
// the ICT officer may.
func (s *Codes) RevokeAllOf(ctx context.Context, tx *Tx, by Actor, person string) error {
	if err := Require(ctx, tx, by, RoleICT); err != nil {
		return err
	}
	open, err := List(ctx, tx, func(scan func(...any) error) (id string, err error) { return id, scan(&id) },
		`SELECT id FROM codes WHERE person_id = $1 AND done_at IS NULL AND next_id IS NULL AND revoked_at IS NULL ORDER BY id`, person)
	if err != nil {
		return fmt.Errorf("codes of %s: %w", person, err)
	}
	for _, id := range open {
		if err := takeBack(ctx, tx, by, id); err != nil {
			return err
		}
	}
	return nil
}

// UseUp ends the codes that somebody, a person or a candidate, has for a journey, in the transaction in which the journey ends, whichever
// way the person came in: paper in a drawer opens nothing any more. Codes for "Ik werk hier" are for many
// journeys and stay. It may be called again.
func UseUp(ctx context.Context, tx *Tx, holder string, j Journey) error {
	if j.Kind == JourneyStaff {
		return nil
	}
	_, err := tx.ExecContext(ctx, `UPDATE codes SET done_at = $1 WHERE coalesce(person_id, candidate_id) = $2 AND kind = $3 AND of = $4
		AND done_at IS NULL AND next_id IS NULL AND revoked_at IS NULL`, tx.Now().UnixMilli(), holder, string(j.Kind), j.Of)
	if err != nil {
		return fmt.Errorf("use up codes of %s: %w", holder, err)
	}
	return nil
}

// KeepOpen lets the codes that somebody has for a journey open it until a moment that is later than their window, in the
// transaction in which the journey begins: who is in it can come back. UseUp ends them.
func KeepOpen(ctx context.Context, tx *Tx, holder string, j Journey, until time.Time) error {
	_, err := tx.ExecContext(ctx, `UPDATE codes SET until_at = $1 WHERE coalesce(person_id, candidate_id) = $2 AND kind = $3 AND of = $4
		AND done_at IS NULL AND next_id IS NULL AND revoked_at IS NULL AND until_at < $1`, until.UnixMilli(), holder, string(j.Kind), j.Of)
	if err != nil {
		return fmt.Errorf("keep codes of %s open: %w", holder, err)
	}
	return nil
}
