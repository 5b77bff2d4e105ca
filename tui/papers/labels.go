package papers

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strconv"
	"time"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/loans"
	"digibrug/tui/words"

	"github.com/boombuler/barcode/code128"
	"rsc.io/qr"
)

// Label is one sticker or card: of a device, a kit, a borrower or a booking. Its number stands there as bars, as
// squares and as digits.
type Label struct {
	Number loans.Number
	Name   string // free: "LT-014"; may be empty
	Owner  string // whose it is, or what else tells it apart; may be empty
}

// LabelLayout is how an A4 sheet of labels is divided.
type LabelLayout string

// The layouts, by how many labels a sheet has.
const (
	Labels24 LabelLayout = "24" // 70 × 37 mm, also good as cards
	Labels65 LabelLayout = "65" // 38.1 × 21.2 mm
)

// LabelSheet is labels to print. The same values give the same bytes.
type LabelSheet struct {
	Layout LabelLayout
	Start  int // the first label of the first sheet that is still there: 1 is the one at the top left
	Place  string
	At     time.Time
	All    []Label
}

// die is how a sheet is cut, and how a label is drawn, in millimetres. Sizes of type are in points.
type die struct {
	columns, rows  int
	left, top      float64 // of the first label
	wide, high     float64 // of a label
	across         float64 // from one label to the next one beside it; there is no room between rows
	side, head     float64 // kept free at the left and right, and above: printers are never quite straight
	square, bar    float64 // width of a module of the squares, and of the bars
	bars, barsHigh float64 // from the top of the label to the bars, and how high they are
	name, small    float64 // type of the name and number, and of the owner
}

// dies gives the measures of a layout. Squares keep four modules free and bars ten, as ISO/IEC 18004 and 15417 ask.
func (l LabelLayout) die() (d die, ok bool) {
	switch l {
	case Labels24:
		return die{columns: 3, rows: 8, left: 0, top: 0.5, wide: 70, high: 37, across: 70, side: 5, head: 4.5,
			square: 0.75, bar: 0.45, bars: 24, barsHigh: 8.5, name: 12, small: 8}, true
	case Labels65:
		return die{columns: 5, rows: 13, left: 4.75, top: 10.7, wide: 38.1, high: 21.2, across: 40.6, side: 2.2, head: 2,
			square: 0.45, bar: 0.34, bars: 13.6, barsHigh: 5.6, name: 8, small: 5.5}, true
	}
	return die{}, false
}

// PerSheet is how many labels a sheet of the layout has; 0 for an unknown one.
func (l LabelLayout) PerSheet() int {
	d, _ := l.die()
	return d.columns * d.rows
}

// check returns an *data.Invalid for a layout that is none, a start that is on no sheet, no labels, or a number that
// is none.
func (s LabelSheet) check() error {
	most := s.Layout.PerSheet()
	switch {
	case most == 0:
		return &data.Invalid{Field: "layout", Why: data.WhyNotOneOf, Want: string(Labels24) + ", " + string(Labels65), Got: data.Clean(string(s.Layout), gotLen)}
	case s.Start < 1 || s.Start > most:
		return &data.Invalid{Field: "start", Why: data.WhyNumber, Want: fmt.Sprintf("1 … %d", most), Got: strconv.Itoa(s.Start)}
	case len(s.All) == 0:
		return &data.Invalid{Field: "labels", Why: data.WhyEmpty}
	}
	for _, l := range s.All {
		if _, err := loans.ParseNumber(string(l.Number)); err != nil {
			return err
		}
	}
	return nil
}

// WriteLabels writes sheets of labels as a PDF. It returns an *data.Invalid for what is no sheet of labels.
func WriteLabels(w io.Writer, s LabelSheet) error {
	if err := s.check(); err != nil {
		return fmt.Errorf("write labels: %w", err)
	}
	p := newPress(Sheet{Name: "labels", Title: nl.T(words.LabelTitle), Place: s.Place, At: s.At})
	d, _ := s.Layout.die()
	for i, l := range s.All {
		at := (i + s.Start - 1) % (d.columns * d.rows)
		if i == 0 || at == 0 {
			p.AddPage()
		}
		q := &quill{press: p, x: d.left + float64(at%d.columns)*d.across, y: d.top + float64(at/d.columns)*d.high, wide: d.wide}
		if err := d.draw(q, l); err != nil {
			return fmt.Errorf("write label %s: %w", l.Number, err)
		}
	}
	var out bytes.Buffer
	err := p.finish(&out)
	if err == nil {
		_, err = w.Write(out.Bytes())
	}
	if err != nil {
		return fmt.Errorf("write labels: %w", err)
	}
	return nil
}

