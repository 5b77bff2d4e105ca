package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// Setting names a value that the municipality can change without a restart.
type Setting string

// The settings of the house.
const (
	SettingPlace       Setting = "place"        // name of the municipality, shown in every header
	SettingPasswordMin Setting = "password.min" // least characters of a password, 8 to 64
	SettingTaalregime  Setting = "taalregime"   // nl, or "faciliteiten"
	SettingDoor        Setting = "door.address" // how people reach the screens door, NAME or NAME:PORT; on letters
	SettingHelp        Setting = "help.line"    // whom people call, such as "ICT-dienst, 051 12 34 56"; on letters

	SettingSecondRoles   Setting = "second.roles"   // roles that need a second factor beside a password, such as "ict recruiter"
	SettingSecondTrusted Setting = "second.trusted" // networks in which none is asked, such as "192.0.2.0/24"; none: asked everywhere

	// SettingCourseDays is for how many days after somebody's last series the name stays, 30 to 7300.
	SettingCourseDays Setting = "courses.keep_days"

	// How people reach the course service; on letters, in mails and in the programme.
	SettingCourseWeb   Setting = "courses.website" // such as "https://www.zandwerve.example/cursussen"
	SettingCourseMail  Setting = "courses.mail"    // also who invites to lessons
	SettingCoursePhone Setting = "courses.phone"   // empty: help.line
)

// DefaultCourseDays is three years: long enough to invite former participants and to make an attest anew.
const DefaultCourseDays = 1095

// DefaultSecondRoles are the roles that need a second factor where nothing was set: those that decide about others, or
// see what is confidential.
const DefaultSecondRoles = "ict recruiter consultant"

// settingLimit is how many characters a setting has at most.
const settingLimit = 500

// SettingInfo is a setting with what holds where nothing was set.
type SettingInfo struct {
	Key      Setting
	Fallback string
}

// KnownSettings lists the settings in the order in which they are shown.
func KnownSettings() []SettingInfo {
	known := []SettingInfo{{SettingPlace, ""}, {SettingPasswordMin, strconv.Itoa(DefaultPasswordMin)}, {SettingTaalregime, "nl"},
		{SettingDoor, ""}, {SettingHelp, ""}, {SettingSecondRoles, DefaultSecondRoles}, {SettingSecondTrusted, ""},
		{SettingCourseDays, strconv.Itoa(DefaultCourseDays)}, {SettingCourseWeb, ""}, {SettingCourseMail, ""}, {SettingCoursePhone, ""}}
	for _, r := range Roles() {
		known = append(known, SettingInfo{SettingTitle(r), ""})
	}
	return known
}

// SettingTitle is what the municipality calls who holds a role, such as "secretaris"; empty: what digibrug calls it.
func SettingTitle(r Role) Setting { return titlePrefix + Setting(r) }

const titlePrefix = "title."

// titleLimit is how many characters a title has at most.
const titleLimit = 40

// Titles gives the titles that were set, by role.
func (s *Settings) Titles(ctx context.Context) (map[Role]string, error) {
	titles := map[Role]string{}
	_, err := List(ctx, s.db, func(scan func(...any) error) (none struct{}, err error) {
		var key, value string
		err = scan(&key, &value)
		if value != "" {
			titles[Role(strings.TrimPrefix(key, titlePrefix))] = value
		}
		return none, err
	}, `SELECT key, value FROM settings WHERE key LIKE 'title.%' ORDER BY key`)
	if err != nil {
		return nil, fmt.Errorf("titles: %w", err)
	}
	return titles, nil
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
	case SettingDoor:
		if _, _, err := SplitDoor(value); err != nil {
			return err
		}
	case SettingHelp, SettingCoursePhone: // any text, also none
	case SettingCourseWeb:
		if u, err := url.Parse(value); value != "" && (err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http") {
			return &Invalid{Field: string(key), Why: WhySyntax, Want: "https://www.gemeente.be/cursussen", Got: Clean(value, 60)}
		}
	case SettingCourseMail:
		if value != "" && !courseMail.MatchString(value) {
			return &Invalid{Field: string(key), Why: WhySyntax, Want: "cursussen@gemeente.be", Got: Clean(value, 60)}
		}
	case SettingSecondRoles:
		_, err := secondRoles(value)
		return err
	case SettingSecondTrusted:
		_, err := secondTrusted(value)
		return err
	case SettingCourseDays:
		if n, err := strconv.Atoi(value); err != nil || n < 30 || n > 7300 {
			return &Invalid{Field: string(key), Why: WhyNumber, Want: "30 … 7300", Got: value}
		}
	default:
		if role, title := strings.CutPrefix(string(key), titlePrefix); title {
			if Clean(value, titleLimit) != value {
				return &Invalid{Field: string(key), Why: WhyTooLong, Want: strconv.Itoa(titleLimit)}
			}
			_, err := ParseRole(role)
			return err
		}
		return &Invalid{Field: "setting", Why: WhyNotOneOf, Want: "place, password.min, taalregime, door.address, help.line, second.roles, second.trusted, courses.keep_days, courses.website, courses.mail, courses.phone", Got: Clean(string(key), 40)}
	}
	return nil
}

// courseMail is an address that calendars can answer to.
var courseMail = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$`)

// DefaultDoorPort is the port of the screens door where none is said.
const DefaultDoorPort = "2222"

// SplitDoor takes the setting door.address apart: the name of a machine or its address, and the port. Both are
// empty for an empty text. It returns an *Invalid for what can't be typed after ssh.
func SplitDoor(text string) (host, port string, err error) {
	host, port = text, DefaultDoorPort
	if h, p, bad := net.SplitHostPort(text); bad == nil {
		host, port = h, p
	}
	n, bad := strconv.Atoi(port)
	if text == "" {
		return "", "", nil
	}
	if bad != nil || n < 1 || n > 65535 || host == "" || strings.HasPrefix(host, "-") || strings.ContainsFunc(host, func(r rune) bool { return !strings.ContainsRune(hostLetters, r) }) {
		return "", "", &Invalid{Field: string(SettingDoor), Why: WhySyntax, Want: "digibrug.gemeente.be:2222", Got: Clean(text, 60)}
	}
	return host, port, nil
}

// hostLetters are those of names and addresses.
const hostLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:-"

// Settings reads and changes settings.
type Settings struct{ db *DB }

// NewSettings gives the settings of a database.
func NewSettings(db *DB) *Settings { return &Settings{db} }

// Get gives the value of a setting, or fallback when it was never set.
func (s *Settings) Get(ctx context.Context, key Setting, fallback string) (string, error) {
	return setting(ctx, s.db, key, fallback)
}

// CourseKeepDays is SettingCourseDays as it stands.
func CourseKeepDays(ctx context.Context, q Query) (int, error) {
	text, err := setting(ctx, q, SettingCourseDays, strconv.Itoa(DefaultCourseDays))
	if err != nil {
		return 0, err
	}
	days, err := strconv.Atoi(text)
	if err != nil {
		return 0, fmt.Errorf("setting %s: %w", SettingCourseDays, err)
	}
	return days, nil
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
	whole := Clean(value, 0)
	if value = Clean(whole, settingLimit); value != whole { // cut, a network would become another one
		return &Invalid{Field: string(key), Why: WhyTooLong, Want: strconv.Itoa(settingLimit)}
	}
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
