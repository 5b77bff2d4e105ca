package calendar

import (
	"context"
	"fmt"
	"strings"

	"digibrug/data"
)

// Address is where a building is. All of it is empty where nobody said.
type Address struct {
	Street   string // with the number: "Kerkplein 4"
	Postcode string // Belgian: four digits
	Town     string
}

// WhyPostcode says that something is no Belgian postcode.
const WhyPostcode data.Why = "calendar.postcode"

// String gives "Kerkplein 4, 8999 Zandwerve".
func (a Address) String() string { return Joined(", ", a.Street, Joined(" ", a.Postcode, a.Town)) }

// Place gives what a location is called with its address: "Bibliotheek, Kerkplein 4, 8999 Zandwerve".
func (a Address) Place(name string) string { return Joined(", ", name, a.String()) }

// Joined puts what is not empty together.
func Joined(between string, parts ...string) string {
	var all []string
	for _, p := range parts {
		if p != "" {
			all = append(all, p)
		}
	}
	return strings.Join(all, between)
}

// check cleans an address. It returns an *data.Invalid for a text that is too long, for what is no postcode, and for a
// street or a postcode without a town: a letter or a map would not find it.
func (a Address) check() (Address, error) {
	if err := data.ShortTexts(noteLimit, data.Typed("street", &a.Street), data.Typed("postcode", &a.Postcode), data.Typed("town", &a.Town)); err != nil {
		return Address{}, err
	}
	switch {
	case a.Postcode != "" && !isPostcode(a.Postcode):
		return Address{}, &data.Invalid{Field: "postcode", Why: WhyPostcode, Got: a.Postcode}
	case a.Town == "" && (a.Street != "" || a.Postcode != ""):
		return Address{}, &data.Invalid{Field: "town", Why: data.WhyEmpty}
	}
	return a, nil
}

// isPostcode tells whether a text is one of 1000 to 9999.
func isPostcode(s string) bool {
	return len(s) == 4 && s[0] >= '1' && strings.Trim(s, "0123456789") == ""
}

// ChangeLocation gives a location another name, another address, or both, and audits each that is other. It returns
// ErrChanged when the location is not any more what whoever changes it saw, an *data.Invalid for a name that is empty or
// that another has and for an address that can't be, and data.ErrNotFound.
func (s *Store) ChangeLocation(ctx context.Context, by data.Actor, was, now Location) error {
	if now.Name = data.Clean(now.Name, noteLimit); now.Name == "" {
		return &data.Invalid{Field: "location", Why: data.WhyEmpty}
	}
	to, err := now.Address.check()
	if err != nil {
		return err
	}
	err = s.db.InTxFor(ctx, by, []data.Role{data.RoleICT}, func(tx *data.Tx) error {
		is, err := locationOf(ctx, tx, was.ID)
		switch {
		case err != nil:
			return err
		case is != was:
			return ErrChanged
		}
		_, err = tx.ExecContext(ctx, `UPDATE locations SET name = $1, sort_key = $2, street = $3, postcode = $4, town = $5 WHERE id = $6`,
			now.Name, data.SortKey(now.Name), to.Street, to.Postcode, to.Town, was.ID)
		if data.IsUnique(err) {
			return &data.Invalid{Field: "location", Why: data.WhyTwice, Got: now.Name}
		}
		if err == nil && now.Name != is.Name {
			err = tx.Audit(ctx, by, "location.rename", was.ID, "name", now.Name)
		}
		if err == nil && to != is.Address {
			err = tx.Audit(ctx, by, "location.address", was.ID, "address", to.String())
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("change location %s: %w", data.Clean(was.ID, 40), err)
	}
	return nil
}
