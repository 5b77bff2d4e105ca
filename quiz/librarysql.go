package quiz

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"digibrug/data"
)

// keepers are who work in the library. Nobody else sees a sealed item.
func keepers() []data.Role { return []data.Role{data.RoleICT, data.RoleRecruiter} }

// maker is by whom an actor makes things: the person, whatever account of theirs is used, or the console.
func maker(by data.Actor) string { return cmp.Or(by.PersonID, by.Name) }

// version is a version of a local item as it is stored.
type version struct {
	Item   Item // with its version and state; a replaced one is retired
	Bank   string
	Public bool
	Sum    string
	State  string
	MadeAt time.Time
	MadeBy string // id of a person, or the console
	Maker  string // the name of who made it
	Back   string // why a reviewer sent the draft back
}

const replaced = "replaced" // the state of a version after which came a good one

// versions reads versions of local items by bank and item, and of one item the good version before the draft. where is SQL
// of this package.
func versions(ctx context.Context, q data.Query, where string, args ...any) ([]version, error) {
	return data.List(ctx, q, scanVersion, `SELECT i.bank_id, i.public, v.version, v.item, v.sum, v.state, v.made_at, v.made_by,
		COALESCE(p.given || ' ' || p.family, v.made_name), v.back
		FROM local_versions v JOIN local_items i ON i.id = v.item_id LEFT JOIN persons p ON p.id = v.made_by
		WHERE `+where+` ORDER BY i.bank_id, v.item_id, CASE v.state WHEN 'draft' THEN 1 WHEN 'replaced' THEN 2 ELSE 0 END, v.version DESC`, args...)
}

func scanVersion(scan func(...any) error) (v version, err error) {
	var public, number, made int64
	var text string
	if err = scan(&v.Bank, &public, &number, &text, &v.Sum, &v.State, &made, &v.MadeBy, &v.Maker, &v.Back); err != nil {
		return v, err
	}
	if v.Item, err = fromJSON[Item](text, "item"); err != nil {
		return v, err
	}
	v.Public, v.MadeAt = public == 1, data.Milli(made)
	v.Item.Version, v.Item.Status = int(number), Status(v.State)
	if v.State == replaced {
		v.Item.Status = StatusRetired
	}
	return v, nil
}

// localBanks reads the local banks without their items, by title.
func localBanks(ctx context.Context, q data.Query) ([]Bank, error) {
	return data.List(ctx, q, func(scan func(...any) error) (b Bank, err error) {
		var waive string
		if err = scan(&b.ID, &b.Language, &b.Domain, &b.Title, &b.Audience, &waive); err != nil {
			return b, err
		}
		b.Waive, err = fromJSON[[]Waiver](waive, "waivers")
		return b, err
	}, `SELECT id, language, domain, title, audience, waive FROM local_banks ORDER BY title, id`)
}

// localBank reads one local bank without its items. It returns data.ErrNotFound.
func localBank(ctx context.Context, q data.Query, id string) (Bank, error) {
	all, err := localBanks(ctx, q)
	for _, b := range all {
		if b.ID == id {
			return b, err
		}
	}
	return Bank{}, fmt.Errorf("bank %s: %w", data.Clean(id, MaxCode), cmp.Or(err, data.ErrNotFound))
}

// shippedStates gives the states that people gave to shipped items.
func shippedStates(ctx context.Context, q data.Query) (map[string]Status, error) {
	type given struct{ id, state string }
	all, err := data.List(ctx, q, func(scan func(...any) error) (g given, err error) { return g, scan(&g.id, &g.state) },
		`SELECT item_id, state FROM shipped_states ORDER BY item_id`)
	states := make(map[string]Status, len(all))
	for _, g := range all {
		states[g.id] = Status(g.state)
	}
	return states, err
}

// newests gives the newest version of every local item.
func newests(ctx context.Context, q data.Query) (map[string]newest, error) {
	type row struct {
		id string
		newest
	}
	all, err := data.List(ctx, q, func(scan func(...any) error) (r row, err error) {
		return r, scan(&r.id, &r.bank, &r.version, &r.sum)
	}, `SELECT v.item_id, i.bank_id, v.version, v.sum FROM local_versions v JOIN local_items i ON i.id = v.item_id
		WHERE v.version = (SELECT MAX(w.version) FROM local_versions w WHERE w.item_id = v.item_id) ORDER BY v.item_id`)
	here := make(map[string]newest, len(all))
	for _, r := range all {
		here[r.id] = r.newest
	}
	return here, err
}

