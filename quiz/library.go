package quiz

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"

	"digibrug/data"
)

// Errors of the library that callers tell apart.
var (
	// ErrOwnWork says that somebody would review what they made themselves.
	ErrOwnWork = errors.New("own questions are reviewed by somebody else")
	// ErrMeanwhile says that somebody else was first: what was looked at is not how it stands any more.
	ErrMeanwhile = errors.New("question was changed or judged meanwhile")
	// ErrItemState says that a question can't go from its state to the asked one.
	ErrItemState = errors.New("state of the question does not allow it")
	// ErrAsked says that a question is in a recruitment that is not over, and stays as closed as it is until then.
	ErrAsked = errors.New("question is in a recruitment that is not over")
	// ErrNeeded says that a kennismeting which is open could not be begun any more.
	ErrNeeded = errors.New("question is needed in an open campaign")
	// ErrNothingToReview says that there are no drafts which this person may review.
	ErrNothingToReview = errors.New("no drafts to review")
)

// Library is all banks together: those that come with the program, in the states that people gave to their items, and the
// local ones in the database. It is the one place that tells what may be drawn, practised and seen:
//
//   - Shipped items are public and arrive reviewed. Local ones are sealed until somebody publishes them, for good, and are
//     drafts until somebody else than their maker reviewed them.
//   - A sealed item is drawn for recruitment only: who takes a kennismeting or practises sees the answers afterwards.
//   - An item in a recruitment that is not over is neither practised nor seen by others, whoever they are.
type Library struct {
	db      *data.DB
	shipped []Bank
	kept    *atomic.Pointer[holdings]
	chance  func(n int) int // 0 to n-1, for samples
}

// NewLibrary gives the banks of a database beside those that come with the program.
func NewLibrary(db *data.DB, shipped []Bank) *Library {
	return &Library{db: db, shipped: shipped, kept: &atomic.Pointer[holdings]{}, chance: anyOf}
}

// Sampling is the library with samples chosen by next, for tests that compare screens: it gives a number from 0 to n-1.
// Samples of real reviews can't be foreseen.
func (l *Library) Sampling(next func(n int) int) *Library {
	sampling := *l
	sampling.chance = next
	return &sampling
}

// holdings is what the library had at one revision. It is shared and never changed.
type holdings struct {
	rev    string
	banks  []Bank          // shipped ones first; of each item its good version, or the draft where there is none yet
	local  int             // place of the first local bank
	sealed map[string]bool // ids of items
	titles map[string]string
	open   []Item // of all banks for staff: what can be drawn and is public
}

// Banks gives all banks as they stand in q: shipped ones first, then local ones by title. Of an item with a good version
// and a newer draft it is the good one. The banks are shared: callers don't change them.
func (l *Library) Banks(ctx context.Context, q data.Query) ([]Bank, error) {
	h, err := l.holdings(ctx, q)
	if err != nil {
		return nil, err
	}
	return h.banks, nil
}

// All gives the banks for staff as they stand now, sealed items included, for who counts what a recruitment can ask: who shows
// items asks Shelf.
func (l *Library) All(ctx context.Context) ([]Bank, error) {
	all, err := l.Banks(ctx, l.db)
	return slices.DeleteFunc(slices.Clone(all), func(b Bank) bool { return b.Audience != ForStaff }), err
}

// offered gives the banks with the items that a kennismeting can draw; banks without any are left out.
func (l *Library) offered(ctx context.Context) ([]Bank, error) {
	h, err := l.holdings(ctx, l.db)
	if err != nil {
		return nil, err
	}
	var all []Bank
	for _, b := range h.banks {
		if b.Items = h.free(b, nil); len(b.Items) > 0 && b.measures() {
			all = append(all, b)
		}
	}
	return all, nil
}

// DomainTitle is the title of a domain's bank, or its code when no bank has it that was there when this process looked last.
func (l *Library) DomainTitle(domain string) string {
	for _, b := range l.shipped {
		if b.Domain == domain {
			return b.Title
		}
	}
	if h := l.kept.Load(); h != nil && h.titles[domain] != "" {
		return h.titles[domain]
	}
	return domain
}

// holdings reads the revision in q, and the rest only where this process doesn't have that revision: another process that
// changed something gave it a new one in the same transaction.
func (l *Library) holdings(ctx context.Context, q data.Query) (*holdings, error) {
	var rev string
	if err := data.One(ctx, q, []any{&rev}, `SELECT rev FROM library_head WHERE one = 1`); err != nil {
		return nil, fmt.Errorf("revision of the banks: %w", err)
	}
	if h := l.kept.Load(); h != nil && h.rev == rev {
		return h, nil
	}
	h, err := l.read(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("local banks: %w", err)
	}
	h.rev = rev
	if q == data.Query(l.db) { // outside a transaction a change may have come between the two
		var now string
		if err := data.One(ctx, q, []any{&now}, `SELECT rev FROM library_head WHERE one = 1`); err != nil || now != rev {
			return h, err
		}
	}
	l.kept.Store(h)
	return h, nil
}

