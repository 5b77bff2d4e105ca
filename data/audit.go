package data

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"time"
)

// AuditRow is one act in the audit log. Rows form a chain: Hash is the SHA-256 of the row and of the hash
// before it, so that a changed, removed or inserted row shows. The newest sequence number and hash are
// kept apart as well, so that a cut-off tail shows too.
type AuditRow struct {
	Seq    int64 // from 1, without gaps
	At     time.Time
	Actor  string // log-in name, or console:USER
	From   string // address, empty for the console
	Action string // area.verb, such as account.add
	Object string // id or name of what was acted on
	Detail map[string]string
	Prev   string // hash of the row before, hex; empty for the first
	Hash   string // hex
}

// sum is the hash of a row. Each field goes in as its length (8 bytes, big endian) and its bytes, in the
// order of the struct; numbers as decimal text; Detail as JSON with sorted keys.
func (r AuditRow) sum(detail string) string {
	h := sha256.New()
	for _, field := range []string{
		fmt.Sprint(r.Seq), fmt.Sprint(r.At.UnixMilli()), r.Actor, r.From, r.Action, r.Object, detail, r.Prev,
	} {
		writeField(h, field)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func writeField(h hash.Hash, s string) {
	_ = binary.Write(h, binary.BigEndian, uint64(len(s))) // a hash never fails
	_, _ = io.WriteString(h, s)
}

var errUnaudited = errors.New("audit row outside InTx")

// Audit adds a row to the audit log, in the same transaction as the act that it tells of. detail is
// pairs of name and value; never answers, codes or passwords.
func (tx *Tx) Audit(ctx context.Context, by Actor, action, object string, detail ...string) error {
	if !tx.audited {
		return errUnaudited
	}
	if by.Name == "" {
		return fmt.Errorf("audit %s: %w: nobody acts", action, ErrDenied)
	}
	row := AuditRow{At: tx.at, Actor: Clean(by.Name, 80), From: Clean(by.From, 60), Action: action, Object: Clean(object, 200)}
	facts, err := detailJSON(detail)
	if err != nil {
		return fmt.Errorf("audit %s: %w", action, err)
	}
	if err := One(ctx, tx, []any{&row.Seq, &row.Prev}, `SELECT seq, hash FROM audit_head WHERE one = 1`); err != nil {
		return fmt.Errorf("audit head: %w", err)
	}
	row.Seq++
	row.Hash = row.sum(facts)
	if _, err := tx.ExecContext(ctx,
		`INSERT INTO audit (seq, at, actor, origin, action, object, detail, prev, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		row.Seq, row.At.UnixMilli(), row.Actor, row.From, row.Action, row.Object, facts, row.Prev, row.Hash); err != nil {
		return fmt.Errorf("audit %s: %w", action, err)
	}
	_, err = tx.ExecContext(ctx, `UPDATE audit_head SET seq = $1, hash = $2 WHERE one = 1`, row.Seq, row.Hash)
	return err
}

func detailJSON(pairs []string) (string, error) {
	if len(pairs)%2 != 0 {
		return "", errors.New("detail is not in pairs")
	}
	facts := make(map[string]string, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		facts[pairs[i]] = Clean(pairs[i+1], 500)
	}
	text, err := json.Marshal(facts)
	return string(text), err
}

// ErrChain says that the audit log was tampered with, or damaged.
var ErrChain = errors.New("audit chain broken")

// VerifyAudit walks the whole audit log and returns the number of rows. The error wraps ErrChain and
// names the first row that does not fit.
func (db *DB) VerifyAudit(ctx context.Context) (rows int64, err error) {
	err = db.View(ctx, func(q Query) error {
		rows, err = verifyAudit(ctx, q)
		return err
	})
	return rows, err
}

func verifyAudit(ctx context.Context, q Query) (rows int64, err error) {
	prev := ""
	err = eachAudit(ctx, q, func(r AuditRow, detail string) error {
		switch {
		case r.Seq != rows+1:
			return fmt.Errorf("%w: row %d follows row %d", ErrChain, r.Seq, rows)
		case r.Prev != prev:
			return fmt.Errorf("%w: row %d does not continue row %d", ErrChain, r.Seq, rows)
		case r.Hash != r.sum(detail):
			return fmt.Errorf("%w: row %d was changed", ErrChain, r.Seq)
		}
		rows, prev = r.Seq, r.Hash
		return nil
	})
	if err != nil {
		return rows, err
	}
	var seq int64
	var hash string
	if err := One(ctx, q, []any{&seq, &hash}, `SELECT seq, hash FROM audit_head WHERE one = 1`); err != nil {
		return rows, fmt.Errorf("audit head: %w", err)
	}
	if seq != rows || hash != prev {
		return rows, fmt.Errorf("%w: the log ends at row %d, the head says %d", ErrChain, rows, seq)
	}
	return rows, nil
}

// Audit lists the newest rows of the audit log, newest first, at most limit.
func (db *DB) Audit(ctx context.Context, by Actor, limit int) ([]AuditRow, error) {
	if err := Require(ctx, db, by, RoleICT, RoleConsultant); err != nil {
		return nil, err
	}
	return List(ctx, db, func(scan func(...any) error) (AuditRow, error) {
		r, _, err := scanAudit(scan)
		return r, err
	}, auditColumns+` ORDER BY seq DESC LIMIT $1`, limit)
}

const auditColumns = `SELECT seq, at, actor, origin, action, object, detail, prev, hash FROM audit`

func eachAudit(ctx context.Context, q Query, each func(AuditRow, string) error) error {
	rows, err := q.QueryContext(ctx, auditColumns+` ORDER BY seq`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		r, detail, err := scanAudit(rows.Scan)
		if err == nil {
			err = each(r, detail)
		}
		if err != nil {
			return err
		}
	}
	return rows.Err()
}

// scanAudit also gives the detail as stored, which is what the hash was made of.
func scanAudit(scan func(...any) error) (r AuditRow, detail string, err error) {
	var at int64
	if err = scan(&r.Seq, &at, &r.Actor, &r.From, &r.Action, &r.Object, &detail, &r.Prev, &r.Hash); err != nil {
		return r, "", err
	}
	r.At = Milli(at)
	if json.Unmarshal([]byte(detail), &r.Detail) != nil {
		r.Detail = map[string]string{"detail": detail}
	}
	return r, detail, nil
}
