package staffing

import (
	"context"

	"digibrug/data"
)

// Steps are those of this floor, in the order in which they are done.
func Steps() []Step {
	return []Step{
		Looked(Join, "account", hasAccount),
		ByHand(Join, "regulation"),
		ByHand(Join, "things"),
		ByHand(Join, "course"),
		Looked(Leave, "account", accountEnds),
		Looked(Leave, "codes", codesEnd),
		Looked(Leave, "head", headOf),
		ByHand(Leave, "things"),
		ByHand(Leave, "files"),
	}
}

// hasAccount asks for an account, or a code for "Ik werk hier": who never sits at a PC of the house comes in with
// paper.
func hasAccount(ctx context.Context, q data.Query, c Case) (Finding, error) {
	if c.Login != "" {
		return Finding{State: Done, About: c.Login}, nil
	}
	codes, err := openCodes(ctx, q, c, data.DayOf(q.Now()))
	if err != nil || codes > 0 {
		return Finding{State: Done, Count: codes}, err
	}
	return Finding{State: Todo}, nil
}

// accountEnds tells that roles end with the work. Roles that last longer were given after the end was booked.
func accountEnds(ctx context.Context, q data.Query, c Case) (f Finding, err error) {
	if c.Other {
		return Finding{State: Never}, nil
	}
	var later, held int
	if err := data.One(ctx, q, []any{&held, &later}, `SELECT count(*), count(CASE WHEN r.until_on IS NULL OR r.until_on > $2 THEN 1 END)
		FROM account_roles r JOIN accounts a ON a.id = r.account_id WHERE a.person_id = $1 AND a.disabled_at IS NULL
		AND (r.until_on IS NULL OR r.until_on >= $2)`, c.Person.ID, c.Day); err != nil {
		return f, err
	}
	switch {
	case held == 0:
		return Finding{State: Done}, nil
	case later > 0:
		return Finding{State: Todo, About: c.Login, Count: later}, nil
	case c.Day < data.DayOf(q.Now()):
		return Finding{State: Done, About: c.Login}, nil
	}
	return Finding{State: Itself, About: c.Login}, nil
}

// codesEnd tells whether there is paper that still opens something: it dies with the work.
func codesEnd(ctx context.Context, q data.Query, c Case) (Finding, error) {
	if c.Other {
		return Finding{State: Never}, nil
	}
	n, err := openCodes(ctx, q, c, c.Day)
	switch {
	case err != nil:
		return Finding{}, err
	case n == 0, c.Day < data.DayOf(q.Now()):
		return Finding{State: Done}, nil
	}
	return Finding{State: Itself, Count: n}, nil
}

// openCodes counts the person's codes that nobody took back and whose window includes a day.
func openCodes(ctx context.Context, q data.Query, c Case, day string) (n int, err error) {
	w, err := data.Days(day, day)
	if err != nil {
		return 0, err
	}
	err = data.One(ctx, q, []any{&n}, `SELECT count(*) FROM codes WHERE person_id = $1 AND revoked_at IS NULL AND next_id IS NULL
		AND done_at IS NULL AND until_at > $2`, c.Person.ID, w.From.UnixMilli())
	return n, err
}

// headOf asks for another head of what the person leads.
func headOf(ctx context.Context, q data.Query, c Case) (Finding, error) {
	names, err := data.List(ctx, q, func(scan func(...any) error) (name string, err error) { return name, scan(&name) },
		`SELECT name FROM services WHERE head_id = $1 AND (closed_on IS NULL OR closed_on > $2) ORDER BY sort_key, id`, c.Person.ID, c.Day)
	switch {
	case err != nil:
		return Finding{}, err
	case len(names) == 0 || c.Other:
		return Finding{State: Never}, nil
	}
	return Finding{State: Todo, About: names[0], Count: len(names)}, nil
}
