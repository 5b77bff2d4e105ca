package data

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"
)

// CodeState is where a paper code is in its life.
type CodeState string

// The states of a code.
const (
	CodeWaiting  CodeState = "waiting"  // before its window
	CodeLive     CodeState = "live"     // lets its person in
	CodeUsed     CodeState = "used"     // its journey is done (opgebruikt)
	CodeExpired  CodeState = "expired"  // after its window
	CodeRevoked  CodeState = "revoked"  // taken back, or its person works here no more
	CodeReplaced CodeState = "replaced" // another was printed in its place
)

// CodeStates gives all states, in the order in which people look for them.
func CodeStates() []CodeState {
	return []CodeState{CodeLive, CodeWaiting, CodeUsed, CodeExpired, CodeRevoked, CodeReplaced}
}

// Code is a paper code as the house knows it: never the secret, which only the paper has.
type Code struct {
	ID        string
	Journey   Journey
	PersonID  string         // empty for a candidate's
	Candidate string         // id, of a code for a recruitment test; empty for a person's
	Person    string         // name; of a candidate the label, such as "K-07"
	Service   string         // where the person works today, for letters and lists; may be empty
	Mark      string         // the first letters of the secret, "BCD": to find the paper by
	From      time.Time      // from this moment
	Until     time.Time      // and before this one
	Addresses []netip.Prefix // where it may be typed; none: anywhere
	State     CodeState
	IssuedAt  time.Time
	IssuedBy  string    // log-in name
	UsedAt    time.Time // first log-in; zero while there was none
	DoneAt    time.Time // end of the journey; zero before
	RevokedAt time.Time // zero unless somebody took it back

	next, secret string
}

// holder is the id of whose code it is, a person or a candidate.
func (c Code) holder() string { return c.PersonID + c.Candidate }

// Login is what the code is called in logs: harmless, and to be found on the paper.
func (c Code) Login() string { return "code:" + c.Mark }

// Issued is a code with its secret, ten small letters, which can't be had again: for the letter alone.
type Issued struct {
	Code
	Secret string
}

// Window is when a code is good: from a moment, and before another.
type Window struct{ From, Until time.Time }

// Days is the window of two days, YYYY-MM-DD, both included. It returns an *Invalid of field from or until.
func Days(from, until string) (Window, error) {
	first, err := ParseDay(from)
	if err != nil {
		return Window{}, &Invalid{Field: "from", Why: WhyDay, Got: Clean(from, 40)}
	}
	last, err := ParseDay(until)
	if err != nil || last.Before(first) {
		return Window{}, &Invalid{Field: "until", Why: WhyDay, Want: from, Got: Clean(until, 40)}
	}
	return Window{StartOf(first), StartOf(last.AddDate(0, 0, 1))}, nil
}

// LastDay is the last day of the window, YYYY-MM-DD.
func (w Window) LastDay() string { return DayOf(w.Until.Add(-time.Millisecond)) }

// maxWindow is how long a code can be good: paper gets lost, and a year of "Ik werk hier" is what a letter a
// year asks for.
const maxWindow = 400 * 24 * time.Hour

