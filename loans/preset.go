package loans

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
)

// Answers are what the preset "kleine laptopbib" asks: six questions, after which a desk can lend.
type Answers struct {
	// What is lent, what goes along, and for how many weeks.
	What        string
	Accessories []string
	Weeks       int64
	// How often it can be renewed, for as long again.
	Renewals int64
	// How many devices a person may have at the same time, and a household.
	PerPerson    int64
	PerHousehold int64
	// The deposit in cents; 0: none. Who pays none; clients of the OCMW are left to a tariff.
	DepositCents int64
	Free         []Category
	Cash         bool // the desk takes cash
	// Where the desk is. Without a location one is made, of an organisation, open on Days during Hours but for the
	// public holidays.
	LocationID     string
	Place          string
	OrganisationID string
	Days           []time.Weekday
	Hours          string // as calendar.ParseHours reads it
	// What the desk does about who is late.
	Late LatePolicy
}

// LatePolicy is how strict a small desk is.
type LatePolicy string

// The policies.
const (
	LateKind   LatePolicy = "kind"   // reminders alone
	LateBlock  LatePolicy = "block"  // a day without lending for each day late
	LateStrict LatePolicy = "strict" // and a week without for each letter
)

// LatePolicies gives all policies, the usual one first.
func LatePolicies() []LatePolicy { return []LatePolicy{LateBlock, LateKind, LateStrict} }

// Usual are the answers of who presses Enter six times.
func Usual() Answers {
	return Answers{What: "laptop", Accessories: []string{"lader", "tas"}, Weeks: 3, Renewals: 2, PerPerson: 1, PerHousehold: 2, DepositCents: 6000,
		Free: []Category{Employee}, Days: []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday},
		Hours: "9.00-12.00, 13.30-16.30", Late: LateBlock}
}

// Bounds of the answers.
const (
	presetWeeks    = 52
	presetRenewals = 12
	presetDevices  = 50
	presetDeposit  = 100_000 // cents
)

// check says everything that is wrong with the answers, each an *data.Invalid, joined.
func (a Answers) check() error {
	var wrong []error
	bound := func(field string, value, least, most int64) {
		if value < least || value > most {
			wrong = append(wrong, &data.Invalid{Field: field, Why: data.WhyNumber, Want: fmt.Sprintf("%d … %d", least, most), Got: strconv.FormatInt(value, 10)})
		}
	}
	bound("weeks", a.Weeks, 1, presetWeeks)
	bound("renewals", a.Renewals, 0, presetRenewals)
	bound("per_person", a.PerPerson, 1, presetDevices)
	bound("per_household", a.PerHousehold, a.PerPerson, presetDevices)
	if a.DepositCents < 0 || a.DepositCents > presetDeposit { // in euro, as people type it
		wrong = append(wrong, &data.Invalid{Field: "deposit", Why: data.WhyNumber, Want: fmt.Sprintf("0 … %d", presetDeposit/100), Got: strconv.FormatInt(a.DepositCents/100, 10)})
	}
	if a.What == "" {
		wrong = append(wrong, &data.Invalid{Field: "type", Why: data.WhyEmpty})
	}
	for _, c := range a.Free {
		if !slices.Contains(Categories(), c) || c == Client {
			wrong = append(wrong, &data.Invalid{Field: "free", Why: data.WhyNotOneOf, Got: data.Clean(string(c), 20)})
		}
	}
	if !slices.Contains(LatePolicies(), a.Late) {
		wrong = append(wrong, &data.Invalid{Field: "late", Why: data.WhyNotOneOf, Want: fmt.Sprint(LatePolicies()), Got: data.Clean(string(a.Late), 20)})
	}
	if a.LocationID == "" && len(a.Days) == 0 {
		wrong = append(wrong, &data.Invalid{Field: "days", Why: data.WhyEmpty})
	}
	return errors.Join(wrong...)
}

// Preset is what the answers come to.
type Preset struct {
	Type    Type
	Version Version
	Ladder  []Rung
	Cash    string            // of SettingCash
	Week    calendar.Calendar // of the location that is made; of no use where there is one
}

// PresetOf makes of the answers a type of device, a first version of the regulation that begins on a day, a ladder and
// settings. What the questions don't ask is as in the model regulation. It returns an *data.Invalid for each answer that
// can't be, joined.
func PresetOf(a Answers, name, from string) (Preset, error) {
	if err := a.check(); err != nil {
		return Preset{}, err
	}
	p := Preset{Type: Type{Name: a.What}, Cash: "0", Ladder: ModelLadder()}
	for _, one := range a.Accessories {
		p.Type.Accessories = append(p.Type.Accessories, Accessory{Name: one})
	}
	if a.Cash {
		p.Cash = "1"
	}
	figures := ModelRegulation().Cells
	all := figures[Cell{}]
	term := a.Weeks * 7
	for _, of := range figures { // one term for everybody: the questions made no difference
		delete(of, TermDays)
		delete(of, RenewalDays)
		delete(of, Renewals)
		delete(of, DepositCents)
		delete(of, BlockPerDay)
	}
	all[TermDays], all[RenewalDays], all[Renewals] = term, term, a.Renewals
	all[MostLoans], all[MostHousehold] = a.PerPerson, a.PerHousehold
	all[DepositCents], all[MostDays] = a.DepositCents, term+1
	for _, c := range a.Free {
		if figures[Cell{Category: c}] == nil {
			figures[Cell{Category: c}] = map[Param]int64{}
		}
		figures[Cell{Category: c}][DepositCents] = 0
	}
	lateRules(a.Late, figures, p.Ladder)
	for cell, of := range figures {
		if len(of) == 0 {
			delete(figures, cell)
		}
	}
	p.Version = Version{Regulation: Regulation{From: from, Cells: figures}, Name: name, Decisions: map[Param]Decision{}}
	if a.LocationID != "" {
		return p, nil
	}
	hours, err := calendar.ParseHours(a.Hours)
	if err != nil {
		return Preset{}, err
	}
	for _, d := range a.Days {
		p.Week.Week[(d%7+7)%7] = hours
	}
	p.Week.Ticks = calendar.PublicHolidays()
	return p, nil
}

