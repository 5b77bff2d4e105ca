package quiz

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"digibrug/data"
)

// Shelf is a bank as people who work in the library see it, without its items.
type Shelf struct {
	Bank     Bank // without Items
	Local    bool
	Items    int
	Levels   [4]int         // items of the levels 1 to 4
	States   map[Status]int // of the newest versions
	Public   int
	Hidden   int // items that the asker can't see: in a recruitment of others
	ToReview int // drafts that the asker may review
}

// Entry is an item with what the library knows of it.
type Entry struct {
	Item   Item // the newest version; of a Hidden one only what it is about
	Bank   string
	Local  bool
	Public bool
	Asked  bool // in a recruitment that is not over
	Hidden bool // and the asker may not see it
	Mine   bool // the asker made the newest version
	Good   Item // the version that can be drawn, or could before it was retired; Version 0: there is none yet
	MadeAt time.Time
	Maker  string // the name of who made the newest version; empty for shipped ones
	Back   string // why a reviewer sent the draft back; empty: nobody did
}

// Reviewable tells whether the asker may judge the newest version.
func (e Entry) Reviewable() bool {
	return e.Local && !e.Hidden && !e.Mine && e.Item.Status == StatusDraft
}

// Version is one version of a local item.
type Version struct {
	Item   Item
	Old    bool // a newer one took its place
	MadeAt time.Time
	Maker  string
	Back   string
}

// Done is something that somebody did with an item.
type Done struct {
	What    string // approve, back, inuse, retire, draft, publish
	Version int
	At      time.Time
	By      string
	Why     string
	Drafts  int // of the review in which it was done; 0: in none
	Sampled bool
}

// Record is an item with its history.
type Record struct {
	Entry
	Versions []Version // the newest first; none for shipped ones
	Done     []Done    // the newest first
}

