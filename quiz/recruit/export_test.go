package recruit

import (
	"context"

	"digibrug/data"
)

// VerifyIn verifies inside somebody else's transaction.
func VerifyIn(ctx context.Context, q data.Query, procedure string) error {
	p, err := procedureByID(ctx, q, procedure)
	if err != nil {
		return err
	}
	return verify(ctx, q, p)
}

// Draw draws the forms of a procedure.
func Draw(d Details, pool []PoolItem, seed int64) [][]Item { return d.draw(pool, seed) }

// StatisticsOf sums up scores and outcomes.
var StatisticsOf = statisticsOf

// KeptUntil is the last day of a term of so many months.
func KeptUntil(months int, day string) string {
	return Procedure{Details: Details{Keep: months}}.keptUntil(day)
}
