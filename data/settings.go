package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
)

// Setting names a value that the municipality can change without a restart.
type Setting string

// The settings of the house.
const (
	SettingPlace       Setting = "place"        // name of the municipality, shown in every header
	SettingPasswordMin Setting = "password.min" // least characters of a password, 8 to 64
	SettingTaalregime  Setting = "taalregime"   // nl, or "faciliteiten"
)

// SettingInfo is a setting with what holds where nothing was set.
type SettingInfo struct {
	Key      Setting
	Fallback string
}

// KnownSettings lists the settings in the order in which they are shown.
func KnownSettings() []SettingInfo {
	return []SettingInfo{{SettingPlace, ""}, {SettingPasswordMin, strconv.Itoa(DefaultPasswordMin)}, {SettingTaalregime, "nl"}}
}

// check says what is wrong with a value for a setting.
func (key Setting) check(value string) error {
	switch key {
	case SettingPlace:
		if value == "" {
			return &Invalid{Field: string(key), Why: WhyEmpty}
		}
	case SettingPasswordMin:
		if n, err := strconv.Atoi(value); err != nil || n < leastPassword || n > mostPassword {
			return &Invalid{Field: string(key), Why: WhyNumber, Want: fmt.Sprintf("%d … %d", leastPassword, mostPassword), Got: value}
		}
	case SettingTaalregime:
		if value != "nl" && value != "faciliteiten" {
			return &Invalid{Field: string(key), Why: WhyNotOneOf, Want: "nl, faciliteiten", Got: value}
		}
	default:
		return &Invalid{Field: "setting", Why: WhyNotOneOf, Want: "place, password.min, taalregime", Got: Clean(string(key), 40)}
	}
	return nil
}

// Settings reads and changes settings.
type Settings struct{ db *DB }

// NewSettings gives the settings of a database.
func NewSettings(db *DB) *Settings { return &Settings{db} }

// Get gives the value of a setting, or fallback when it was never set.
func (s *Settings) Get(ctx context.Context, key Setting, fallback string) (string, error) {
	return setting(ctx, s.db, key, fallback)
}

func setting(ctx context.Context, q Query, key Setting, fallback string) (string, error) {
	var value string
	err := q.QueryRowContext(ctx, `SELECT value FROM settings WHERE key = $1`, string(key)).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return fallback, nil
	}
	if err != nil {
		return "", fmt.Errorf("setting %s: %w", key, err)
	}
	return value, nil
}

// Set changes a setting and audits it. Only the ICT officer may. It returns an *Invalid for an unknown key or
// a value that the setting can't have.
func (s *Settings) Set(ctx context.Context, by Actor, key Setting, value string) error {
	value = Clean(value, 200)
	if err := key.check(value); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *Tx) error {
		if err := Require(ctx, tx, by, RoleICT); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO settings (key, value, changed_at) VALUES ($1, $2, $3)
			ON CONFLICT (key) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at`,
			string(key), value, tx.Now().UnixMilli()); err != nil {
			return fmt.Errorf("set %s: %w", key, err)
		}
		return tx.Audit(ctx, by, "setting.set", string(key), "value", value)
	})
}
