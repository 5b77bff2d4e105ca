package recruit

import (
	"context"
	"errors"

	"digibrug/data"
)

// seesRoom lets in who may see what happens, or happened, in the test room.
func seesRoom(ctx context.Context, q data.Query, by data.Actor, procedure string) error {
	err := require(ctx, q, by, procedure, Supervisor, Recruiter)
	if !errors.Is(err, data.ErrDenied) {
		return err
	}
	state, _, known := setup(ctx, q, procedure)
	if known == nil && (state == Scored || state == Named || state == Decided) {
		return require(ctx, q, by, procedure, Jury)
	}
	return err
}
