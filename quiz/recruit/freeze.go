package recruit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"digibrug/data"
	"digibrug/quiz"
)

// frozenTest is what the hash of a frozen test is made over, as JSON in this order of fields: whose it is, everything that
// was set (with weights and cut, and the warnings that were accepted), and each item of each form as it is asked.
type frozenTest struct {
	ID           string       `json:"id"`
	Organisation string       `json:"organisation"`
	Title        string       `json:"title"`
	Opened       int64        `json:"opened"` // Unix milliseconds
	Details      Details      `json:"details"`
	Items        []frozenItem `json:"items"` // form by form, in order
}

type frozenItem struct {
	Form   string    `json:"form"`
	N      int       `json:"n"`
	Item   quiz.Item `json:"item"`
	Shown  []int     `json:"shown"`
	Weight int       `json:"weight"`
	Public bool      `json:"public"`
}

// FrozenHash is the SHA-256, hexadecimal, over a procedure and its items as they are frozen when it opens. Items that were
// taken out afterwards don't change it: that is a decision about the test, and not another test. Maps are written with
// sorted keys, so that the same test always has the same hash.
func FrozenHash(p Procedure, items []Item) string {
	test := frozenTest{ID: p.ID, Organisation: p.OrganisationID, Title: p.Title, Opened: data.Stamp(p.OpenedAt), Details: p.Details}
	for _, it := range items {
		test.Items = append(test.Items, frozenItem{it.Form, it.N, it.Item, it.Shown, it.Weight, it.Public})
	}
	return hashOf(test)
}

// hashOf is the SHA-256 of a value as JSON, hexadecimal.
func hashOf(v any) string {
	sum := sha256.Sum256([]byte(data.Pack(v)))
	return hex.EncodeToString(sum[:])
}

// ErrLacks says that a procedure can't open yet. It Is ErrState.
type ErrLacks struct{ Missing []Missing }

// Error lists the codes of what lacks.
func (e *ErrLacks) Error() string {
	s := "procedure can't open:"
	for _, m := range e.Missing {
		if m.Blocks() {
			s += " " + string(m.Lack)
		}
	}
	return s
}

// Is makes it an ErrState.
func (e *ErrLacks) Is(target error) bool { return target == ErrState }

// Open freezes a draft and opens it, and audits it with the hash: it draws the forms by chance, stores each item as it will
// be asked, in one order of its options for all who get the form, with its points, and deals labels and forms to the
// candidates by chance, so that a label tells nothing of a name. From here on nothing of the test can change. A recruiter of
// it may. It returns *ErrLacks with the checklist where something lacks or a warning was not accepted, and ErrState.
func (s *Store) Open(ctx context.Context, by data.Actor, procedure string) (opened Procedure, err error) {
	seed := s.seed()
	err = s.act(ctx, by, procedure, []Duty{Recruiter}, func(tx *data.Tx, p Procedure) error {
		if !p.State.May(Open) {
			return fmt.Errorf("open procedure that is %s: %w", p.State, ErrState)
		}
		around, err := s.around(ctx, tx, p)
		if err != nil {
			return err
		}
		if missing := Checklist(p, around); !Ready(missing) {
			return &ErrLacks{missing}
		}
		p.OpenedAt = tx.Now()
		items, err := storeItems(ctx, tx, p, p.draw(around.Pool, seed))
		if err != nil {
			return err
		}
		if err := dealLabels(ctx, tx, p, seed); err != nil {
			return err
		}
		if err := step(ctx, tx, p, Open); err != nil {
			return err
		}
		p.State, p.Frozen, p.KeepUntil = Open, FrozenHash(p, items), p.keptUntil(tx.Today())
		if _, err := tx.ExecContext(ctx, `UPDATE procedures SET frozen = $1 WHERE id = $2`, p.Frozen, p.ID); err != nil {
			return err
		}
		opened = p
		return tx.Audit(ctx, by, "recruit.open", p.ID, "title", p.Title, "sum", p.Frozen, "items", strconv.Itoa(len(items)), "forms", strconv.Itoa(p.Forms))
	})
	if err != nil {
		return Procedure{}, fmt.Errorf("open procedure %s: %w", data.Clean(procedure, 40), err)
	}
	return opened, nil
}

// storeItems writes the forms down and reads them back, as everybody will from now on.
func storeItems(ctx context.Context, tx *data.Tx, p Procedure, forms [][]Item) ([]Item, error) {
	for _, form := range forms {
		for _, it := range form {
			public := 0
			if it.Public {
				public = 1
			}
			if _, err := tx.ExecContext(ctx, `INSERT INTO procedure_items (procedure_id, form, n, item_id, version, item, shown, weight, public, out_at, out_why)
				VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, '')`,
				p.ID, it.Form, it.N, it.Item.ID, it.Item.Version, data.Pack(it.Item), data.Pack(it.Shown), it.Weight, public); err != nil {
				return nil, fmt.Errorf("freeze item %s: %w", it.Item.ID, err)
			}
		}
	}
	return itemsOf(ctx, tx, p.ID, "")
}

// Verify looks whether the frozen test is what it was when it opened: it makes the hash anew and compares it with the one
// that is kept with the procedure and with the one in the audit log, whose chain covers it. It returns an error that wraps
// ErrChanged where they differ, and ErrState for one that never opened. Who has a duty in the procedure may ask.
func (s *Store) Verify(ctx context.Context, by data.Actor, procedure string) error {
	return s.view(ctx, by, procedure, Duties(), func(q data.Query, p Procedure) error { return verify(ctx, q, p) })
}

func verify(ctx context.Context, q data.Query, p Procedure) error {
	if p.OpenedAt.IsZero() {
		return fmt.Errorf("verify procedure that is %s: %w", p.State, ErrState)
	}
	items, err := itemsOf(ctx, q, p.ID, "")
	if err != nil {
		return errors.Join(ErrChanged, err)
	}
	made := FrozenHash(p, items)
	if made != p.Frozen {
		return fmt.Errorf("procedure %s has hash %s and was frozen with %s: %w", p.ID, made, p.Frozen, ErrChanged)
	}
	logged, err := loggedHash(ctx, q, p.ID)
	if err != nil {
		return err
	}
	if made != logged {
		return fmt.Errorf("procedure %s has hash %s and the audit log says %s: %w", p.ID, made, logged, ErrChanged)
	}
	return nil
}

// loggedHash is the hash that the audit log has of the opening.
func loggedHash(ctx context.Context, q data.Query, procedure string) (string, error) {
	var text string
	err := data.One(ctx, q, []any{&text}, `SELECT detail FROM audit WHERE action = 'recruit.open' AND object = $1 ORDER BY seq LIMIT 1`, procedure)
	if errors.Is(err, data.ErrNotFound) {
		return "", fmt.Errorf("the audit log has no opening of procedure %s: %w", procedure, ErrChanged)
	} else if err != nil {
		return "", err
	}
	var facts map[string]string
	if err := json.Unmarshal([]byte(text), &facts); err != nil {
		return "", fmt.Errorf("opening of procedure %s in the audit log: %w", procedure, errors.Join(ErrChanged, err))
	}
	return facts["sum"], nil
}