func (l *Library) read(ctx context.Context, q data.Query) (*holdings, error) {
	h := &holdings{local: len(l.shipped), sealed: map[string]bool{}, titles: map[string]string{}}
	states, err := shippedStates(ctx, q)
	if err != nil {
		return nil, err
	}
	for _, b := range l.shipped {
		h.banks = append(h.banks, b.inStates(states))
	}
	local, err := localBanks(ctx, q)
	if err != nil {
		return nil, err
	}
	h.banks = append(h.banks, local...)
	place := map[string]int{}
	for i, b := range local {
		place[b.ID] = h.local + i
		if h.titles[b.Domain] == "" {
			h.titles[b.Domain] = b.Title
		}
	}
	items, err := versions(ctx, q, `v.state <> 'replaced'`)
	if err != nil {
		return nil, err
	}
	shipped := l.shippedIDs()
	for _, v := range items { // by item, the good version first
		if shipped[v.Item.ID] != "" {
			continue // a newer program came with an item of that id: one id is one item
		}
		b := &h.banks[place[v.Bank]]
		if !v.Public {
			h.sealed[v.Item.ID] = true
		}
		if n := len(b.Items); n > 0 && b.Items[n-1].ID == v.Item.ID {
			continue
		}
		b.Items = append(b.Items, v.Item)
	}
	for _, b := range h.banks {
		if b.measures() {
			h.open = append(h.open, h.free(b, nil)...)
		}
	}
	return h, nil
}

// measures tells whether a kennismeting can draw from the bank: kennismetingen are for staff, and in Dutch.
func (b Bank) measures() bool { return b.Audience == ForStaff && b.Language == "nl" }

// inStates is a shipped bank whose items have the states that people gave them.
func (b Bank) inStates(states map[string]Status) Bank {
	var items []Item
	for i, it := range b.Items {
		if state, given := states[it.ID]; given && it.Status != StatusDraft {
			if items == nil {
				items = slices.Clone(b.Items)
			}
			items[i].Status = state
		}
	}
	if items != nil {
		b.Items = items
	}
	return b
}

// Holding is an item that can be drawn, with what its bank says of it.
type Holding struct {
	Item   Item
	Bank   string // id
	Local  bool
	Public bool // anybody can read it, as every shipped one
}

// Stock gives the items of banks for staff in a language, as recruitment draws from them: drafts and retired ones too, since
// the draw knows what it may take.
func (l *Library) Stock(ctx context.Context, q data.Query, language string) ([]Holding, error) {
	h, err := l.holdings(ctx, q)
	if err != nil {
		return nil, err
	}
	var all []Holding
	for i, b := range h.banks {
		if b.Language != language || b.Audience != ForStaff {
			continue
		}
		for _, it := range b.Items {
			all = append(all, Holding{Item: it, Bank: b.ID, Local: i >= h.local, Public: !h.sealed[it.ID]})
		}
	}
	return all, nil
}

// shippedIDs gives the bank of each shipped item.
func (l *Library) shippedIDs() map[string]string {
	banks := map[string]string{}
	for _, b := range l.shipped {
		for _, it := range b.Items {
			banks[it.ID] = b.ID
		}
	}
	return banks
}

// Practice gives the banks of a language, those for citizens too, with the items that anybody may try, explanations included: those that can be
// drawn, are public, and are in no recruitment that is not over. A bank without any is left out.
func (l *Library) Practice(ctx context.Context, q data.Query, language string) ([]Bank, error) {
	h, err := l.holdings(ctx, q)
	if err != nil {
		return nil, err
	}
	asked, err := askedItems(ctx, q)
	if err != nil {
		return nil, err
	}
	var open []Bank
	for _, b := range h.banks {
		if b.Language != language {
			continue
		}
		if b.Items = h.free(b, asked); len(b.Items) > 0 {
			open = append(open, b)
		}
	}
	return open, nil
}

// free lists the items of a bank that can be drawn, are public and are not among those asked.
func (h *holdings) free(b Bank, asked map[string]bool) (free []Item) {
	for _, it := range b.Items {
		if it.Drawable() && !h.sealed[it.ID] && !asked[it.ID] {
			free = append(free, it)
		}
	}
	return free
}

// pools gives what a kennismeting draws from. first has nothing that is in a recruitment which is not over; all also has
// that, as long as it is public: better such an item than a colleague who can't begin.
func (l *Library) pools(ctx context.Context, q data.Query) (first, all []Item, err error) {
	h, err := l.holdings(ctx, q)
	if err != nil {
		return nil, nil, err
	}
	asked, err := askedItems(ctx, q)
	if err != nil {
		return nil, nil, err
	}
	if len(asked) == 0 {
		return h.open, h.open, nil
	}
	first = slices.DeleteFunc(slices.Clone(h.open), func(it Item) bool { return asked[it.ID] })
	return first, h.open, nil
}

// draw takes the items of an attempt.
func (l *Library) draw(ctx context.Context, q data.Query, b Blueprint, seed int64) ([]Item, error) {
	first, all, err := l.pools(ctx, q)
	if err != nil {
		return nil, err
	}
	if len(first) < len(all) && b.Check(first) != nil {
		first = all
	}
	return b.Draw(first, seed)
}

// notOver are the states of a recruitment from its opening until the jury has decided. The tables are those of the recruit
// package, which stands on this one.
const notOver = `('open', 'closed', 'scored', 'named')`

// askedItems are the ids of what is in a recruitment that is not over.
func askedItems(ctx context.Context, q data.Query) (map[string]bool, error) {
	ids, err := data.List(ctx, q, scanID, `SELECT DISTINCT i.item_id FROM procedure_items i JOIN procedures p ON p.id = i.procedure_id
		WHERE p.state IN `+notOver+` ORDER BY i.item_id`)
	if err != nil {
		return nil, fmt.Errorf("items in recruitment: %w", err)
	}
	asked := make(map[string]bool, len(ids))
	for _, id := range ids {
		asked[id] = true
	}
	return asked, nil
}

// textSum is the hash of what an item says: everything but its version and its state.
func textSum(it Item) string {
	it.Version, it.Status = 0, ""
	sum := sha256.Sum256([]byte(toJSON(it)))
	return hex.EncodeToString(sum[:])
}
