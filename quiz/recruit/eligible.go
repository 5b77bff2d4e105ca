package recruit

import (
	"context"
	"fmt"
	"slices"

	"digibrug/data"
)

// Eligible lists who can be given a duty in a procedure: whose account is in use and holds the role of the duty today or
// later, by name. A recruiter of the procedure may ask. Of each member only the account, the log-in, the name and the duty
// are filled in. It returns an *Invalid for what is no duty.
func (s *Store) Eligible(ctx context.Context, by data.Actor, procedure string, duty Duty) (all []Member, err error) {
	if !slices.Contains(Duties(), duty) {
		return nil, Member{Duty: duty}.check()
	}
	err = s.view(ctx, by, procedure, []Duty{Recruiter}, func(q data.Query, _ Procedure) error {
		all, err = data.List(ctx, q, func(scan func(...any) error) (m Member, err error) {
			var p data.Person
			err = scan(&m.AccountID, &m.Login, &p.Given, &p.Family)
			m.Name, m.Duty = p.Name(), duty
			return m, err
		}, `SELECT a.id, a.login, p.given, p.family FROM accounts a JOIN persons p ON p.id = a.person_id
			WHERE a.disabled_at IS NULL AND EXISTS (SELECT 1 FROM account_roles r WHERE r.account_id = a.id AND r.role = $1 AND (r.until_on IS NULL OR r.until_on >= $2))
			ORDER BY p.sort_key, a.id`, string(duty.Role()), data.DayOf(q.Now()))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("who can be %s of procedure %s: %w", duty, data.Clean(procedure, 40), err)
	}
	return all, nil
}
