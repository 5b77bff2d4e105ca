package loans

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"digibrug/data"
)

// Method is a way in which money changes hands.
type Method string

// The ways. Cash is off unless the desk's setting says otherwise.
const (
	Cash       Method = "cash"
	Bancontact Method = "bancontact"
	Transfer   Method = "transfer"
)

// Methods gives all ways.
func Methods() []Method { return []Method{Bancontact, Transfer, Cash} }

// Kind is what an entry of the ledger does.
type Kind string

// The kinds of entries. What is held of a deposit is what was received less what was returned and withheld; what
// somebody owes is what was charged less what was paid, waived and withheld.
const (
	Received Kind = "received" // a deposit
	Refunded Kind = "returned" // of a deposit
	Withheld Kind = "withheld" // of a deposit, for what was charged
	Charged  Kind = "charged"
	Paid     Kind = "paid"
	Waived   Kind = "waived"
)

// What money is for.
type What string

// What money is for.
const (
	Deposit What = "deposit" // waarborg
	Fee     What = "fee"     // retributie
	Fine    What = "fine"
	Damage  What = "damage"
)

// Entry is one line of the ledger. It never changes; Reverses names the one that it takes back.
type Entry struct {
	ID       string
	LoanID   string
	At       time.Time
	Kind     Kind
	What     What
	Cents    int64 // more than 0, less in an entry that reverses
	Method   Method
	IBAN     string
	Note     string
	Actor    string
	Reverses string

	onDay string // YYYY-MM-DD, whose day sheet it is on; empty: today's
}

// Balance is how a loan stands with money, in cents.
type Balance struct {
	Received, Refunded, Withheld, Held int64 // of the deposit: received = refunded + withheld + held
	Charged, Paid, Waived, Owed        int64
}

// What can be wrong with money.
const (
	WhyMethod   data.Why = "loans.method"   // not a way that the desk takes: Want lists them
	WhyIBAN     data.Why = "loans.iban"     // no account number, or none beside a transfer
	WhyCents    data.Why = "loans.cents"    // no amount above nothing, or more than 10 000 euro
	WhyTooMuch  data.Why = "loans.too_much" // more than the Want cents that are open
	WhyReversed data.Why = "loans.reversed" // taken back already, or an entry that takes back
)

const mostCents = 1_000_000

func checkCents(cents int64) error {
	if cents <= 0 || cents > mostCents {
		return &data.Invalid{Field: "amount", Why: WhyCents, Got: strconv.FormatInt(cents, 10)}
	}
	return nil
}

// checkMethod looks whether the desk takes money in a way; none may be allowed.
func checkMethod(ctx context.Context, q data.Query, field string, m Method, none bool) error {
	if m == "" && none {
		return nil
	}
	want := "bancontact, transfer"
	if cash, err := setting(ctx, q, SettingCash, "0"); err != nil {
		return err
	} else if cash == "1" {
		want += ", cash"
	}
	if !slices.Contains(strings.Split(want, ", "), string(m)) {
		return &data.Invalid{Field: field, Why: WhyMethod, Want: want, Got: data.Clean(string(m), 20)}
	}
	return nil
}

func checkRefund(ctx context.Context, q data.Query, m Method, iban string, none bool) error {
	if err := checkMethod(ctx, q, "refund", m, none); err != nil {
		return err
	}
	if (m == Transfer) != (iban != "") || iban != "" && !GoodIBAN(iban) {
		return &data.Invalid{Field: "iban", Why: WhyIBAN}
	}
	return nil
}

// GoodIBAN tells whether the check digits of an account number fit (ISO 13616: the number with its first four
// characters at the end, letters as 10 to 35, is 1 modulo 97).
func GoodIBAN(text string) bool {
	text = plainIBAN(text)
	if len(text) < 15 || len(text) > 34 || text[:2] == "BE" && len(text) != 16 {
		return false
	}
	var digits strings.Builder
	for _, r := range text[4:] + text[:4] {
		switch {
		case r >= '0' && r <= '9':
			digits.WriteRune(r)
		case r >= 'A' && r <= 'Z':
			digits.WriteString(strconv.Itoa(int(r-'A') + 10))
		default:
			return false
		}
	}
	n, ok := new(big.Int).SetString(digits.String(), 10)
	return ok && new(big.Int).Mod(n, big.NewInt(97)).Int64() == 1
}

func plainIBAN(text string) string { return strings.ToUpper(strings.ReplaceAll(text, " ", "")) }

// Message is the structured message of a transfer for a contract or loan: ten digits and a check of modulo 97, where
// 97 stands for 0 (Febelfin).
func Message(n Number) string {
	value, err := strconv.ParseInt(string(n), 10, 64)
	if err != nil {
		return ""
	}
	check := value % 97
	if check == 0 {
		check = 97
	}
	digits := fmt.Sprintf("%010d%02d", value, check)
	return "+++" + digits[:3] + "/" + digits[3:7] + "/" + digits[7:] + "+++"
}

