package quiz

import (
	"context"

	"digibrug/data"
	"digibrug/data/staffing"
)

// FirstTest is the step of somebody new that is about the kennismeting: done once an attempt ended, to do while one
// is open for the person's service. It tells nothing of how it went.
func FirstTest() staffing.Step {
	return staffing.Looked(staffing.Join, "test", func(ctx context.Context, q data.Query, c staffing.Case) (staffing.Finding, error) {
		var ended int
		if err := data.One(ctx, q, []any{&ended}, `SELECT count(*) FROM attempts WHERE person_id = $1 AND ended_at IS NOT NULL`, c.Person.ID); err != nil {
			return staffing.Finding{}, err
		}
		if ended > 0 {
			return staffing.Finding{State: staffing.Done}, nil
		}
		titles, err := data.List(ctx, q, scanID, `SELECT c.title FROM campaigns c JOIN campaign_services s ON s.campaign_id = c.id
			WHERE s.service_id = $1 AND c.state = 'open' AND c.closes_on >= $2 ORDER BY c.closes_on, c.id`, c.ServiceID, data.DayOf(q.Now()))
		if err != nil || len(titles) == 0 || c.Other {
			return staffing.Finding{State: staffing.Never}, err
		}
		return staffing.Finding{State: staffing.Todo, About: titles[0]}, nil
	})
}
