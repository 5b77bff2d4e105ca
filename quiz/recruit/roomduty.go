package recruit

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"digibrug/data"
)

// onDuty returns nil for who has one of the duties in a procedure today, on an account that is in use, and an error that wraps
// data.ErrDenied for others.
func onDuty(ctx context.Context, q data.Query, by data.Actor, procedure string, duties ...Duty) error {
	if by.Operator {
		return nil
	}
	if err := data.Require(ctx, q, by, data.Roles()...); err != nil {
		return err
	}
	held, err := data.List(ctx, q, func(scan func(...any) error) (d Duty, err error) { return d, scan(&d) },
		`SELECT role FROM procedure_people WHERE procedure_id = $1 AND account_id = $2 AND from_on <= $3 AND until_on >= $3 ORDER BY role`,
		procedure, by.AccountID, data.DayOf(q.Now()))
	if err != nil {
		return fmt.Errorf("duties of %s: %w", by.Name, err)
	}
	if !slices.ContainsFunc(duties, func(d Duty) bool { return slices.Contains(held, d) }) {
		return fmt.Errorf("%s is no %v: %w", by.Name, duties, data.ErrDenied)
	}
	return nil
}

// seesRoom lets in who may see what happens, or happened, in the test room.
func seesRoom(ctx context.Context, q data.Query, by data.Actor, procedure string) error {
	err := onDuty(ctx, q, by, procedure, Supervisor, Recruiter)
	if !errors.Is(err, data.ErrDenied) {
		return err
	}
	state, _, known := setup(ctx, q, procedure)
	if known == nil && (state == Scored || state == Named || state == Decided) {
		return onDuty(ctx, q, by, procedure, Jury)
	}
	return err
}
