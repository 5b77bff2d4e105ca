package data

import (
	"context"
	"fmt"
	"time"
)

// Slowed tells how long the next log-in at an account has to wait at most because of refused ones. Nothing in it is
// a lock: whoever waits and types the right password comes in. Only the ICT officer and the deputy may ask.
func (s *Accounts) Slowed(ctx context.Context, by Actor, login string) (wait time.Duration, err error) {
	err = s.db.View(ctx, func(q Query) error {
		if err := Require(ctx, q, by, RoleICT, RoleDeputy); err != nil {
			return err
		}
		c, err := counted(ctx, q, accountScope(SortKey(login)), 0)
		wait = max(0, Delay(c.failures)-c.ago)
		return err
	})
	return wait, err
}

// Unlock forgets the refused log-ins at an account, so that the next try waits for nothing, and audits it. Only the
// ICT officer and the deputy may. It returns ErrNotFound.
func (s *Accounts) Unlock(ctx context.Context, by Actor, login string) error {
	return s.onAccount(ctx, by, login, []Role{RoleICT, RoleDeputy}, func(tx *Tx, _ string) error {
		res, err := tx.ExecContext(ctx, `DELETE FROM login_guesses WHERE scope = $1`, accountScope(SortKey(login)))
		if err != nil {
			return fmt.Errorf("unlock %s: %w", Clean(login, 40), err)
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return err // nothing was counted, and there is nothing to write down
		}
		return tx.Audit(ctx, by, "account.unlock", SortKey(login))
	})
}
