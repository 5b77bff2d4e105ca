package data

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// Room is a room of a location: where lessons are given, PCs stand, people are received.
type Room struct {
	ID         string
	LocationID string
	Name       string // unique in its location
	Kind       string // one of RoomKinds
	Seats      int    // 0 to 500
	PCs        int    // 0 to 500
}

// RoomKinds lists what a room can be.
func RoomKinds() []string {
	return []string{"ocr", "cafetaria", "testlokaal", "balie", "leslokaal", "vergaderzaal"}
}

const mostSeats = 500

// PutRoom adds a room, or changes the one with that id, and audits it. Callers have asked Require. It returns an
// *Invalid, and ErrNotFound.
func PutRoom(ctx context.Context, tx *Tx, by Actor, r Room) (Room, error) {
	name, err := cleanName("room", r.Name)
	switch {
	case err != nil:
		return Room{}, err
	case !slices.Contains(RoomKinds(), r.Kind):
		return Room{}, &Invalid{Field: "kind", Why: WhyNotOneOf, Want: strings.Join(RoomKinds(), ", "), Got: Clean(r.Kind, 40)}
	case r.Seats < 0 || r.Seats > mostSeats:
		return Room{}, &Invalid{Field: "seats", Why: WhyNumber, Want: "0 … 500", Got: fmt.Sprint(r.Seats)}
	case r.PCs < 0 || r.PCs > mostSeats:
		return Room{}, &Invalid{Field: "pcs", Why: WhyNumber, Want: "0 … 500", Got: fmt.Sprint(r.PCs)}
	}
	r.Name = name
	action := "room.change"
	if r.ID == "" {
		r.ID, action = NewID(), "room.add"
		_, err = tx.ExecContext(ctx, `INSERT INTO rooms (id, location_id, name, sort_key, kind, seats, pcs, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			r.ID, r.LocationID, r.Name, SortKey(r.Name), r.Kind, r.Seats, r.PCs, tx.Now().UnixMilli())
	} else {
		var res sql.Result
		res, err = tx.ExecContext(ctx, `UPDATE rooms SET location_id = $1, name = $2, sort_key = $3, kind = $4, seats = $5, pcs = $6 WHERE id = $7`,
			r.LocationID, r.Name, SortKey(r.Name), r.Kind, r.Seats, r.PCs, r.ID)
		err = OneRow(res, err)
	}
	if IsUnique(err) {
		return Room{}, &Invalid{Field: "room", Why: WhyTwice, Got: r.Name}
	} else if err != nil {
		return Room{}, fmt.Errorf("put room: %w", err)
	}
	return r, tx.Audit(ctx, by, action, r.ID, "name", r.Name)
}

// Rooms lists all rooms by location and name.
func Rooms(ctx context.Context, q Query) ([]Room, error) {
	return List(ctx, q, func(scan func(...any) error) (r Room, err error) {
		return r, scan(&r.ID, &r.LocationID, &r.Name, &r.Kind, &r.Seats, &r.PCs)
	}, `SELECT r.id, r.location_id, r.name, r.kind, r.seats, r.pcs FROM rooms r JOIN locations l ON l.id = r.location_id
		ORDER BY l.sort_key, l.id, r.sort_key, r.id`)
}
