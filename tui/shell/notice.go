package shell

import (
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"time"

	"digibrug/data"
	"digibrug/tui/parts"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
)

// noticeTime is how long a notice stays when no key is pressed.
const noticeTime = 8 * time.Second

// keptNotices is how many notices can be read again, and how many can wait.
const keptNotices = 20

// notice is a sentence for the person. It is kept as key and arguments: the language may change.
type notice struct {
	kind Kind
	key  words.Key
	args []any
}

// noticeOverMsg tells that the time of a notice is over.
type noticeOverMsg struct{ id int }

// text is the notice with the word that announces its kind.
func (n notice) text(look parts.Look) string {
	text := parts.PlainBlock(look.T(n.key, n.args...))
	switch n.kind {
	case Good:
		return look.T(words.ShellGood, "text", text)
	case Warn:
		return look.T(words.ShellWarn, "text", text)
	case Alarm:
		return look.T(words.ShellAlarm, "text", text)
	}
	return text
}

func (n notice) style(look parts.Look) lipgloss.Style {
	switch n.kind {
	case Good:
		return look.Theme.Good
	case Warn:
		return look.Theme.Warn
	case Alarm:
		return look.Theme.Alarm
	}
	return look.Theme.Strong
}

// notify shows a notice, or lets it wait until the one before was read.
func (r Root) notify(n notice) (Root, tea.Cmd) {
	if len(r.notices) >= keptNotices {
		r.told = remember(r.told, n)
		return r, nil
	}
	r.notices = append(slices.Clone(r.notices), n)
	if len(r.notices) > 1 {
		return r, nil
	}
	return r.showNotice()
}

// showNotice starts the time of the first notice.
func (r Root) showNotice() (Root, tea.Cmd) {
	if len(r.notices) == 0 {
		return r, nil
	}
	r.noticeID++
	id := r.noticeID
	return r, tea.Tick(noticeTime, func(time.Time) tea.Msg { return noticeOverMsg{id} })
}

// read takes the notice that shows away and brings the next.
func (r Root) read() (Root, tea.Cmd) {
	if len(r.notices) == 0 {
		return r, nil
	}
	r.told = remember(r.told, r.notices[0])
	r.notices = slices.Clone(r.notices[1:])
	return r.showNotice()
}

func (r Root) noticeOver(msg noticeOverMsg) (Root, tea.Cmd) {
	if msg.id != r.noticeID {
		return r, nil // a key came first
	}
	return r.read()
}

func remember(told []notice, n notice) []notice {
	told = append(slices.Clone(told), n)
	return told[max(0, len(told)-keptNotices):]
}

// failed logs why something failed and says what the person can do.
func (r Root) failed(msg FailedMsg) (Root, tea.Cmd) {
	doing := msg.Doing
	if doing == "" {
		doing = words.ShellThat
	}
	err := msg.Err
	if err == nil {
		err = errors.New("no cause given")
	}
	n := notice{kind: Alarm}
	if text, known := r.errs.Sentence(r.s.Lang(), err); known {
		r.s.Log.Info("refused", "doing", string(doing), "login", r.s.Who.Login, "err", loggable(err))
		n.key, n.args = words.ShellFailedKnown, []any{"doing", doing, "text", text}
	} else {
		ref := reference(r.s.Now(), r.s.Who.Login, err)
		r.s.Log.Error("failed", "ref", ref, "doing", string(doing), "login", r.s.Who.Login, "err", err)
		n.key, n.args = words.ShellFailed, []any{"doing", doing, "ref", ref}
	}
	r, timer := r.notify(n)
	r, cmd := r.all(msg)
	return r, tea.Batch(timer, cmd)
}

// loggable is what a log may hold of a known error: of bad input only where and what kind, never what was
// typed, which may be an answer or a password in the wrong field.
func loggable(err error) string {
	var bad *data.Invalid
	if errors.As(err, &bad) {
		return "invalid " + bad.Field + ": " + string(bad.Why)
	}
	return err.Error()
}

// reference is four characters by which a person's failure is found in the log: digits and capitals
// without those that are misread (Crockford's base 32).
func reference(at time.Time, login string, err error) string {
	const signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	sum := fnv.New64a()
	fmt.Fprint(sum, at.UnixNano(), login, err)
	n := sum.Sum64()
	n ^= n >> 32
	ref := make([]byte, 4)
	for i := range ref {
		ref[i] = signs[n&31]
		n >>= 5
	}
	return string(ref)
}

// bannerKind says whether the server has something to say.
type bannerKind int

const (
	bannerNone bannerKind = iota
	bannerIdle
	bannerStop
)

// banner is a warning of the server; it stays until a key (idle) or the end (stop).
type banner struct {
	kind bannerKind
	left time.Duration
}

func (b banner) text(look parts.Look) string {
	left, text := words.Duration(look.Lang, b.left), look.T(words.ShellStopNow)
	switch {
	case b.kind == bannerNone:
		return ""
	case b.kind == bannerIdle:
		text = look.T(words.ShellIdle, "left", left)
	case b.left > 0:
		text = look.T(words.ShellStop, "left", left)
	}
	return look.T(words.ShellWarn, "text", text)
}

func tooLarge() notice {
	return notice{Info, words.ShellTooLarge, []any{"w", maxWidth, "h", maxHeight}}
}

// shownClock is the clock of the header.
func shownClock(look parts.Look, now data.Clock) string { return words.Clock(look.Lang, now()) }
