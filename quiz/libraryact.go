package quiz

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"digibrug/data"
)

// visible gives the newest version of a local item to who may see it. It returns data.ErrNotFound for one that isn't there,
// and ErrAsked for one that is hidden.
func (l *Library) visible(ctx context.Context, q data.Query, by data.Actor, item string) (version, error) {
	all, err := versions(ctx, q, `v.item_id = $1`, item)
	if err == nil && len(all) == 0 {
		err = data.ErrNotFound
	}
	if err != nil {
		return version{}, err
	}
	closed, err := hidden(ctx, q, by)
	if err != nil {
		return version{}, err
	}
	if closed[item] {
		return version{}, ErrAsked
	}
	return slices.MaxFunc(all, func(a, b version) int { return a.Item.Version - b.Item.Version }), nil
}

// Put stores a new item, or a new version of one, as a draft, and audits it: the version that is good stays so until the new
// one is reviewed. it.Version is the version that was changed, 0 for a new item; the one that it gets is returned. The ICT
// officer and recruiters may. It returns ErrMeanwhile where the newest version is another one by now, ErrAsked for an item
// that the actor may not see, and Problems with fields as Item.Check names them. An item that says what it said stays as it is.
func (l *Library) Put(ctx context.Context, by data.Actor, bank string, it Item) (number int, err error) {
	from := it.Version
	err = l.db.InTxFor(ctx, by, keepers(), func(tx *data.Tx) error {
		number = from
		head, err := localBank(ctx, tx, bank)
		if err != nil {
			return err
		}
		it.Domain, it.Status, it.Version = head.Domain, StatusDraft, max(1, from)
		if err := it.Check(); err != nil {
			return err
		}
		if from > 0 {
			old, err := l.visible(ctx, tx, by, it.ID)
			if err != nil {
				return err
			}
			if old.Item.Version != from || old.Bank != bank {
				return ErrMeanwhile
			}
		}
		here, err := newests(ctx, tx)
		if err != nil {
			return err
		}
		if _, there := here[it.ID]; there && from == 0 {
			return Problems{{Field: "id", Why: data.WhyTwice, Got: it.ID}}
		}
		one := head
		one.Items = []Item{it}
		plan, bad := one.plan(&head, here, l.shippedIDs())
		for _, b := range bad {
			b.Field = strings.TrimPrefix(b.Field, "items[1].")
		}
		if len(bad) > 0 {
			return bad
		}
		if plan.Lines[0].What == ImportSame {
			return nil
		}
		if number = plan.Lines[0].Version; number == 1 {
			if err := tx.InsertAll(ctx, `INSERT INTO local_items (id, bank_id, public)`, [][]any{{it.ID, bank, 0}}); err != nil {
				return err
			}
		}
		it.Version = number
		if err := addVersions(ctx, tx, by, []Item{it}); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "bank.item", it.ID, "bank", bank, "version", strconv.Itoa(number))
	})
	if err != nil {
		return 0, fmt.Errorf("put item %s: %w", data.Clean(it.ID, MaxCode), err)
	}
	return number, nil
}

// AddBank adds a local bank without items, and audits it. The ICT officer and recruiters may.
func (l *Library) AddBank(ctx context.Context, by data.Actor, b Bank) error {
	b.Title = data.Clean(b.Title, MaxName)
	checked := b
	checked.Items = make([]Item, 1) // the items come later
	if p := checked.head(); len(p) > 0 {
		return p
	}
	err := l.db.InTxFor(ctx, by, keepers(), func(tx *data.Tx) error {
		if slices.ContainsFunc(l.shipped, func(own Bank) bool { return own.ID == b.ID }) {
			return Problems{{Field: "bank", Why: WhyShipped, Got: b.ID}}
		}
		if err := putHead(ctx, tx, by, b, nil); data.IsUnique(err) {
			return Problems{{Field: "bank", Why: data.WhyTwice, Got: b.ID}}
		} else if err != nil {
			return err
		}
		if err := changed(ctx, tx); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "bank.add", b.ID, "title", b.Title)
	})
	if err != nil {
		return fmt.Errorf("add bank %s: %w", data.Clean(b.ID, MaxCode), err)
	}
	return nil
}

// Move puts items, shipped or local, in another state, all or none, and audits each: in use, retired, or back to draft with a
// reason. It is about the good version of an item, and only a local one can be a draft again; where there is a newer draft
// already that one stays. The ICT officer and recruiters may. It returns ErrItemState, ErrAsked for an item that the
// actor may not see, and ErrNeeded where an open kennismeting would have too few items left for who still must begin.
func (l *Library) Move(ctx context.Context, by data.Actor, items []string, to Status, why string) error {
	why, err := data.ShortText("why", why, maxRemark)
	if err == nil && why == "" && to == StatusDraft {
		err = &data.Invalid{Field: "why", Why: data.WhyEmpty}
	}
	if err != nil {
		return err
	}
	return l.db.InTxFor(ctx, by, keepers(), func(tx *data.Tx) error {
		good, err := l.good(ctx, tx, by, items)
		if err != nil {
			return err
		}
		before, err := l.short(ctx, tx)
		if err != nil {
			return err
		}
		acts, told := make([]act, len(good)), make([]data.Act, len(good))
		action := "bank.move"
		for i, h := range good {
			if !h.Item.Status.May(to, h.Local) {
				return fmt.Errorf("item %s from %s to %s: %w", h.Item.ID, h.Item.Status, to, ErrItemState)
			}
			if err := moveOne(ctx, tx, h, to); err != nil {
				return fmt.Errorf("item %s to %s: %w", h.Item.ID, to, err)
			}
			word := map[Status]string{StatusInUse: "inuse", StatusRetired: "retire", StatusDraft: "draft"}[to]
			acts[i] = act{h.Item.ID, word, why, h.Item.Version}
			told[i] = data.Act{Action: action, Object: h.Item.ID, Detail: []string{"to", string(to), "reason", why}}
		}
		if after, err := l.short(ctx, tx); err != nil || after > before {
			return cmp.Or(err, ErrNeeded)
		}
		if err := addActs(ctx, tx, by, "", acts); err != nil {
			return err
		}
		return tx.AuditAll(ctx, by, told)
	})
}

