package loandesk

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/keys"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// What can have happened on paper.
const (
	paperLend = "lend"
	paperBack = "return"
)

// newPaper enters what was lent or taken back on paper while the line was down: with the real time, and why it is
// entered later. What was done is done, so the figures of the regulation don't stand in the way.
func newPaper(s *shell.Session, desk Desk) shell.Screen {
	b := base{page.Still(s), desk}
	return page.NewTask(s, words.LoandeskPaperTitle, words.LoandeskSaving, func() (page.Brief, error) {
		return page.Brief{Lead: words.LoandeskPaperLead, Body: b.paperForm(), Do: b.enterPaper}, nil
	})
}

func (b base) paperForm() parts.Form {
	what := parts.Field{Name: "what", Label: words.LoandeskColWhat, Kind: parts.Choice, Need: true, Options: []parts.Option{
		{Value: paperLend, Label: b.S.T(words.LoandeskPaperLend)}, {Value: paperBack, Label: b.S.T(words.LoandeskPaperBack)}}}
	return parts.NewForm(words.LoandeskSave, what,
		parts.Field{Name: "device", Label: words.LoandeskColDevice, Hint: words.LoandeskPaperDeviceHint, Need: true, Max: 80},
		parts.Field{Name: "borrower", Label: words.LoandeskBorrower, Hint: words.LoandeskPaperWhoHint, Max: 80},
		parts.Field{Name: "day", Label: words.LoandeskPaperDay, Kind: parts.Day, Need: true, Value: b.today()},
		parts.Field{Name: "at", Label: words.LoandeskPaperAt, Hint: words.LoandeskPaperAtHint, Need: true, Max: 8, Digits: true},
		parts.Field{Name: "due", Label: words.LoandeskDue, Hint: words.LoandeskPaperDueHint, Kind: parts.Day},
		parts.Field{Name: "reason", Label: words.LoandeskPaperWhy, Hint: words.LoandeskPaperWhyHint, Need: true, Max: 200})
}

// WhyHour says that Got is no hour of a day.
const WhyHour data.Why = "loandesk.hour"

// readHour reads an hour as people write it: "14:30", "14u30", "14.30", "1430", "9u".
func readHour(typed string) (hour, minute int, ok bool) {
	text := strings.NewReplacer("u", ":", "U", ":", "h", ":", ".", ":", ",", ":", " ", "").Replace(keys.Digits(typed))
	h, m, parted := strings.Cut(text, ":")
	if !parted && len(text) >= 3 {
		h, m = text[:len(text)-2], text[len(text)-2:]
	}
	if m == "" {
		m = "0"
	}
	hour, e1 := strconv.Atoi(h)
	minute, e2 := strconv.Atoi(m)
	return hour, minute, e1 == nil && e2 == nil && hour >= 0 && hour < 24 && minute >= 0 && minute < 60
}

// moment is the instant in Brussels of what was done on paper.
func moment(day, hour string) (time.Time, error) {
	on, err := data.ParseDay(day)
	if err != nil {
		return time.Time{}, &data.Invalid{Field: "day", Why: data.WhyDay, Got: data.Clean(day, 20)}
	}
	h, m, ok := readHour(hour)
	if !ok {
		return time.Time{}, &data.Invalid{Field: "at", Why: WhyHour, Got: data.Clean(hour, 20)}
	}
	return time.Date(on.Year(), on.Month(), on.Day(), h, m, 0, 0, data.Brussels), nil
}

// enterPaper writes down what was done on paper. It runs as a command.
func (b base) enterPaper(f parts.Form) (page.Outcome, error) {
	at, err := moment(f.Value("day"), f.Value("at"))
	if err != nil {
		return page.Outcome{}, err
	}
	device, err := find(b.S.Ctx, b.desk.Store, b.By(), token{text: f.Value("device")})
	if err != nil || len(device.devices) != 1 {
		return page.Outcome{}, unlike(err, "device", f.Value("device"))
	}
	d := device.devices[0]
	if f.Value("what") == paperBack {
		r, err := b.desk.Store.Return(b.S.Ctx, b.By(), loans.ReturnAsk{Device: d.ID, At: at, Why: f.Value("reason")})
		switch {
		case err != nil:
			return page.Outcome{}, err
		case r.Already:
			return page.Outcome{Said: words.LoandeskAlready, Args: []any{"device", d.Called()}, Warn: true}, nil
		}
		return page.Outcome{Said: words.LoandeskPaperBackDone, Args: []any{"device", d.Called(), "day", b.Moment(at)}}, nil
	}
	who, err := find(b.S.Ctx, b.desk.Store, b.By(), token{text: f.Value("borrower")})
	if err != nil || who.who == nil {
		return page.Outcome{}, unlike(err, "borrower", f.Value("borrower"))
	}
	l, err := b.desk.Store.Lend(b.S.Ctx, b.By(), loans.LendAsk{Device: d.ID, Borrower: who.who.ID, At: at, Due: f.Value("due"), Why: f.Value("reason")})
	var refused *loans.RefusedError
	switch {
	case errors.As(err, &refused) && len(refused.All) > 0:
		return page.Outcome{}, refused.All[0].Invalid("device")
	case err != nil:
		return page.Outcome{}, err
	}
	return page.Outcome{Said: words.LoandeskPaperLent, Args: []any{"device", l.Device, "name", l.Borrower, "due", b.until(l)}}, nil
}

// unlike is what is wrong with a code or name that stands in a field and is not of one thing of the kind.
func unlike(err error, field, typed string) error {
	bad := data.Invalid{Why: loans.WhyCode, Got: data.Clean(typed, 40)}
	var known *data.Invalid
	switch {
	case typed == "":
		bad = data.Invalid{Why: data.WhyEmpty}
	case errors.As(err, &known):
		bad = *known
	case err != nil:
		return err
	}
	bad.Field = field
	return &bad
}
