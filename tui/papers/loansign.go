package papers

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/words"
)

// signWide is the cells of a line of what is signed on a screen: the smallest window has room for it.
const signWide = 56

// SignTexts gives what a borrower reads on the screen beside the desk and signs, by language code: the contract at a
// hand-over, what came back at a return. It returns data.ErrNotFound.
func (p LoanPapers) SignTexts(ctx context.Context, by data.Actor, contract string, when loans.Signing) (map[string]string, error) {
	c, err := p.Loans.Contract(ctx, by, contract)
	if err != nil {
		return nil, fmt.Errorf("text to sign: %w", err)
	}
	texts := map[string]string{}
	for _, l := range words.Langs() {
		if when == loans.AtReturn {
			texts[string(l)] = returnScreen(c, l, p.Now()).Text(signWide)
		} else {
			texts[string(l)] = contractScreen(c, l, p.Now()).Text(signWide)
		}
	}
	return texts, nil
}

// contractScreen is the contract as a screen shows it: without the table, which is too wide, and without the room to
// sign.
func contractScreen(c loans.Contract, l words.Lang, at time.Time) Document {
	d := contractPaper(c, l, at)
	w := agreement{speaker{cmp.Or(l, lang)}, c}
	d.Parts = screenParts(d.Parts, w.each)
	return d
}

// returnScreen is what came back of a contract, device by device.
func returnScreen(c loans.Contract, l words.Lang, at time.Time) (d Document) {
	w := agreement{speaker{cmp.Or(l, lang)}, c}
	d = Document{Name: "ontvangst", Title: w.T(words.LoanpaperReturn, "number", c.Number.Show()), Place: w.owners(), At: at, Lang: w.Lang}
	for _, line := range c.Lines {
		if line.Ended == loans.Open {
			continue
		}
		if len(c.Lines) > 1 {
			d.Parts = append(d.Parts, Heading(line.Type+" "+line.Device))
		}
		d.Parts = append(d.Parts, screenParts(slipPaper(c, line, l, at).Parts, nil)...)
	}
	return d
}

// screenParts leaves out the room to sign, and puts what table gives in the place of a table.
func screenParts(all []Part, table func() []Part) (out []Part) {
	for _, part := range all {
		switch part.(type) {
		case Signatures:
		case Grid:
			out = append(out, table()...)
		case Important:
			if table == nil { // of a contract it says that the Dutch paper is signed, which the screen is
				out = append(out, part)
			}
		default:
			out = append(out, part)
		}
	}
	return out
}

// each is the devices of a contract one below the other.
func (w agreement) each() (all []Part) {
	for _, line := range w.c.Lines {
		all = append(all, Facts{{w.T(words.LoanpaperDevice), line.Type + " " + line.Device}, {w.T(words.LoanpaperNumber), line.DeviceNumber.Show()},
			{w.T(words.LoanpaperSerial), cmp.Or(line.Serial, "-")}, {w.T(words.LoanpaperAccessories), cmp.Or(accessories(line.Accessories), "-")},
			{w.T(words.LoanpaperDayBack), w.shortDue(line.Loan)}})
	}
	return all
}
