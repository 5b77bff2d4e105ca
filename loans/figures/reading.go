package figures

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/loans"
)

// reading is the register as one view of the database shows it.
type reading struct {
	World
	ctx   context.Context
	q     data.Query
	known []loans.Type // by name
	names map[string]string
}

func (r *reading) types() (err error) {
	r.known, err = data.List(r.ctx, r.q, func(scan func(...any) error) (t loans.Type, err error) { return t, scan(&t.ID, &t.Name, &t.Kind) },
		`SELECT id, name, kind FROM device_types ORDER BY sort_key, id`)
	for _, t := range r.known {
		r.names[t.ID] = t.Name
	}
	return err
}

// all reads what touches the period.
func (r *reading) all() error {
	for _, read := range []func() error{r.loans, r.wishes, r.devices} {
		if err := read(); err != nil {
			return err
		}
	}
	return nil
}

// loans reads the loans that were open in the period, and of its first year those before it: limits count years.
func (r *reading) loans() error {
	_, calendars, err := calendar.All(r.ctx, r.q)
	if err != nil {
		return err
	}
	open := map[string]loans.Opening{}
	for id, c := range calendars {
		open[id] = &remembered{c, map[time.Time]bool{}}
	}
	rules := map[string]map[loans.Param]int64{} // most loans were made by a few sets of figures
	r.Loans, err = data.List(r.ctx, r.q, func(scan func(...any) error) (p Past, err error) {
		var who, guardian, house, born sql.NullString
		var location, booking, text, ended string
		if err = scan(&p.DeviceID, &p.TypeID, &who, &guardian, &house, &born, &p.Category, &p.Lent, &p.Due, &ended, &p.Back, &p.Renewals, &booking,
			&text, &p.Deposit, &p.Fee, &location); err != nil {
			return p, err
		}
		p.Who, p.Guardian, p.House = who.String, guardian.String, house.String
		p.Booked, p.Lost, p.Opening = booking != "", ended == string(loans.GotLost) || ended == string(loans.WasStolen), open[location]
		if p.Opening == nil {
			p.Opening = always{}
		}
		p.Months = months(born.String, p.Lent)
		if rules[text] == nil {
			one := map[loans.Param]int64{}
			if err = json.Unmarshal([]byte(text), &one); err != nil {
				return p, err
			}
			rules[text] = one
		}
		p.Rules = rules[text]
		return p, nil
	}, `SELECT l.device_id, l.type_id, l.borrower_id, b.guardian_id, b.household, b.birth_month, l.category, l.lent_on, l.due_on, l.ended, l.ended_on,
		l.renewals, l.booking_id, l.rules, l.deposit_cents, l.fee_cents, l.location_id FROM loans l LEFT JOIN borrowers b ON b.id = l.borrower_id
		WHERE l.ended <> 'undone' AND l.lent_on <= $1 AND (l.ended = '' OR l.ended_on >= $2) ORDER BY l.lent_at, l.id`, r.To, r.From[:4]+"-01-01")
	return err
}

// months is the age in months on a day of somebody born in a month, YYYY-MM; 0 when that is not known.
func months(born, on string) int64 {
	at, err := time.Parse("2006-01", born)
	if err != nil {
		return 0
	}
	then := day(on)
	return int64(then.Year()-at.Year())*12 + int64(then.Month()) - int64(at.Month())
}

// always is a desk of which no calendar is left.
type always struct{}

// IsOpen is true.
func (always) IsOpen(time.Time) bool { return true }

// remembered is a calendar that is asked only once for each day.
type remembered struct {
	of   loans.Opening
	days map[time.Time]bool
}

// IsOpen tells whether the desk is open on a day.
func (r *remembered) IsOpen(on time.Time) bool {
	open, known := r.days[on]
	if !known {
		open = r.of.IsOpen(on)
		r.days[on] = open
	}
	return open
}

func (r *reading) wishes() (err error) {
	r.Wishes, err = data.List(r.ctx, r.q, func(scan func(...any) error) (w Wish, err error) {
		var how string
		err = scan(&w.TypeID, &w.Category, &w.From, &w.To, &w.On, &how)
		w.Waited = how == "waited"
		return w, err
	}, `SELECT type_id, category, from_on, to_on, on_day, how FROM loan_demand WHERE from_on <= $1 AND to_on >= $2 OR on_day BETWEEN $2 AND $1 ORDER BY from_on, id`, r.To, r.From)
	return err
}

// away are the states in which nobody can have a device.
const away = `('repair', 'lost', 'stolen', 'retired')`

