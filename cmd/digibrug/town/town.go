// Package town makes the believable municipality of the demo: Zandwerve, its gemeente and its OCMW, twelve
// services, some 140 invented people with accounts, three locations with their hours, one kennismeting that is over
// and one that runs. People and places come in through the start workbook, as in a real municipality. Who is
// who, how able they are and which questions they draw comes from a fixed seed; what they answered comes
// from a stated model (see answer).
//
// It uses the public methods of the stores, with a clock that it moves by itself, so that the past lies in
// the past; a demo is then an ordinary data directory.
package town

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync"
	"time"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/data/start"
	"digibrug/loans"
	"digibrug/loans/takeover"
	"digibrug/quiz"
	"digibrug/quiz/recruit"
)

// Place is the name of the town. There is no such municipality.
const Place = "Zandwerve"

// Password is that of every account: plain words without a letter that moves between AZERTY and QWERTY.
const Password = "drie oude fietsen"

// Account is an account to try the demo with.
type Account struct {
	User     string `json:"user"`
	Password string `json:"password"`
	Role     string `json:"role"`
}

// Accounts are those that the demo hands out, whatever database they are in.
func Accounts() (all []Account) {
	for _, n := range cast() {
		all = append(all, Account{data.LoginFor(n.given, n.family), Password, string(n.role)})
	}
	return all
}

// seed fixes who lives in Zandwerve.
const seed = 20260413

// builder is a town under construction.
type builder struct {
	ctx      context.Context
	now      time.Time // the real moment; nothing happens after it
	clock    *hand
	people   *data.People
	accounts *data.Accounts
	settings *data.Settings
	gate     *data.Gate
	start    *start.Store
	quiz     *quiz.Store
	loans    *loans.Store
	taught   *courses.Store
	recruit  *recruit.Store
	teaching *teaching
	chance   *rand.Rand
	hash     string // of Password
	units    map[string]data.Service
	crowd    []*inhabitant
	borrow   []loans.Borrower // who has a card of the loan desk
	ict      data.Actor
}

// inhabitant is one person of the town.
type inhabitant struct {
	named
	org     data.OrganisationKind
	login   string
	account data.Account
	ability float64 // logits
	spring  bool    // took part in spring
	cast    bool    // the demo hands out the account
}

func (p *inhabitant) identity() data.Identity {
	return data.Identity{AccountID: p.account.ID, PersonID: p.account.PersonID, Login: p.login, Name: p.account.Person, Method: "password", From: "10.20.1.17"}
}

// builderName acts where no inhabitant could.
const builderName = "demo"

// Filled is what came of filling a town that its database doesn't give back.
type Filled struct {
	Workbook []byte   // the start workbook through which its people came in
	Tickets  []Ticket // for the recruitment test of today
}

// Fill fills the empty database at url, as the town stands at the moment now. hasher makes the passwords.
func Fill(ctx context.Context, url string, now time.Time, hasher *data.Hasher, banks []quiz.Bank) (filled Filled, err error) {
	b := &builder{ctx: ctx, now: now, clock: &hand{}, chance: rand.New(rand.NewPCG(seed, seed)), units: map[string]data.Service{}}
	quiet := slog.New(slog.DiscardHandler)
	db, err := data.Open(ctx, url, data.WithClock(b.clock.Now), data.WithLog(quiet))
	if err != nil {
		return filled, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	b.people, b.accounts, b.settings, b.quiz = data.NewPeople(db), data.NewAccounts(db, hasher), data.NewSettings(db), quiz.NewStore(db, banks).Seeded(b.chance.Int64)
	b.recruit = recruit.NewStore(db, data.NewCodes(db, hasher), recruit.Held(b.quiz.Library())).Seeded(b.chance.Int64)
	b.loans, b.taught = loans.NewStore(db), courses.NewStore(db)
	b.start = start.NewStore(db, takeover.Workbook()...)
	b.gate = data.NewGate(b.accounts, quiet)
	if b.hash, err = hasher.Hash(ctx, Password); err != nil {
		return filled, err
	}
	spring, running := calendar(now)
	b.clock.set(spring.opens.AddDate(0, -2, 0).Add(9 * time.Hour))
	b.populate()
	if filled.Workbook, err = b.workbook(); err != nil {
		return filled, err
	}
	if err := b.load(filled.Workbook); err != nil {
		return filled, fmt.Errorf("build %s: %w", Place, err)
	}
	if err := b.placed(db); err != nil {
		return filled, fmt.Errorf("where %s is: %w", Place, err)
	}
	if err := b.hold(spring); err != nil {
		return filled, fmt.Errorf("campaign in spring: %w", err)
	}
	if err := b.lend(spring.closes.AddDate(0, 0, 3), running.opens.AddDate(0, 0, -21)); err != nil {
		return filled, fmt.Errorf("a year of lending: %w", err)
	}
	if err := b.hired(running.opens.AddDate(0, 0, -20)); err != nil {
		return filled, fmt.Errorf("a recruitment of last month: %w", err)
	}
	if err := b.teachWeek(running.opens.AddDate(0, 0, -7)); err != nil {
		return filled, fmt.Errorf("a week of courses: %w", err)
	}
	kids, err := b.clubWeek(db, running.opens.AddDate(0, 0, -7))
	if err != nil {
		return filled, fmt.Errorf("the Kinderclub: %w", err)
	}
	if err := b.hold(running); err != nil {
		return filled, fmt.Errorf("running campaign: %w", err)
	}
	if err := b.lendNow(); err != nil {
		return filled, fmt.Errorf("today's desk: %w", err)
	}
	if err := b.marking(undisturbed(b.now.Add(-110 * time.Minute))); err != nil {
		return filled, fmt.Errorf("open answers to mark: %w", err)
	}
	if err := b.teachNow(); err != nil {
		return filled, fmt.Errorf("courses: %w", err)
	}
	if err := kids.now(); err != nil {
		return filled, fmt.Errorf("today's Kinderclub: %w", err)
	}
	if err := b.ownBank(); err != nil {
		return filled, fmt.Errorf("questions of the house: %w", err)
	}
	if filled.Tickets, err = b.hiring(); err != nil {
		return filled, fmt.Errorf("today's recruitment: %w", err)
	}
	return filled, nil
}

// hand is a clock that is moved by hand.
type hand struct {
	mu sync.Mutex
	at time.Time
}

// Now is the time on the clock.
func (h *hand) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.at
}