// draw draws a label with the quill at its corner: squares at the left, texts beside them, bars below.
func (d die) draw(q *quill, l Label) error {
	squares, err := qr.Encode(string(l.Number), qr.M)
	if err != nil {
		return err
	}
	bars, err := code128.Encode(string(l.Number))
	if err != nil {
		return err
	}
	q.SetFillColor(0, 0, 0)
	q.ink(0)
	left, top := q.x+d.side, q.y+d.head
	for row := range squares.Size {
		q.dark(squares.Size, func(i int) bool { return squares.Black(i, row) }, func(from, n int) {
			q.Rect(left+float64(from)*d.square, top+float64(row)*d.square, float64(n)*d.square, d.square, "F")
		})
	}
	modules := bars.Bounds().Dx()
	begin := q.x + (d.wide-float64(modules)*d.bar)/2
	q.dark(modules, func(i int) bool { r, _, _, _ := bars.At(i, 0).RGBA(); return r == 0 }, func(from, n int) {
		q.Rect(begin+float64(from)*d.bar, q.y+d.bars, float64(n)*d.bar, d.barsHigh, "F")
	})
	d.texts(q, l, left+float64(squares.Size+4)*d.square, top)
	return nil
}

// dark calls draw for each run of dark modules.
func (q *quill) dark(modules int, is func(i int) bool, draw func(from, n int)) {
	for i := 0; i < modules; {
		n := 0
		for i+n < modules && is(i+n) {
			n++
		}
		if n > 0 {
			draw(i, n)
		}
		i += max(1, n)
	}
}

// texts writes the name, the number in groups and the owner below each other.
func (d die) texts(q *quill, l Label, x, y float64) {
	in := *q
	in.x, in.wide = x, q.x+d.wide-d.side-x
	for _, t := range []struct {
		text, style string
		size        float64
	}{{data.Clean(l.Name, maxText), "B", d.name}, {l.Number.Show(), "", d.name}, {data.Clean(l.Owner, maxText), "", d.small}} {
		if t.text == "" {
			continue
		}
		high := t.size * 0.43 // of a line: a point is 0.353 mm
		in.put(in.x, y, in.wide, high, in.fit(t.text, t.style, t.size, d.small-1), "L")
		y += high
	}
}

// SendLabels puts sheets of labels as a PDF in the outbox. It returns an *data.Invalid for what is no sheet of labels.
func SendLabels(ctx context.Context, tx *data.Tx, by data.Actor, ch outbox.Channel, s LabelSheet) (outbox.Paper, error) {
	p := outbox.Paper{Channel: ch, Name: "etiketten-" + data.DayOf(s.At) + FormatPDF.Ext(), Media: mediaPDF}
	return toOutbox(ctx, tx, by, p, func(w io.Writer) error { return WriteLabels(w, s) })
}

// labelled is what labels need of the register besides the devices; *loans.Store has it.
type labelled interface {
	Devices(ctx context.Context, by data.Actor) ([]loans.Device, error)
	Kits(ctx context.Context, by data.Actor) ([]loans.Kit, error)
}

// owners tells what organisations are called; *data.People has it.
type owners interface {
	Organisations(ctx context.Context) ([]data.Organisation, error)
}

// DeviceLabels gives the labels of devices and kits, in the order of their numbers as asked. It returns
// data.ErrNotFound for a number that neither has.
func DeviceLabels(ctx context.Context, by data.Actor, store labelled, people owners, numbers []loans.Number) ([]Label, error) {
	devices, err := store.Devices(ctx, by)
	if err != nil {
		return nil, fmt.Errorf("labels of devices: %w", err)
	}
	kits, err := store.Kits(ctx, by)
	if err != nil {
		return nil, fmt.Errorf("labels of kits: %w", err)
	}
	organisations, err := people.Organisations(ctx)
	if err != nil {
		return nil, fmt.Errorf("owners for labels: %w", err)
	}
	names, known := map[string]string{}, map[loans.Number]Label{}
	for _, o := range organisations {
		names[o.ID] = o.Name
	}
	for _, d := range devices {
		known[d.Number] = Label{Number: d.Number, Name: d.Name, Owner: names[d.OrganisationID]}
	}
	for _, k := range kits {
		known[k.Number] = Label{Number: k.Number, Name: k.Name}
	}
	all := make([]Label, 0, len(numbers))
	for _, n := range numbers {
		l, found := known[n]
		if !found {
			return nil, fmt.Errorf("label %s: %w", data.Clean(string(n), gotLen), data.ErrNotFound)
		}
		all = append(all, l)
	}
	return all, nil
}

// CardLabel is the card of a borrower.
func CardLabel(b loans.Borrower) Label { return Label{Number: b.Number, Name: b.Name()} }

// BookingLabel goes on what is set aside for who reserved it.
func BookingLabel(b loans.Booking) Label {
	return Label{Number: b.Number, Name: b.Borrower, Owner: nl.T(words.LabelBooking, "device", b.Device, "day", words.StoredDay(lang, b.PickUpUntil))}
}