// Shelves lists all banks: shipped ones first, then local ones by title. The ICT officer and recruiters may see them.
func (l *Library) Shelves(ctx context.Context, by data.Actor) (all []Shelf, err error) {
	err = l.db.ViewFor(ctx, by, keepers(), func(q data.Query) error {
		all = nil
		heads, err := localBanks(ctx, q)
		if err != nil {
			return err
		}
		entries, err := l.entries(ctx, q, by)
		if err != nil {
			return err
		}
		for i, b := range append(l.shippedHeads(), heads...) {
			all = append(all, shelfOf(b, i >= len(l.shipped), entries[b.ID]))
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("banks: %w", err)
	}
	return all, nil
}

// Shelf gives one bank with its items by id. It returns data.ErrNotFound. The ICT officer and recruiters may see it.
func (l *Library) Shelf(ctx context.Context, by data.Actor, bank string) (s Shelf, items []Entry, err error) {
	err = l.db.ViewFor(ctx, by, keepers(), func(q data.Query) error {
		heads, err := localBanks(ctx, q)
		if err != nil {
			return err
		}
		entries, err := l.entries(ctx, q, by)
		if err != nil {
			return err
		}
		for i, b := range append(l.shippedHeads(), heads...) {
			if b.ID == bank {
				s, items = shelfOf(b, i >= len(l.shipped), entries[bank]), entries[bank]
				return nil
			}
		}
		return data.ErrNotFound
	})
	if err != nil {
		return Shelf{}, nil, fmt.Errorf("bank %s: %w", data.Clean(bank, MaxCode), err)
	}
	return s, items, nil
}

func (l *Library) shippedHeads() []Bank {
	heads := make([]Bank, len(l.shipped))
	for i, b := range l.shipped {
		heads[i], heads[i].Items, heads[i].Lines = b, nil, nil
	}
	return heads
}

// shelfOf counts what is in a bank.
func shelfOf(b Bank, local bool, items []Entry) Shelf {
	s := Shelf{Bank: b, Local: local, Items: len(items), States: map[Status]int{}}
	for _, e := range items {
		if n := e.Item.Level; n >= 1 && n <= len(s.Levels) {
			s.Levels[n-1]++
		}
		s.States[e.Item.Status]++
		if e.Public {
			s.Public++
		}
		if e.Hidden {
			s.Hidden++
		}
		if e.Reviewable() && e.Back == "" {
			s.ToReview++
		}
	}
	return s
}

// entries gives the items of all banks, by the id of the bank, each bank's by id.
func (l *Library) entries(ctx context.Context, q data.Query, by data.Actor) (map[string][]Entry, error) {
	asked, err := askedItems(ctx, q)
	if err != nil {
		return nil, err
	}
	closed, err := hidden(ctx, q, by)
	if err != nil {
		return nil, err
	}
	states, err := shippedStates(ctx, q)
	if err != nil {
		return nil, err
	}
	all := map[string][]Entry{}
	for _, b := range l.shipped {
		for _, it := range b.inStates(states).Items {
			all[b.ID] = append(all[b.ID], Entry{Item: it, Good: it, Bank: b.ID, Public: true}.seen(asked, closed))
		}
	}
	found, err := versions(ctx, q, `v.state <> 'replaced'`)
	if err != nil {
		return nil, err
	}
	for _, v := range found { // of one item the good version comes before the draft
		e := Entry{Item: v.Item, Bank: v.Bank, Local: true, Public: v.Public, Mine: v.MadeBy == maker(by), MadeAt: v.MadeAt, Maker: v.Maker, Back: v.Back}
		shelf := all[v.Bank]
		switch n := len(shelf); {
		case n > 0 && shelf[n-1].Item.ID == v.Item.ID:
			e.Good = shelf[n-1].Good
			shelf[n-1] = e.seen(asked, closed)
		default:
			if v.Item.Status != StatusDraft {
				e.Good = v.Item
			}
			all[v.Bank] = append(shelf, e.seen(asked, closed))
		}
	}
	return all, nil
}

// seen is the entry as somebody sees it for whom the items closed are hidden.
func (e Entry) seen(asked, closed map[string]bool) Entry {
	e.Asked, e.Hidden = asked[e.Item.ID], closed[e.Item.ID]
	if e.Hidden {
		bare := func(it Item) Item {
			return Item{ID: it.ID, Version: it.Version, Kind: it.Kind, Domain: it.Domain, Level: it.Level, Status: it.Status}
		}
		e.Item, e.Good, e.Back = bare(e.Item), bare(e.Good), ""
	}
	return e
}

// Record gives an item with its history. It returns data.ErrNotFound, and ErrAsked for one that the actor may not see. The
// ICT officer and recruiters may.
func (l *Library) Record(ctx context.Context, by data.Actor, item string) (r Record, err error) {
	err = l.db.ViewFor(ctx, by, keepers(), func(q data.Query) error {
		r = Record{}
		entries, err := l.entries(ctx, q, by)
		if err != nil {
			return err
		}
		for _, shelf := range entries {
			for _, e := range shelf {
				if e.Item.ID == item {
					r.Entry = e
				}
			}
		}
		switch {
		case r.Item.ID == "":
			return data.ErrNotFound
		case r.Hidden:
			return ErrAsked
		}
		return r.history(ctx, q)
	})
	if err != nil {
		return Record{}, fmt.Errorf("item %s: %w", data.Clean(item, MaxCode), err)
	}
	return r, nil
}

func (r *Record) history(ctx context.Context, q data.Query) (err error) {
	if r.Local {
		found, err := versions(ctx, q, `v.item_id = $1`, r.Item.ID)
		if err != nil {
			return err
		}
		for _, v := range found {
			r.Versions = append(r.Versions, Version{v.Item, v.State == replaced, v.MadeAt, v.Maker, v.Back})
		}
		sortVersions(r.Versions)
	}
	r.Done, err = data.List(ctx, q, func(scan func(...any) error) (d Done, err error) {
		var at int64
		var drafts, sampled sql.NullInt64
		err = scan(&d.What, &d.Version, &at, &d.By, &d.Why, &drafts, &sampled)
		d.At, d.Drafts, d.Sampled = data.Milli(at), int(drafts.Int64), sampled.Int64 == 1
		return d, err
	}, `SELECT a.act, a.version, a.at, COALESCE(p.given || ' ' || p.family, a.done_name), a.why,
		(SELECT count(*) FROM item_review_lines l WHERE l.review_id = a.review_id),
		(SELECT l.sampled FROM item_review_lines l WHERE l.review_id = a.review_id AND l.item_id = a.item_id)
		FROM item_acts a LEFT JOIN persons p ON p.id = a.done_by WHERE a.item_id = $1 ORDER BY a.seq DESC`, r.Item.ID)
	return err
}

// Answers tells how an item went in kennismetingen that people ended, over all its versions.
type Answers struct {
	People int     // who could answer it
	Share  float64 // of the points that they got, 0 to 1; 0 where the figures are too few to show
	Shown  bool    // MinPeople or more could answer it
}

// Answers counts the answers to an item, for who works in the library. It tells nothing of fewer than MinPeople.
func (l *Library) Answers(ctx context.Context, by data.Actor, item string) (a Answers, err error) {
	err = l.db.ViewFor(ctx, by, keepers(), func(q data.Query) error {
		type given struct{ item, answer string }
		all, err := data.List(ctx, q, func(scan func(...any) error) (g given, err error) {
			var answer sql.NullString
			err = scan(&g.item, &answer)
			g.answer = answer.String
			return g, err
		}, `SELECT i.item, i.answer FROM attempt_items i JOIN attempts a ON a.id = i.attempt_id
			WHERE i.item_id = $1 AND a.ended_at IS NOT NULL AND (a.entered OR i.n < a.entry) ORDER BY i.attempt_id`, item)
		if err != nil {
			return err
		}
		a = Answers{People: len(all), Shown: len(all) >= MinPeople}
		sum := 0.0
		for _, g := range all {
			it, err := fromJSON[Item](g.item, "item")
			if err != nil {
				return err
			}
			var answer Answer
			if err := data.Unpack(g.answer, &answer); err != nil {
				return err
			}
			if m := it.Mark(answer); m.Max > 0 {
				sum += m.Points / m.Max
			}
		}
		if a.Shown {
			a.Share = sum / float64(len(all))
		} else {
			a.People = 0
		}
		return nil
	})
	return a, err
}
