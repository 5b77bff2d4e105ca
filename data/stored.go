package data

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"time"
)

// How values are stored, the same in every domain: '' for no day and 0 for no instant where a column is NOT NULL, JSON for
// what is only read as a whole.

// StoredDay reads a stored day; the zero time for none.
func StoredDay(day string) time.Time {
	at, err := ParseDay(day)
	if err != nil {
		return time.Time{}
	}
	return at
}

// DayText is a day as it is stored; "" for the zero time.
func DayText(day time.Time) string {
	if day.IsZero() {
		return ""
	}
	return day.Format(DayLayout)
}

// Stamp is an instant as it is stored where 0 means none.
func Stamp(at time.Time) int64 {
	if at.IsZero() {
		return 0
	}
	return at.UnixMilli()
}

// StoredInstant reads an instant that Stamp wrote; the zero time for none.
func StoredInstant(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return Milli(ms)
}

// OrNull stores an empty text as NULL.
func OrNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// OneRow turns "no row was changed" into ErrNotFound.
func OneRow(res sql.Result, err error) error {
	if err != nil {
		return err
	}
	n, err := res.RowsAffected()
	if err == nil && n == 0 {
		return ErrNotFound
	}
	return err
}

// Pack writes a value as JSON. It panics for what can't be JSON, which no stored type is.
func Pack(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("pack %T: %v", v, err))
	}
	return string(text)
}

// Unpack reads stored JSON; an empty text changes nothing.
func Unpack(text string, into any) error {
	if text == "" {
		return nil
	}
	return json.Unmarshal([]byte(text), into)
}

// ShortText tidies a short text that somebody typed, of at most limit characters. It returns an *Invalid, without the
// text, where it holds a national number.
func ShortText(field, text string, limit int) (string, error) {
	if HasNationalNumber(text) {
		return "", &Invalid{Field: field, Why: WhyNationalNumber}
	}
	return Clean(text, limit), nil
}

// TypedText is a short text that somebody typed into a field; Typed makes one.
type TypedText struct {
	field string
	at    *string
}

// Typed says in which field, as an *Invalid names it, a text was typed, and where it is.
func Typed(field string, at *string) TypedText { return TypedText{field, at} }

// ShortTexts tidies texts in place, each to at most limit characters. It returns an *Invalid, without the text, where one
// holds a national number.
func ShortTexts(limit int, all ...TypedText) (err error) {
	for _, t := range all {
		if *t.at, err = ShortText(t.field, *t.at, limit); err != nil {
			return err
		}
	}
	return nil
}

// OptionalDay says what is wrong with a day that may be empty: an *Invalid, or nil.
func OptionalDay(field, day string) error {
	if day == "" {
		return nil
	}
	if _, err := ParseDay(day); err != nil {
		return &Invalid{Field: field, Why: WhyDay, Want: "YYYY-MM-DD", Got: Clean(day, 40)}
	}
	return nil
}
