package calendar

import (
	"context"

	"digibrug/data"
)

// All reads all locations by name, and their calendars by the location's id, in somebody else's view or
// transaction.
func All(ctx context.Context, q data.Query) ([]Location, map[string]Calendar, error) {
	locations, err := data.List(ctx, q, scanLocation, locationFields+` ORDER BY sort_key, id`)
	if err != nil {
		return nil, nil, err
	}
	calendars, err := read(ctx, q, "", "", locations)
	return locations, calendars, err
}

// Of reads the calendar of one location, in somebody else's view or transaction. It returns data.ErrNotFound.
func Of(ctx context.Context, q data.Query, location string) (Calendar, error) {
	return calendarOf(ctx, q, location)
}