// lateRules writes down what a policy costs who is late. Clients of the OCMW are never blocked, and staff of the house
// only when it is strict.
func lateRules(policy LatePolicy, figures map[Cell]map[Param]int64, ladder []Rung) {
	perDay := int64(1)
	switch policy {
	case LateKind:
		perDay = 0
		for i := range ladder {
			ladder[i].BlockDays = 0
		}
	case LateBlock:
		figures[Cell{Category: Employee}][BlockPerDay] = 0
	case LateStrict:
		for i := range ladder {
			if ladder[i].Days > 0 {
				ladder[i].BlockDays = max(ladder[i].BlockDays, 7)
			}
		}
	}
	figures[Cell{}][BlockPerDay] = perDay
	if perDay > 0 {
		figures[Cell{Category: Client}][BlockPerDay] = 0
	}
}

// WhyVersionThere says that a regulation begins today or has begun: From is Want. The preset would take its place.
const WhyVersionThere data.Why = "loans.version_there"

// OpenDesk stores what the preset makes of the answers as one act with one audit row: the type of device (one that is
// there keeps what it has), the first version of the regulation from today, the ladder, the setting of cash, and the
// location where there is none. Only the ICT officer may. It returns a *data.Invalid with WhyVersionThere when there is
// a version already, unless again says that it may be taken over from today; other *data.Invalid, and
// data.ErrNotFound for a location or organisation.
func (s *Store) OpenDesk(ctx context.Context, by data.Actor, a Answers, name string, again bool) (p Preset, err error) {
	if err := data.ShortTexts(nameLimit, data.Typed("type", &a.What), data.Typed("location", &a.Place), data.Typed("regulation", &name)); err != nil {
		return Preset{}, err
	}
	err = s.db.InTxFor(ctx, by, []data.Role{data.RoleICT}, func(tx *data.Tx) error {
		p, err = openDesk(ctx, tx, by, a, name, again)
		return err
	})
	if err != nil {
		return Preset{}, fmt.Errorf("open desk: %w", err)
	}
	return p, nil
}

func openDesk(ctx context.Context, tx *data.Tx, by data.Actor, a Answers, name string, again bool) (Preset, error) {
	p, err := PresetOf(a, name, tx.Today())
	if err != nil {
		return Preset{}, err
	}
	var there string
	if err := data.One(ctx, tx, []any{&there}, `SELECT coalesce(max(from_on), '') FROM loan_regulations`); err != nil {
		return Preset{}, err
	}
	if there != "" && !again {
		return Preset{}, &data.Invalid{Field: "regulation", Why: WhyVersionThere, Want: there}
	}
	if err := p.Version.check(); err != nil {
		return Preset{}, err
	}
	if p.Type, err = presetType(ctx, tx, p.Type); err != nil {
		return Preset{}, err
	}
	if err := presetPlace(ctx, tx, by, a, p.Week); err != nil {
		return Preset{}, err
	}
	p.Version.ID = data.NewID()
	if err := dropVersion(ctx, tx, p.Version.From); err != nil {
		return Preset{}, err
	}
	if err := addVersion(ctx, tx, by, p.Version); err != nil {
		return Preset{}, err
	}
	if err := putLadder(ctx, tx, p.Ladder); err != nil {
		return Preset{}, err
	}
	if err := putSetting(ctx, tx, SettingCash, p.Cash); err != nil {
		return Preset{}, err
	}
	return p, tx.Audit(ctx, by, "loan.preset", p.Version.ID, "name", p.Type.Name, "from", p.Version.From)
}

// presetType gives the type of that name as it is, or stores it.
func presetType(ctx context.Context, tx *data.Tx, t Type) (Type, error) {
	var err error
	if t.Accessories, err = cleanAccessories(t.Accessories); err != nil {
		return Type{}, err
	}
	all, err := types(ctx, tx, "")
	if err != nil {
		return Type{}, err
	}
	for _, there := range all {
		if data.SortKey(there.Name) == data.SortKey(t.Name) {
			return there, nil
		}
	}
	return insertType(ctx, tx, t)
}

// presetPlace looks whether the location is there, or adds it, which is audited as such.
func presetPlace(ctx context.Context, tx *data.Tx, by data.Actor, a Answers, open calendar.Calendar) error {
	if a.LocationID == "" {
		_, err := calendar.AddLocation(ctx, tx, by, a.OrganisationID, a.Place, open)
		return err
	}
	var n int
	if err := data.One(ctx, tx, []any{&n}, `SELECT count(*) FROM locations WHERE id = $1`, a.LocationID); err != nil || n == 0 {
		return fmt.Errorf("location %s: %w", data.Clean(a.LocationID, 40), orNotFound(err))
	}
	return nil
}
