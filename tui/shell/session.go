// Package shell is the frame around every screen: what a screen is, what it knows of the visit, how it asks
// for another one, and Root, which draws header and footer and keeps the stack of screens.
//
// Rooms (packages beside this one) import shell; shell knows none of them. What a room must never do by
// itself happens here: alternate screen, window title, help, palette, notices, log-out.
package shell

import (
	"context"
	"log/slog"
	"sync/atomic"

	"digibrug/data"
	"digibrug/tui/keys"
	"digibrug/tui/parts"
	"digibrug/tui/theme"
	"digibrug/tui/words"
)

// Session is what every screen knows of its visit. The fields are set before the first screen opens and
// never after. Safe for concurrent use: the look may change while a command runs.
type Session struct {
	Ctx    context.Context // ends with the connection
	Who    data.Identity
	Place  string       // municipality, as the header shows it
	Titles words.Titles // what the municipality calls its roles; nil: nothing of its own
	Now    data.Clock   // the server's time
	Log    *slog.Logger // causes of failures, never answers or codes
	// Still says whether the visit may go on; Root asks every minute and ends a visit that data.ErrDenied
	// meets: the account was closed. nil: it may.
	Still func(context.Context) error
	// Ping asks the terminal at the other end for a sign of life, and returns an error when none came before ctx ended.
	// nil: nobody knows.
	Ping func(context.Context) error
	// Over does something once the visit is over, however it ends; the server waits for it when it stops. nil: nobody waits.
	Over func(do func())
	// KeepLook stores another language or theme in the account; nil: it lasts as long as the visit.
	KeepLook func(context.Context, words.Lang, theme.Name) error
	// Bare visits have no palette: there is the first screen, what it opens, and nothing beside it.
	Bare bool
	// Stays is for a first screen that waits for whoever comes: nobody logs out there.
	Stays bool

	look  atomic.Pointer[parts.Look]
	lines atomic.Bool
}

// NewSession is a session in the language and theme of the account, Dutch and dark where it has none.
func NewSession(ctx context.Context, who data.Identity, place string, now data.Clock, log *slog.Logger) *Session {
	return &Session{Ctx: ctx, Who: who, Place: place, Now: now, Log: log}
}

// AtEnd does something once the visit is over.
func (s *Session) AtEnd(do func()) {
	if s.Over == nil {
		context.AfterFunc(s.Ctx, do)
		return
	}
	s.Over(do)
}

// RoleName is what somebody who holds the role is called here.
func (s *Session) RoleName(r data.Role) string { return s.Titles.Of(s.Lang(), r) }

// Look is the language, theme and keys of the moment.
func (s *Session) Look() parts.Look {
	look := s.chosen()
	look.Read = s.Reading()
	return look
}

// chosen is the look that the person chose.
func (s *Session) chosen() parts.Look {
	if look := s.look.Load(); look != nil {
		return *look
	}
	lang, _ := words.ParseLang(s.Who.Language)
	name, _ := theme.ParseName(s.Who.Theme)
	look := parts.NewLook(lang, name)
	s.look.CompareAndSwap(nil, &look)
	return look
}

// setLook changes the look for everybody who asks from now on. Only Root calls it.
func (s *Session) setLook(lang words.Lang, name theme.Name) {
	look := parts.NewLook(lang, name)
	s.look.Store(&look)
}

// Reading tells whether the visit goes line by line now.
func (s *Session) Reading() bool { return s.lines.Load() }

// T is the sentence of key in the language of the moment; words.T says what args are.
func (s *Session) T(key words.Key, args ...any) string { return words.T(s.Lang(), key, args...) }

// Lang is the language of the moment.
func (s *Session) Lang() words.Lang { return s.Look().Lang }

// Theme is the theme of the moment.
func (s *Session) Theme() theme.Theme { return s.Look().Theme }

// Keys are the common keys, named in the language of the moment.
func (s *Session) Keys() keys.Keys { return s.Look().Keys }