// enter adds a line to the ledger.
func enter(ctx context.Context, tx *data.Tx, by data.Actor, l Loan, act string, e Entry) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO loan_ledger (id, loan_id, organisation_id, act_id, at, on_day, kind, what, cents, method, iban, note, actor, reverses)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`, data.NewID(), l.ID, l.OrganisationID, act, tx.Now().UnixMilli(), cmp.Or(e.onDay, tx.Today()),
		string(e.Kind), string(e.What), e.Cents, string(e.Method), plainIBAN(e.IBAN), e.Note, actor(by), data.OrNull(e.Reverses))
	if err != nil {
		return fmt.Errorf("enter %s of %s for loan %s: %w", e.Kind, e.What, l.ID, err)
	}
	return nil
}

// takeIn books what lending costs: the fee is charged, and both are received when they were paid.
func takeIn(ctx context.Context, tx *data.Tx, by data.Actor, l Loan, act string, pay Method) error {
	var all []Entry
	if l.FeeCents > 0 {
		all = append(all, Entry{Kind: Charged, What: Fee, Cents: l.FeeCents})
	}
	if pay != "" && l.FeeCents > 0 {
		all = append(all, Entry{Kind: Paid, What: Fee, Cents: l.FeeCents, Method: pay})
	}
	if pay != "" && l.DepositCents > 0 {
		all = append(all, Entry{Kind: Received, What: Deposit, Cents: l.DepositCents, Method: pay})
	}
	for _, e := range all {
		if err := enter(ctx, tx, by, l, act, e); err != nil {
			return err
		}
	}
	return nil
}

func scanEntry(scan func(...any) error) (e Entry, err error) {
	var at int64
	var reverses sql.NullString
	err = scan(&e.ID, &e.LoanID, &at, &e.Kind, &e.What, &e.Cents, &e.Method, &e.IBAN, &e.Note, &e.Actor, &reverses)
	e.At, e.Reverses = data.Milli(at), reverses.String
	return e, err
}

const entryColumns = `SELECT e.id, e.loan_id, e.at, e.kind, e.what, e.cents, e.method, e.iban, e.note, e.actor, e.reverses FROM loan_ledger e`

// reverseAct takes back all that an act entered.
func reverseAct(ctx context.Context, tx *data.Tx, by data.Actor, l Loan, act, as string) error {
	all, err := data.List(ctx, tx, scanEntry, entryColumns+` WHERE e.act_id = $1 AND e.reverses IS NULL
		AND NOT EXISTS (SELECT 1 FROM loan_ledger r WHERE r.reverses = e.id) ORDER BY e.id`, act)
	if err != nil {
		return err
	}
	for _, e := range all {
		e.Cents, e.Reverses = -e.Cents, e.ID
		if err := enter(ctx, tx, by, l, as, e); err != nil {
			return err
		}
	}
	return nil
}

// balance adds the ledger of a loan up.
func balance(ctx context.Context, q data.Query, loan string) (b Balance, err error) {
	if err = data.One(ctx, q, []any{&b.Received, &b.Refunded, &b.Withheld, &b.Charged, &b.Paid, &b.Waived}, `SELECT
		coalesce(sum(CASE WHEN kind = 'received' THEN cents END), 0), coalesce(sum(CASE WHEN kind = 'returned' THEN cents END), 0),
		coalesce(sum(CASE WHEN kind = 'withheld' THEN cents END), 0), coalesce(sum(CASE WHEN kind = 'charged' THEN cents END), 0),
		coalesce(sum(CASE WHEN kind = 'paid' THEN cents END), 0), coalesce(sum(CASE WHEN kind = 'waived' THEN cents END), 0)
		FROM loan_ledger WHERE loan_id = $1`, loan); err != nil {
		return b, fmt.Errorf("balance of loan %s: %w", loan, err)
	}
	b.Held = b.Received - b.Refunded - b.Withheld
	b.Owed = b.Charged - b.Paid - b.Waived - b.Withheld
	return b, nil
}

// settle withholds what is owed from the deposit, as far as it goes, and gives the rest back.
func settle(ctx context.Context, tx *data.Tx, by data.Actor, l Loan, act string, m Method, iban string) error {
	b, err := balance(ctx, tx, l.ID)
	if err != nil {
		return err
	}
	keep := min(b.Held, b.Owed)
	if keep > 0 {
		if err := enter(ctx, tx, by, l, act, Entry{Kind: Withheld, What: Deposit, Cents: keep}); err != nil {
			return err
		}
	}
	if rest := b.Held - keep; rest > 0 {
		return enter(ctx, tx, by, l, act, Entry{Kind: Refunded, What: Deposit, Cents: rest, Method: m, IBAN: iban})
	}
	return nil
}