// short counts the open kennismetingen that nobody could begin with the items as they stand in tx.
func (l *Library) short(ctx context.Context, tx *data.Tx) (n int, err error) {
	h, err := l.read(ctx, tx)
	if err != nil {
		return 0, err
	}
	blueprints, err := data.List(ctx, tx, scanID, `SELECT blueprint FROM campaigns WHERE state = 'open' AND closes_on >= $1 ORDER BY id`, tx.Today())
	for _, text := range blueprints {
		b, err := fromJSON[Blueprint](text, "blueprint")
		if err != nil {
			return 0, err
		}
		if b.Check(h.open) != nil {
			n++
		}
	}
	return n, err
}

// good gives the good versions of items, each once, to who may see them all.
func (l *Library) good(ctx context.Context, tx *data.Tx, by data.Actor, items []string) ([]Holding, error) {
	h, err := l.read(ctx, tx)
	if err != nil {
		return nil, err
	}
	closed, err := hidden(ctx, tx, by)
	if err != nil {
		return nil, err
	}
	found := map[string]Holding{}
	for i, b := range h.banks {
		for _, it := range b.Items {
			found[it.ID] = Holding{Item: it, Bank: b.ID, Local: i >= h.local, Public: !h.sealed[it.ID]}
		}
	}
	var good []Holding
	for _, id := range slices.Compact(slices.Sorted(slices.Values(items))) {
		one, there := found[id]
		switch {
		case !there:
			return nil, fmt.Errorf("item %s: %w", data.Clean(id, MaxCode), data.ErrNotFound)
		case closed[id]:
			return nil, fmt.Errorf("item %s: %w", id, ErrAsked)
		}
		good = append(good, one)
	}
	return good, nil
}

// moveOne stores another state of a good version.
func moveOne(ctx context.Context, tx *data.Tx, h Holding, to Status) error {
	if !h.Local {
		_, err := tx.ExecContext(ctx, `INSERT INTO shipped_states (item_id, state) VALUES ($1, $2)
			ON CONFLICT (item_id) DO UPDATE SET state = excluded.state`, h.Item.ID, string(to))
		return err
	}
	state := string(to)
	if to == StatusDraft {
		var newer int
		if err := data.One(ctx, tx, []any{&newer}, `SELECT count(*) FROM local_versions WHERE item_id = $1 AND state = 'draft'`, h.Item.ID); err != nil {
			return err
		}
		if newer > 0 {
			state = replaced
		}
	}
	return data.OneRow(tx.ExecContext(ctx, `UPDATE local_versions SET state = $1 WHERE item_id = $2 AND version = $3`, state, h.Item.ID, h.Item.Version))
}

// Publish makes local items public, for good: from then on they can be practised and come in kennismetingen. It audits each.
// The ICT officer and recruiters may. It returns ErrAsked where one is in a recruitment that is not over, and ErrItemState for
// one that is public already or was never reviewed.
func (l *Library) Publish(ctx context.Context, by data.Actor, items []string) error {
	return l.db.InTxFor(ctx, by, keepers(), func(tx *data.Tx) error {
		good, err := l.good(ctx, tx, by, items)
		if err != nil {
			return err
		}
		asked, err := askedItems(ctx, tx)
		if err != nil {
			return err
		}
		acts, told := make([]act, len(good)), make([]data.Act, len(good))
		action := "bank.publish"
		for i, h := range good {
			switch {
			case asked[h.Item.ID]:
				return fmt.Errorf("publish item %s: %w", h.Item.ID, ErrAsked)
			case h.Public || h.Item.Status == StatusDraft:
				return fmt.Errorf("publish item %s: %w", h.Item.ID, ErrItemState)
			}
			if err := data.OneRow(tx.ExecContext(ctx, `UPDATE local_items SET public = 1 WHERE id = $1`, h.Item.ID)); err != nil {
				return err
			}
			acts[i] = act{item: h.Item.ID, what: "publish", version: h.Item.Version}
			told[i] = data.Act{Action: action, Object: h.Item.ID, Detail: []string{"bank", h.Bank}}
		}
		if err := addActs(ctx, tx, by, "", acts); err != nil {
			return err
		}
		return tx.AuditAll(ctx, by, told)
	})
}