func (w Window) check(now time.Time) error {
	switch {
	case !w.Until.After(w.From), !w.Until.After(now):
		return &Invalid{Field: "until", Why: WhyDay, Want: DayOf(later(w.From, now)), Got: w.LastDay()}
	case w.Until.Sub(w.From) > maxWindow:
		return &Invalid{Field: "until", Why: WhyCodeWindow, Want: DayOf(w.From.Add(maxWindow)), Got: w.LastDay()}
	}
	return nil
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// What can be wrong with what a code is asked for.
const (
	WhyCodeWindow   Why = "code.window"   // longer than a code can be good; Want is the last possible day
	WhyCodeEmployed Why = "code.employed" // Got works here no more
	WhyCodeAddress  Why = "code.address"  // Got is no address or network
)

// ParseAddresses reads where codes may be typed: addresses and networks (CIDR), each made to name its network.
func ParseAddresses(texts []string) (all []netip.Prefix, err error) {
	for _, text := range texts {
		text = strings.TrimSpace(text)
		p, bad := netip.ParsePrefix(text)
		if ip, no := netip.ParseAddr(text); no == nil {
			p, bad = ip.Unmap().WithZone("").Prefix(ip.Unmap().BitLen())
		}
		if bad != nil {
			return nil, &Invalid{Field: "address", Why: WhyCodeAddress, Got: Clean(text, 60)}
		}
		all = append(all, p.Masked())
	}
	return all, nil
}

// Codes keeps paper codes.
type Codes struct {
	db     *DB
	hasher *Hasher
}

// NewCodes gives the codes of a database. Of hasher only its turns count: codes have costs of their own.
func NewCodes(db *DB, hasher *Hasher) *Codes { return &Codes{db, hasher} }

// codeHash are the costs of a code's hash. A code is not chosen by a person: it has 36.8 bits, of which the
// selector, in plain, gives 12.3 away. Whoever steals the database tries the other 24.5 bits, 24 million hashes
// for each code: at these costs two days of one processor, for a paper that is dead within weeks. Dearer
// costs would win little there, and make whoever prints a thousand letters wait.
func codeHash() HashParams { return HashParams{Memory: 8 * 1024, Time: 2, Threads: 1} }

// selectorOf is the part of a secret by which rows are found.
func selectorOf(secret string) string { return secret[:codeSelector] }

// houseSalt gives what the salts are made of; empty while no code was ever issued.
func houseSalt(ctx context.Context, q Query) (salt string, err error) {
	err = One(ctx, q, []any{&salt}, `SELECT salt FROM code_salt WHERE one = 1`)
	if errors.Is(err, ErrNotFound) {
		return "", nil
	}
	return salt, err
}

// seasoned is houseSalt that makes one where there is none.
func (s *Codes) seasoned(ctx context.Context) (string, error) {
	if salt, err := houseSalt(ctx, s.db); err != nil || salt != "" {
		return salt, err
	}
	err := s.db.InPlainTx(ctx, func(tx *Tx) error {
		fresh := make([]byte, 2*saltLen)
		_, _ = rand.Read(fresh) // never fails since Go 1.24
		_, err := tx.ExecContext(ctx, `INSERT INTO code_salt (one, salt) VALUES (1, $1) ON CONFLICT (one) DO NOTHING`,
			base64.RawStdEncoding.EncodeToString(fresh))
		return err
	})
	if err != nil {
		return "", fmt.Errorf("salt of codes: %w", err)
	}
	return houseSalt(ctx, s.db)
}

// codeSalt is the salt of all codes of a selector.
func codeSalt(house, selector string) []byte {
	sum := sha256.Sum256([]byte("digibrug code " + house + " " + selector))
	return sum[:saltLen]
}

// hashed gives a secret in the form in which it is stored.
func (s *Codes) hashed(ctx context.Context, house, secret string) (string, error) {
	salt := codeSalt(house, selectorOf(secret))
	key, err := s.hasher.key(ctx, codeHash(), secret, salt)
	if err != nil {
		return "", err
	}
	return phc(codeHash(), salt, key), nil
}

// codeColumns reads codes with their person; $1 is today.
const codeColumns = `SELECT c.id, c.kind, c.of, coalesce(c.person_id, ''), coalesce(c.candidate_id, ''), c.label, coalesce(p.given, ''), coalesce(p.family, ''), coalesce((
		SELECT s.name FROM employments e JOIN services s ON s.id = e.service_id
		WHERE e.person_id = c.person_id AND e.from_on <= $1 AND (e.until_on IS NULL OR e.until_on >= $1)
		ORDER BY e.from_on, e.id LIMIT 1), ''),
	(c.person_id IS NULL OR EXISTS (SELECT 1 FROM employments e WHERE e.person_id = c.person_id AND (e.until_on IS NULL OR e.until_on >= $1))),
	c.selector, c.secret, c.from_at, c.until_at, c.addresses, c.issued_at, c.issued_by, c.used_at, c.done_at, c.revoked_at, c.next_id
	FROM codes c LEFT JOIN persons p ON p.id = c.person_id`

// scanCode reads a row of codeColumns; now decides the state.
func scanCode(now time.Time) func(func(...any) error) (Code, error) {
	return func(scan func(...any) error) (c Code, err error) {
		var p Person
		var here bool
		var selector, addresses string
		var from, until, issued int64
		var used, done, revoked sql.NullInt64
		var next sql.NullString
		if err = scan(&c.ID, &c.Journey.Kind, &c.Journey.Of, &c.PersonID, &c.Candidate, &c.Person, &p.Given, &p.Family, &c.Service, &here, &selector, &c.secret,
			&from, &until, &addresses, &issued, &c.IssuedBy, &used, &done, &revoked, &next); err != nil {
			return c, err
		}
		if c.PersonID != "" {
			c.Person = p.Name()
		}
		c.Mark, c.next = strings.ToUpper(selector), next.String
		c.From, c.Until, c.IssuedAt = Milli(from), Milli(until), Milli(issued)
		c.UsedAt, c.DoneAt, c.RevokedAt = moment(used), moment(done), moment(revoked)
		for text := range strings.FieldsSeq(addresses) {
			prefix, err := netip.ParsePrefix(text)
			if err != nil { // an address that can't be read must not become "anywhere"
				return c, fmt.Errorf("addresses of code %s: %w", c.ID, err)
			}
			c.Addresses = append(c.Addresses, prefix)
		}
		c.State = c.stateAt(now, here)
		return c, nil
	}
}

// moment is a stored instant; zero where there is none.
func moment(ms sql.NullInt64) time.Time {
	if !ms.Valid {
		return time.Time{}
	}
	return Milli(ms.Int64)
}

// stateAt says where the code is at a moment; here tells that its person has not left.
func (c Code) stateAt(now time.Time, here bool) CodeState {
	switch {
	case !c.DoneAt.IsZero():
		return CodeUsed
	case c.next != "":
		return CodeReplaced
	case !c.RevokedAt.IsZero() || !here:
		return CodeRevoked
	case !now.Before(c.Until):
		return CodeExpired
	case now.Before(c.From):
		return CodeWaiting
	}
	return CodeLive
}

// codeByID reads one code. It returns ErrNotFound.
func codeByID(ctx context.Context, q Query, id string) (Code, error) {
	found, err := List(ctx, q, scanCode(q.Now()), codeColumns+` WHERE c.id = $2`, DayOf(q.Now()), id)
	if err == nil && len(found) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return Code{}, fmt.Errorf("code %s: %w", Clean(id, 40), err)
	}
	return found[0], nil
}

