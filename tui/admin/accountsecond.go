package admin

import (
	"context"

	"digibrug/data"
	"digibrug/tui/page"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// secondKeeper is what the second factor of an account needs of the ground floor; *data.Accounts has it. The deputy
// sees nothing of it.
type secondKeeper interface {
	SecondOf(ctx context.Context, by data.Actor, login string) (data.SecondFactor, error)
	DropSecond(ctx context.Context, by data.Actor, login string) error
}

// opened is an account with what an ICT officer sees of its second factor, and whether the next log-in has to wait.
type opened struct {
	data.Account
	second data.SecondFactor
	slow   bool
	held   []data.HeldRole
}

// dropped tells that a second factor was taken away.
type dropped struct{}

func (a Account) open() (got opened, err error) {
	if got.Account, err = a.store.Find(a.S.Ctx, a.By(), a.login); err != nil {
		return got, err
	}
	if got.held, err = a.store.RolesOf(a.S.Ctx, a.By(), a.login); err != nil {
		return got, err
	}
	wait, err := a.store.Slowed(a.S.Ctx, a.By(), a.login)
	if got.slow = wait > 0; err == nil && a.ict() {
		got.second, err = a.store.SecondOf(a.S.Ctx, a.By(), a.login)
	}
	return got, err
}

// dropSecond takes the second factor away.
func (a Account) dropSecond() (shell.Screen, tea.Cmd) {
	a.Page = a.Acts(words.AdminSecondDropping)
	return a, page.Fetch(a.Acting, func() (dropped, error) { return dropped{}, a.store.DropSecond(a.S.Ctx, a.By(), a.login) })
}

// secondGone tells that it was taken away, and loads the account anew.
func (a Account) secondGone(msg page.DoneMsg[dropped]) (shell.Screen, tea.Cmd) {
	next, ok, tell := page.Settled(a.Page, msg)
	if a.Page = next; !ok {
		return a, tell
	}
	a.Page = a.Again()
	return a, tea.Batch(shell.Notify(shell.Good, words.AdminSecondDropped, "name", a.a.Person), a.load())
}

// secondFact says how the second factor stands, to ICT officers; nothing where there is none and none is asked.
func (a Account) secondFact() []page.Fact {
	var state words.Key
	switch {
	case !a.ict():
		return nil
	case a.second.Stopped:
		state = words.AdminSecondStopped
	case a.second.On():
		state = words.AdminSecondOn
	case a.second.Must:
		state = words.AdminSecondMissing
	default:
		return nil
	}
	return []page.Fact{page.Named(words.AdminSecond, a.S.T(state))}
}