func (r *reading) devices() error {
	type step struct {
		device string
		on     string
		gone   bool
	}
	steps := map[string][]step{}
	if _, err := data.List(r.ctx, r.q, func(scan func(...any) error) (none struct{}, err error) {
		var s step
		var at int64
		if err = scan(&s.device, &at, &s.gone); err == nil {
			s.on = data.DayOf(data.Milli(at))
			steps[s.device] = append(steps[s.device], s)
		}
		return none, err
	}, `SELECT device_id, at, to_state IN `+away+` FROM device_events WHERE from_state = '' OR to_state IN `+away+` OR from_state IN `+away+`
		ORDER BY device_id, at, id`); err != nil {
		return err
	}
	var err error
	r.Devices, err = data.List(r.ctx, r.q, func(scan func(...any) error) (u Unit, err error) {
		var d loans.Device
		if err = scan(&u.ID, &u.TypeID, &u.Type, &d.Name, &d.Number, &u.Bought, &u.Guarantee, &u.Price, &d.State); err != nil {
			return u, err
		}
		u.Name, u.Retired = d.Called(), slices.Contains([]loans.State{loans.Lost, loans.Stolen, loans.Retired}, d.State)
		from := ""
		for _, s := range steps[u.ID] {
			switch {
			case !s.gone && from == "":
				from = s.on
			case s.gone && from != "":
				if from < s.on { // the day on which it goes is a day without it
					u.Here = append(u.Here, Span{from, later(day(s.on), -1).Format(data.DayLayout)})
				}
				from = ""
			}
		}
		if from != "" {
			u.Here = append(u.Here, Span{From: from})
		}
		return u, nil
	}, `SELECT d.id, d.type_id, t.name, d.name, d.number, d.bought_on, d.guarantee_until, d.price_cents, d.state
		FROM devices d JOIN device_types t ON t.id = d.type_id ORDER BY t.sort_key, t.id, d.sort_key, d.number`)
	return err
}

// hurt reads what became of devices from one day to another, both included.
func (r *reading) hurt(from, to string) (all []Hurt, err error) {
	for _, of := range []struct {
		scan  func(h *Hurt, value string, n int64) error
		query string
	}{
		{func(h *Hurt, missing string, _ int64) error {
			var names []string
			err := json.Unmarshal([]byte(missing), &names)
			h.Loan, h.Missing = true, len(names)
			return err
		}, `SELECT ended_on, type_id, device_id, missing, 0 FROM loans WHERE ended NOT IN ('', 'undone') AND ended_on BETWEEN $1 AND $2 ORDER BY ended_on, id`},
		{func(h *Hurt, _ string, cents int64) error {
			h.Charged = cents
			return nil
		}, `SELECT g.on_day, l.type_id, l.device_id, '', g.cents FROM loan_ledger g JOIN loans l ON l.id = g.loan_id
			WHERE g.kind = 'charged' AND g.what = 'damage' AND g.on_day BETWEEN $1 AND $2 ORDER BY g.on_day, g.id`},
		{func(h *Hurt, _ string, cents int64) error {
			h.Repair = cents
			return nil
		}, `SELECT c.on_day, d.type_id, d.id, '', c.cents FROM device_costs c JOIN devices d ON d.id = c.device_id
			WHERE c.on_day BETWEEN $1 AND $2 ORDER BY c.on_day, c.id`},
	} {
		some, err := data.List(r.ctx, r.q, func(scan func(...any) error) (h Hurt, err error) {
			var value string
			var n int64
			if err = scan(&h.On, &h.TypeID, &h.DeviceID, &value, &n); err != nil {
				return h, err
			}
			return h, of.scan(&h, value, n)
		}, of.query, from, to)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	steps, err := r.mishaps()
	for _, h := range steps {
		if from <= h.On && h.On <= to {
			all = append(all, h)
		}
	}
	return all, err
}

// mishaps reads when devices went into repair, got lost or were stolen.
func (r *reading) mishaps() ([]Hurt, error) {
	return data.List(r.ctx, r.q, func(scan func(...any) error) (h Hurt, err error) {
		var at int64
		var to loans.State
		if err = scan(&at, &h.TypeID, &h.DeviceID, &to); err == nil {
			h.On, h.Lost, h.Stolen = data.DayOf(data.Milli(at)), to == loans.Lost, to == loans.Stolen
			if to == loans.Repair {
				h.Repairs = 1
			}
		}
		return h, err
	}, `SELECT e.at, d.type_id, d.id, e.to_state FROM device_events e JOIN devices d ON d.id = e.device_id
		WHERE e.to_state IN ('repair', 'lost', 'stolen') ORDER BY e.at, e.id`)
}
