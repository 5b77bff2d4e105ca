package main

import (
	"fmt"
	"log/slog"
	"math"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/tui/words"
)

// option is one thing that can be configured.
type option struct {
	name string    // as in the file: "limits.idle"
	note words.Key // what it is, for the file that init writes
	show func(Config) string
	// read takes text from the environment or a flag, or a value of the file as TOML gives it.
	read func(*Config, any) error
}

// options are all of them, in the order of the file.
func options() []option {
	return slices.Concat(doorOptions(), mailOptions(), limitOptions())
}

// doorOptions are those of the database, the doors and the outbox.
func doorOptions() []option {
	return []option{
		text("db", words.CliConfDB, func(c *Config) *string { return &c.DB }),
		alone(needed(text("screens.listen", words.CliConfListen, func(c *Config) *string { return &c.Listen }))),
		needed(text("screens.host_key", words.CliConfHostKey, func(c *Config) *string { return &c.Key })),
		text("files.listen", words.FilesConfListen, func(c *Config) *string { return &c.FilesListen }),
		needed(text("files.host_key", words.FilesConfHostKey, func(c *Config) *string { return &c.FilesKey })),
		text("outbox.folder", words.OutboxConfFolder, func(c *Config) *string { return &c.OutboxFolder }),
		printing(text("outbox.print", words.OutboxConfPrint, func(c *Config) *string { return &c.OutboxPrint })),
	}
}

// limitOptions are those that bound what one visitor can take, and how the log looks.
func limitOptions() []option {
	return []option{
		span("limits.grace", words.CliConfGrace, func(c *Config) *time.Duration { return &c.Limits.Grace }),
		span("limits.idle", words.CliConfIdle, func(c *Config) *time.Duration { return &c.Limits.Idle }),
		span("limits.warn", words.CliConfWarn, func(c *Config) *time.Duration { return &c.Limits.Warn }),
		span("limits.kiosk_idle", words.KioskPCConfIdle, func(c *Config) *time.Duration { return &c.Limits.KioskIdle }),
		span("limits.kiosk_warn", words.KioskPCConfWarn, func(c *Config) *time.Duration { return &c.Limits.KioskWarn }),
		span("limits.max", words.CliConfMax, func(c *Config) *time.Duration { return &c.Limits.Max }),
		span("limits.bare", words.CliConfBare, func(c *Config) *time.Duration { return &c.Limits.Bare }),
		span("limits.stall", words.CliConfStall, func(c *Config) *time.Duration { return &c.Limits.Stall }),
		span("limits.stop", words.CliConfStop, func(c *Config) *time.Duration { return &c.Limits.Stop }),
		count("limits.conns", words.CliConfConns, func(c *Config) *int { return &c.Limits.Conns }),
		count("limits.conns_per_address", words.CliConfConnsPer, func(c *Config) *int { return &c.Limits.ConnsPerAddress }),
		count("limits.unauth", words.CliConfUnauth, func(c *Config) *int { return &c.Limits.Unauth }),
		count("limits.unauth_per_address", words.CliConfUnauthPer, func(c *Config) *int { return &c.Limits.UnauthPerAddress }),
		count("limits.unauth_start", words.CliConfUnauthStart, func(c *Config) *int { return &c.Limits.UnauthStart }),
		networks("limits.roomy", words.CliConfRoomy, func(c *Config) *[]netip.Prefix { return &c.Limits.Roomy }),
		count("limits.sessions_per_conn", words.CliConfSessions, func(c *Config) *int { return &c.Limits.SessionsPerConn }),
		count("limits.password_tries", words.CliConfTries, func(c *Config) *int { return &c.Limits.PasswordTries }),
		count("limits.auth_tries", words.CliConfAuthTries, func(c *Config) *int { return &c.Limits.AuthTries }),
		count("limits.width", words.CliConfWidth, func(c *Config) *int { return &c.Limits.Width }),
		count("limits.height", words.CliConfHeight, func(c *Config) *int { return &c.Limits.Height }),
		count("limits.env_bytes", words.CliConfEnvBytes, func(c *Config) *int { return &c.Limits.EnvBytes }),
		count("limits.paste_bytes", words.CliConfPaste, func(c *Config) *int { return &c.Limits.PasteBytes }),
		count("limits.paste_flood", words.CliConfFlood, func(c *Config) *int { return &c.Limits.PasteFlood }),
		count("limits.motions", words.CliConfMotions, func(c *Config) *int { return &c.Limits.Motions }),

		count("password.memory_kib", words.CliConfMemory, func(c *Config) *uint32 { return &c.Hash.Memory }),
		count("password.time", words.CliConfTime, func(c *Config) *uint32 { return &c.Hash.Time }),
		count("password.threads", words.CliConfThreads, func(c *Config) *uint8 { return &c.Hash.Threads }),

		oneOf("log.format", words.CliConfFormat, []string{"text", "json"}, func(c *Config) *string { return &c.LogFormat }),
		level("log.level", words.CliConfLevel, func(c *Config) *slog.Level { return &c.LogLevel }),
	}
}

