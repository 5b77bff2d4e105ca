package server

import (
	"errors"

	"digibrug/data"
	"digibrug/tui/words"

	gossh "golang.org/x/crypto/ssh"
)

// errGone says that a question got no answer.
var errGone = errors.New("no answer")

// asksSecond tells whether an account that gave its first proof must give a second one. Not to know is an error:
// the answer decides who comes in.
func (a *attempts) asksSecond(id data.Identity) (bool, error) {
	asks, err := a.gate.AsksSecond(a.wire.ctx, id, a.wire.from)
	if err != nil {
		if a.wire.ctx.Err() == nil {
			a.wire.log.Error("whether a second proof is needed is not known", "login", id.Login, "err", err)
		}
		return false, errRefused
	}
	return asks, nil
}

// partly tells the client that its proof was right and that a question follows. The question knows whose proof it
// was: from here on the library holds the client to this name and to this one method, and what the client goes
// on to offer is not looked at.
func (a *attempts) partly(id data.Identity, method string) error {
	return &gossh.PartialSuccessError{Next: gossh.ServerAuthCallbacks{
		KeyboardInteractiveCallback: func(_ gossh.ConnMetadata, ask gossh.KeyboardInteractiveChallenge) (*gossh.Permissions, error) {
			if a.spent() {
				return nil, errTries
			}
			p, err := a.second(ask, id, method)
			if errors.Is(err, errGone) {
				err = errRefused
			}
			return p, err
		},
	}}
}

// inOneTalk asks the second question in the conversation in which the password was asked, as often as there are
// tries: a client that begins anew for it (OpenSSH) has only three of those in all.
func (a *attempts) inOneTalk(ask gossh.KeyboardInteractiveChallenge, id data.Identity, method string) (*gossh.Permissions, error) {
	for {
		p, err := a.second(ask, id, method)
		if err == nil || errors.Is(err, errGone) || a.seconds >= a.wire.door.limits.PasswordTries {
			return p, err
		}
	}
}

// second asks for the second proof once.
func (a *attempts) second(ask gossh.KeyboardInteractiveChallenge, id data.Identity, method string) (*gossh.Permissions, error) {
	hint := words.DoorSecondHint
	if a.seconds > 0 {
		hint = words.DoorSecondAgain
	}
	a.seconds++ // also a question that gets no answer
	answers, err := ask("", wrapped(words.T(a.lang, hint)), []string{words.T(a.lang, words.DoorSecond)}, []bool{true})
	if err != nil || len(answers) != 1 {
		return nil, errGone
	}
	if len(answers[0]) <= maxAnswer {
		err = a.gate.Second(a.wire.ctx, id, answers[0], a.wire.from)
		if err == nil {
			return a.enter(id, method+secondMark)
		}
		if !errors.Is(err, data.ErrDenied) && a.wire.ctx.Err() == nil {
			a.wire.log.Error("second proof can't be looked at", "login", id.Login, "err", err)
		}
	}
	if a.seconds >= a.wire.door.limits.PasswordTries {
		_, _ = ask("", wrapped(words.T(a.lang, words.DoorSecondSpent)), nil, nil)
	}
	return nil, errRefused
}

// secondMark follows the method of the first proof in the log and in the list of sessions.
const secondMark = "+totp"
