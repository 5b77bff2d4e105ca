package server

import (
	"digibrug/data"
	"digibrug/tui/words"

	"github.com/charmbracelet/x/ansi"
	gossh "golang.org/x/crypto/ssh"
)

// maxSlips is how many typing errors in paper codes are told on one connection, without counting as guesses; the
// check letter finds them, and who guesses can make check letters too.
const maxSlips = 6

// loginWidth is for how many cells sentences are wrapped before anybody has a screen: the client has not told how wide
// its window is, and few are narrower.
const loginWidth = 76

func wrapped(text string) string { return ansi.Wordwrap(text, loginWidth, "") }

// byCode is a log-in with a paper code, asked visibly: people read it from paper, letter by letter.
func (a *attempts) byCode(ask gossh.KeyboardInteractiveChallenge) (*gossh.Permissions, error) {
	hint := a.hint
	if hint == "" {
		hint = words.T(a.lang, words.DoorCodeHint)
	}
	for {
		answers, err := ask("", wrapped(hint), []string{words.T(a.lang, words.DoorCode)}, []bool{true})
		if err != nil || len(answers) != 1 {
			return nil, errRefused
		}
		_, slip := data.ParseCode(answers[0])
		if slip == nil {
			return a.codeTyped(ask, answers[0])
		}
		if a.slips++; a.slips > maxSlips {
			a.guess++
			return nil, errRefused
		}
		hint, _ = words.Sentence(a.lang, slip)
	}
}

// codeTyped tries a code, and keeps why it was refused for the next question.
func (a *attempts) codeTyped(ask gossh.KeyboardInteractiveChallenge, code string) (*gossh.Permissions, error) {
	id, why := a.tryCode(code)
	if why == "" {
		return a.enter(id, "keyboard-interactive")
	}
	a.hint = why
	if a.guess >= a.wire.door.limits.PasswordTries {
		// A sentence without a question; the line is cut next.
		_, _ = ask("", wrapped(why+" "+words.T(a.lang, words.DoorCodeSpent)), nil, nil)
	}
	return nil, errRefused
}

// byCodeAsPassword is the same for clients that ask for the password themselves. What is wrong reaches them as a
// banner.
func (a *attempts) byCodeAsPassword(code string) (*gossh.Permissions, error) {
	id, why := a.tryCode(code)
	if why == "" {
		return a.enter(id, "password")
	}
	return nil, &gossh.BannerError{Err: errRefused, Message: why + "\n"}
}

// tryCode brings one code to the Gate. It gives why it was refused, as a sentence; empty when it was not.
func (a *attempts) tryCode(code string) (id data.Identity, why string) {
	a.guess++
	if len(code) > maxAnswer {
		return id, words.T(a.lang, words.DoorCodeWrong)
	}
	id, err := a.gate.Code(a.wire.ctx, code, a.wire.from, data.Identity{})
	if err == nil && (id.CodeID == "" || !a.wire.admits(kindOf(id))) || !a.wire.admits(Staff) && !a.wire.admits(Candidate) {
		err = data.ErrDenied // as for a code that never was: this listener has no word for it
	}
	if err == nil {
		return id, ""
	}
	return data.Identity{}, a.refusal(err)
}

// refusal says why a code opened nothing.
func (a *attempts) refusal(err error) string {
	if text, known := words.CodeRefused(a.lang, err); known {
		return text
	}
	ref := newRef()
	a.wire.log.Error("paper code can't be looked at", "ref", ref, "err", err)
	return words.T(a.lang, words.DoorFailed, "ref", ref)
}
