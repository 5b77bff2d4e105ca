package data

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/big"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Recovery codes let somebody in once each who has lost the telephone. They are made of the letters of paper codes,
// so that nothing looks alike and any keyboard has them; 16 letters out of 17 kinds are 65 bits, too many to find
// from a hash, so that a fast hash will do.
const (
	recoveryCodes = 10
	recoveryLen   = 16 // letters, without dashes
	recoveryGroup = 4
)

// newRecovery makes one code: 16 letters by chance.
func newRecovery() string {
	code := make([]byte, recoveryLen)
	for i := range code {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(codeAlphabet))))
		if err != nil {
			panic(fmt.Sprintf("no randomness: %v", err)) // can't happen: the reader never fails since Go 1.24
		}
		code[i] = codeAlphabet[n.Int64()]
	}
	return string(code)
}

// showRecovery writes a code as people note it: "bcdf-ghjk-nprs-tvxy".
func showRecovery(code string) string {
	var groups []string
	for i := 0; i+recoveryGroup <= len(code); i += recoveryGroup {
		groups = append(groups, code[i:i+recoveryGroup])
	}
	return strings.Join(groups, "-")
}

// parseRecovery gives the letters of what somebody typed: case, spaces and dashes don't count, and signs that look
// like a letter are taken for it. ok is false for what can't be such a code.
func parseRecovery(answer string) (code string, ok bool) {
	if len(answer) > codeTyped {
		return "", false
	}
	code = codeSlips.Replace(strings.Map(codeLetter, norm.NFKD.String(answer)))
	return code, len(code) == recoveryLen && strings.Trim(code, codeAlphabet) == ""
}

// hashRecovery is what is kept of a code. The account is in it, so that equal codes of two accounts differ.
func hashRecovery(account, code string) string {
	sum := sha256.Sum256([]byte("recovery " + account + " " + code))
	return hex.EncodeToString(sum[:])
}

// putRecovery gives an account new codes in the place of all that it had. Callers audit.
func putRecovery(ctx context.Context, tx *Tx, account string) (shown []string, err error) {
	if _, err := tx.ExecContext(ctx, `DELETE FROM account_recovery WHERE account_id = $1`, account); err != nil {
		return nil, fmt.Errorf("recovery codes: %w", err)
	}
	var rows [][]any
	for n := range recoveryCodes {
		code := newRecovery()
		shown = append(shown, showRecovery(code))
		rows = append(rows, []any{account, n + 1, hashRecovery(account, code)})
	}
	if err := tx.InsertAll(ctx, `INSERT INTO account_recovery (account_id, n, hash)`, rows); err != nil {
		return nil, fmt.Errorf("recovery codes: %w", err)
	}
	return shown, nil
}

// takeRecovery uses up a code and audits it; left is how many stay. ok is false, and nothing is written, for a code
// that is none or was used.
func takeRecovery(ctx context.Context, tx *Tx, by Actor, code string) (ok bool, err error) {
	res, err := tx.ExecContext(ctx, `UPDATE account_recovery SET used_at = $1 WHERE account_id = $2 AND hash = $3 AND used_at IS NULL`,
		tx.Now().UnixMilli(), by.AccountID, hashRecovery(by.AccountID, code))
	if err != nil {
		return false, fmt.Errorf("use recovery code: %w", err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return false, err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE account_totp SET misses = 0 WHERE account_id = $1`, by.AccountID); err != nil {
		return false, fmt.Errorf("use recovery code: %w", err)
	}
	left, err := recoveryLeft(ctx, tx, by.AccountID)
	if err != nil {
		return false, err
	}
	return true, tx.Audit(ctx, by, "second.recovery", by.Name, "left", fmt.Sprint(left))
}

// recoveryLeft is how many codes of an account were not used yet.
func recoveryLeft(ctx context.Context, q Query, account string) (n int, err error) {
	if err := One(ctx, q, []any{&n}, `SELECT count(*) FROM account_recovery WHERE account_id = $1 AND used_at IS NULL`, account); err != nil {
		return 0, fmt.Errorf("count recovery codes: %w", err)
	}
	return n, nil
}