// CandidateCodes gives the newest code of each candidate of a procedure, by the id of the candidate, in the view or
// transaction of package recruit, which asks who may.
func CandidateCodes(ctx context.Context, q Query, procedure string) (map[string]Code, error) {
	all, err := List(ctx, q, scanCode(q.Now()), codeColumns+` WHERE c.kind = $2 AND c.of = $3 AND c.candidate_id IS NOT NULL ORDER BY c.issued_at, c.id`,
		DayOf(q.Now()), string(JourneyRecruitment), procedure)
	if err != nil {
		return nil, fmt.Errorf("codes of procedure %s: %w", Clean(procedure, 40), err)
	}
	newest := map[string]Code{}
	for _, c := range all {
		newest[c.Candidate] = c
	}
	return newest, nil
}

// CodeFilter narrows a list of codes. The zero filter keeps all.
type CodeFilter struct {
	Kind   JourneyKind
	Of     string // campaign or procedure
	Person string // id
	States []CodeState
}

// List lists codes by service and name, for the ICT officer and the deputy.
func (s *Codes) List(ctx context.Context, by Actor, f CodeFilter) ([]Code, error) {
	if err := Require(ctx, s.db, by, RoleICT, RoleDeputy); err != nil {
		return nil, err
	}
	all, err := List(ctx, s.db, scanCode(s.db.Now()), codeColumns+` WHERE ($2 = '' OR c.kind = $2) AND ($3 = '' OR c.of = $3)
		AND ($4 = '' OR c.person_id = $4) ORDER BY coalesce(p.sort_key, c.label), c.issued_at, c.id`, s.db.Today(), string(f.Kind), f.Of, f.Person)
	if err != nil {
		return nil, fmt.Errorf("list codes: %w", err)
	}
	if len(f.States) > 0 {
		all = slices.DeleteFunc(all, func(c Code) bool { return !slices.Contains(f.States, c.State) })
	}
	slices.SortStableFunc(all, byService)
	return all, nil
}

// byService orders what is handed out service by service.
func byService(a, b Code) int { return strings.Compare(SortKey(a.Service), SortKey(b.Service)) }

// Find gives one code, for whom List gives it.
func (s *Codes) Find(ctx context.Context, by Actor, id string) (Code, error) {
	if err := Require(ctx, s.db, by, RoleICT, RoleDeputy); err != nil {
		return Code{}, err
	}
	return codeByID(ctx, s.db, id)
}