func (h *hand) set(at time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at = at.UTC()
}

// populate thinks up the people of every service: first the cast, then drawn names until it is full. Where nobody
// of the cast heads a service or its cluster, the first drawn person does.
func (b *builder) populate() {
	names, headed := b.names(), map[string]bool{"": true}
	for _, n := range cast() {
		for _, unit := range n.heads {
			headed[unit] = true
		}
	}
	for _, t := range teams() {
		var members []*inhabitant
		for _, n := range cast() {
			if n.service == t.name {
				members = append(members, &inhabitant{named: n, cast: true})
			}
		}
		for i := len(members); i < t.people; i++ {
			n := names[0]
			names = names[1:]
			n.service, n.job, n.role = t.name, t.jobs[i%len(t.jobs)], data.RoleStaff
			for _, unit := range []string{t.name, t.cluster} {
				if !headed[unit] {
					n.job, n.role = "diensthoofd "+strings.ToLower(t.name), data.RoleHead
					n.heads, headed[unit] = append(n.heads, unit), true
				}
			}
			members = append(members, &inhabitant{named: n})
		}
		b.lots(t, members)
		for _, p := range members {
			p.org, p.login = t.org, data.LoginFor(p.given, p.family)
		}
		b.crowd = append(b.crowd, members...)
	}
}

// names draws people, none twice, none with the name or log-in of the cast.
func (b *builder) names() (drawn []named) {
	given, family := strings.Fields(givenNames), strings.Fields(familyNames)
	logins := map[string]bool{}
	for _, n := range cast() {
		logins[data.LoginFor(n.given, n.family)] = true
	}
	for len(drawn) < 200 {
		n := named{given: given[b.chance.IntN(len(given))], family: family[b.chance.IntN(len(family))]}
		if login := data.LoginFor(n.given, n.family); !logins[login] {
			logins[login] = true
			drawn = append(drawn, n)
		}
	}
	return drawn
}

// lots decides how able the people of a team are and in which campaigns they take part, so that the numbers
// of the plan come out exactly.
func (b *builder) lots(t team, members []*inhabitant) {
	for _, p := range members {
		p.ability = t.mean + b.chance.NormFloat64()
		if p.state == halfWay || p.state == finished {
			p.ability = max(p.ability, 0) // nobody whom people log in as fails all three entry questions
		}
	}
	done, half, spring := t.done, t.half, t.spring
	for _, p := range members {
		if p.cast { // they have a result to look at
			p.spring = true
			spring--
		}
		switch p.state {
		case finished:
			done--
		case halfWay:
			half--
		}
	}
	for _, at := range b.chance.Perm(len(members)) {
		p := members[at]
		if !p.cast && spring > 0 {
			p.spring = true
			spring--
		}
		switch {
		case p.state != byLot:
		case done > 0:
			p.state = finished
			done--
		case half > 0:
			p.state = halfWay
			half--
		default:
			p.state = untouched
		}
	}
}