func optionNamed(name string) (option, bool) {
	for _, o := range options() {
		if o.name == name {
			return o, true
		}
	}
	return option{}, false
}

// wrong is a value that an option can't have.
func wrong(field string, why data.Why, want string, got any) error {
	return &data.Invalid{Field: field, Why: why, Want: want, Got: data.Clean(fmt.Sprint(got), 60)}
}

// WhyText and the like say what kind of value an option needs.
const (
	WhyText     data.Why = "config.text"     // a text in quotes
	WhyDuration data.Why = "config.duration" // such as "15m"
	WhyNetworks data.Why = "config.networks" // a list of networks
)

func text(name string, note words.Key, at func(*Config) *string) option {
	return option{name, note,
		func(c Config) string { return strconv.Quote(*at(&c)) },
		func(c *Config, v any) error {
			s, ok := v.(string)
			if !ok || data.Clean(s, 0) != s {
				return wrong(name, WhyText, "", v)
			}
			*at(c) = s
			return nil
		}}
}

// needed is an option that can't be empty: an empty address would be a port by chance.
func needed(o option) option {
	read := o.read
	o.read = func(c *Config, v any) error {
		if v == "" {
			return &data.Invalid{Field: o.name, Why: data.WhyEmpty}
		}
		return read(c, v)
	}
	return o
}

// alone is an address that takes the place of several: who gives it as a flag or in the environment means that one.
func alone(o option) option {
	read := o.read
	o.read = func(c *Config, v any) error {
		if err := read(c, v); err != nil {
			return err
		}
		c.Doors = nil
		return nil
	}
	return o
}

func oneOf(name string, note words.Key, known []string, at func(*Config) *string) option {
	o := text(name, note, at)
	read := o.read
	o.read = func(c *Config, v any) error {
		for _, k := range known {
			if v == k {
				return read(c, v)
			}
		}
		return wrong(name, data.WhyNotOneOf, strings.Join(known, ", "), v)
	}
	return o
}

func level(name string, note words.Key, at func(*Config) *slog.Level) option {
	return option{name, note,
		func(c Config) string { return strconv.Quote(strings.ToLower(at(&c).String())) },
		func(c *Config, v any) error {
			s, ok := v.(string)
			if !ok || at(c).UnmarshalText([]byte(s)) != nil {
				return wrong(name, data.WhyNotOneOf, "debug, info, warn, error", v)
			}
			return nil
		}}
}

// count is a whole number from 1: a limit can't be switched off.
func count[T int | uint8 | uint32](name string, note words.Key, at func(*Config) *T) option {
	most := int64(math.MaxInt32)
	if _, small := any(T(0)).(uint8); small {
		most = math.MaxUint8
	}
	return option{name, note,
		func(c Config) string { return fmt.Sprint(*at(&c)) },
		func(c *Config, v any) error {
			n, ok := v.(int64)
			if s, isText := v.(string); isText {
				parsed, err := strconv.ParseInt(s, 10, 64)
				n, ok = parsed, err == nil
			}
			if !ok || n < 1 || n > most {
				return wrong(name, data.WhyNumber, fmt.Sprintf("1 … %d", most), v)
			}
			*at(c) = T(n)
			return nil
		}}
}

// span is a length of time, as text. A bare number is refused: nobody could say of what.
func span(name string, note words.Key, at func(*Config) *time.Duration) option {
	return option{name, note,
		func(c Config) string { return strconv.Quote(shortSpan(*at(&c))) },
		func(c *Config, v any) error {
			s, _ := v.(string)
			d, err := time.ParseDuration(s)
			if err != nil || d <= 0 {
				return wrong(name, WhyDuration, `"90s", "15m", "12h"`, v)
			}
			*at(c) = d
			return nil
		}}
}

// shortSpan is "15m" for what Go writes as "15m0s".
func shortSpan(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

// networks is a list of networks; in the environment with commas between them.
func networks(name string, note words.Key, at func(*Config) *[]netip.Prefix) option {
	return option{name, note,
		func(c Config) string {
			var all []string
			for _, p := range *at(&c) {
				all = append(all, strconv.Quote(p.String()))
			}
			return "[" + strings.Join(all, ", ") + "]"
		},
		func(c *Config, v any) error {
			var all []netip.Prefix
			for _, one := range listed(v) {
				s, _ := one.(string)
				p, err := netip.ParsePrefix(strings.TrimSpace(s))
				if err != nil {
					return wrong(name, WhyNetworks, `["10.1.2.0/24"]`, v)
				}
				all = append(all, p)
			}
			*at(c) = all
			return nil
		}}
}

// listed gives the entries of a list, whichever way it was written; a value that is no list is its own
// only entry.
func listed(v any) (all []any) {
	switch v := v.(type) {
	case []any:
		return v
	case string:
		for s := range strings.SplitSeq(v, ",") {
			all = append(all, s)
		}
		return all
	}
	return []any{v}
}