// changed gives the banks a new revision, so that every process reads them anew.
func changed(ctx context.Context, tx *data.Tx) error {
	return data.OneRow(tx.ExecContext(ctx, `UPDATE library_head SET rev = $1 WHERE one = 1`, data.NewID()))
}

// addVersions stores drafts: of each item the draft that was there is replaced. Items that are new must be there by then.
func addVersions(ctx context.Context, tx *data.Tx, by data.Actor, items []Item) error {
	rows := make([][]any, len(items))
	for i, it := range items {
		if it.Version > 1 {
			if _, err := tx.ExecContext(ctx, `UPDATE local_versions SET state = 'replaced' WHERE item_id = $1 AND state = 'draft'`, it.ID); err != nil {
				return err
			}
		}
		it.Status = StatusDraft
		rows[i] = []any{it.ID, it.Version, toJSON(it), textSum(it), string(StatusDraft), tx.Now().UnixMilli(), maker(by), data.Clean(by.Name, 80), ""}
	}
	if err := tx.InsertAll(ctx, `INSERT INTO local_versions (item_id, version, item, sum, state, made_at, made_by, made_name, back)`, rows); err != nil {
		return fmt.Errorf("add %d versions: %w", len(items), err)
	}
	return changed(ctx, tx)
}

// act is what somebody did with a version of an item.
type act struct {
	item, what, why string
	version         int
}

// addActs writes acts of one moment down; review is empty for those outside one.
func addActs(ctx context.Context, tx *data.Tx, by data.Actor, review string, acts []act) error {
	type last struct {
		id  string
		seq int64
	}
	all, err := data.List(ctx, tx, func(scan func(...any) error) (r last, err error) { return r, scan(&r.id, &r.seq) },
		`SELECT item_id, MAX(seq) FROM item_acts GROUP BY item_id ORDER BY item_id`)
	if err != nil {
		return err
	}
	seqs := make(map[string]int64, len(all))
	for _, r := range all {
		seqs[r.id] = r.seq
	}
	rows := make([][]any, len(acts))
	for i, a := range acts {
		seqs[a.item]++
		rows[i] = []any{a.item, seqs[a.item], a.version, a.what, tx.Now().UnixMilli(), maker(by), data.Clean(by.Name, 80), a.why, review}
	}
	if err := tx.InsertAll(ctx, `INSERT INTO item_acts (item_id, seq, version, act, at, done_by, done_name, why, review_id)`, rows); err != nil {
		return fmt.Errorf("write down %d acts: %w", len(acts), err)
	}
	return changed(ctx, tx)
}

// hidden are the ids of items that somebody may not see: in a recruitment that is not over, of which they are no recruiter,
// unless they made a version of the item. The operator sees all.
func hidden(ctx context.Context, q data.Query, by data.Actor) (map[string]bool, error) {
	if by.Operator {
		return map[string]bool{}, nil
	}
	ids, err := data.List(ctx, q, scanID, `SELECT i.item_id FROM procedure_items i JOIN procedures p ON p.id = i.procedure_id
		WHERE p.state IN `+notOver+` AND NOT EXISTS (SELECT 1 FROM local_versions v WHERE v.item_id = i.item_id AND v.made_by = $1)
		GROUP BY i.item_id HAVING MAX(CASE WHEN EXISTS (SELECT 1 FROM procedure_people w WHERE w.procedure_id = i.procedure_id AND w.account_id = $2
			AND w.role = 'recruiter' AND w.from_on <= $3 AND w.until_on >= $3) THEN 1 ELSE 0 END) = 0
		ORDER BY i.item_id`, maker(by), by.AccountID, data.DayOf(q.Now()))
	if err != nil {
		return nil, fmt.Errorf("items that are hidden: %w", err)
	}
	closed := make(map[string]bool, len(ids))
	for _, id := range ids {
		closed[id] = true
	}
	return closed, nil
}
