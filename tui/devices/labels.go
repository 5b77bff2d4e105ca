package devices

import (
	"slices"
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/papers"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// mostLabels is how many labels the smallest ones have on a sheet of A4.
const mostLabels = 65

// startField asks which label of the sheet is the first that is still there.
func startField() parts.Field {
	return parts.Field{Name: "start", Label: words.DeviceLabelStart, Hint: words.DeviceLabelStartHint, Kind: parts.Number, Low: 1, High: mostLabels, Need: true, Value: "1"}
}

func startOf(form parts.Form) int {
	start, _ := strconv.Atoi(form.Value("start")) // the form let nothing else through
	return start
}

// made says where a paper is.
func made(p outbox.Paper, err error) (page.Outcome, error) {
	return page.Outcome{Said: map[outbox.Channel]words.Key{outbox.Folder: words.DevicePaperFolder, outbox.Print: words.DevicePaperPrint, outbox.Fetch: words.DevicePaperFetch}[p.Channel],
		Args: []any{"name", p.Name}}, err
}

// newLabel makes the label of one device.
func newLabel(s *shell.Session, d Desk, id string) shell.Screen {
	return d.about(s, id, words.DeviceLabelTitle, func(f file) (page.Brief, error) {
		return d.oneLabel(s, f.Number), nil
	})
}

// newKitLabel makes the label of a set.
func newKitLabel(s *shell.Session, d Desk, id string) shell.Screen {
	return page.NewTask(s, words.DeviceLabelTitle, words.DeviceSaving, func() (page.Brief, error) {
		k, err := d.kit(s, id)
		b := d.oneLabel(s, k.Number)
		b.Title = k.Name
		return b, err
	})
}

func (d Desk) oneLabel(s *shell.Session, number loans.Number) page.Brief {
	return page.Brief{Lead: words.DeviceLabelLead, Head: []page.Fact{page.Named(words.DeviceColNumber, number.Show())},
		Body: parts.NewForm(words.DeviceLabelSave, startField()),
		Do: func(form parts.Form) (page.Outcome, error) {
			return made(d.Labels(s.Ctx, s.Who.Actor(), startOf(form), []loans.Number{number}))
		}}
}

// everyType is the choice of labels for devices of all types.
const everyType = "all"

// newLabels makes the labels of many devices: of all of a type, and from one to another.
func newLabels(s *shell.Session, d Desk) shell.Screen {
	return page.NewTask(s, words.DeviceLabelsTitle, words.DeviceSaving, func() (page.Brief, error) {
		types, err := d.Store.Types(s.Ctx, s.Who.Actor())
		if err != nil {
			return page.Brief{}, err
		}
		kind := parts.Field{Name: "type", Label: words.DeviceLabelWhich, Kind: parts.Choice, Need: true, Options: []parts.Option{{Value: everyType, Label: s.T(words.DeviceLabelAll)}}}
		for _, t := range types {
			kind.Options = append(kind.Options, parts.Option{Value: t.ID, Label: t.Name})
		}
		code := func(name string, label, hint words.Key) parts.Field {
			return parts.Field{Name: name, Label: label, Hint: hint, Max: maxName}
		}
		return page.Brief{Lead: words.DeviceLabelsLead,
			Body: parts.NewForm(words.DeviceLabelSave, kind, code("first", words.DeviceLabelFirst, words.DeviceLabelFirstHint), code("last", words.DeviceLabelLast, words.DeviceLabelLastHint), startField()),
			Do:   func(form parts.Form) (page.Outcome, error) { return d.labelled(s, form) }}, nil
	})
}

// labelled makes the labels that a form asks for, in the order of the numbers.
func (d Desk) labelled(s *shell.Session, form parts.Form) (page.Outcome, error) {
	all, err := d.Store.Devices(s.Ctx, s.Who.Actor())
	if err != nil {
		return page.Outcome{}, err
	}
	slices.SortFunc(all, func(a, b loans.Device) int { return strings.Compare(string(a.Number), string(b.Number)) })
	first, err := bound(all, "first", form.Value("first"))
	if err != nil {
		return page.Outcome{}, err
	}
	last, err := bound(all, "last", form.Value("last"))
	if err != nil {
		return page.Outcome{}, err
	}
	numbers := chosen(all, form.Value("type"), first, last)
	if len(numbers) == 0 {
		return page.Outcome{}, &data.Invalid{Field: "type", Why: WhyNoLabels}
	}
	return made(d.Labels(s.Ctx, s.Who.Actor(), startOf(form), numbers))
}

// WhyNoLabels says that no device fits what was asked for.
const WhyNoLabels data.Why = "device.no_labels"

// bound finds the device with which a row of labels begins or ends: by number or by name. Nothing typed is no bound.
func bound(all []loans.Device, field, code string) (loans.Number, error) {
	if code == "" {
		return "", nil
	}
	number, bad := loans.ParseNumber(code)
	for _, d := range all {
		if bad == nil && d.Number == number || bad != nil && data.SortKey(d.Name) == data.SortKey(code) && d.State != loans.Retired {
			return d.Number, nil
		}
	}
	return "", &data.Invalid{Field: field, Why: loans.WhyCode, Got: data.Clean(code, 40)}
}

// chosen gives the numbers of devices in use, of one type or all, from one number to another, both included; an empty
// bound is none.
func chosen(all []loans.Device, typeID string, first, last loans.Number) (numbers []loans.Number) {
	for _, d := range all {
		if d.State != loans.Retired && (typeID == everyType || d.TypeID == typeID) && (first == "" || d.Number >= first) && (last == "" || d.Number <= last) {
			numbers = append(numbers, d.Number)
		}
	}
	return numbers
}

// newPaper makes the list of all devices as a file.
func newPaper(s *shell.Session, d Desk) shell.Screen {
	as := parts.Field{Name: "format", Label: words.DevicePaperFormat, Kind: parts.Choice, Need: true}
	for _, f := range []papers.Format{papers.FormatXLSX, papers.FormatCSV, papers.FormatPDF} {
		as.Options = append(as.Options, parts.Option{Value: string(f), Label: strings.ToUpper(string(f))})
	}
	return page.NewTask(s, words.DevicePaperTitle, words.DeviceSaving, func() (page.Brief, error) {
		return page.Brief{Lead: words.DevicePaperLead, Body: parts.NewForm(words.DevicePaperSave, as), Do: func(form parts.Form) (page.Outcome, error) {
			return made(d.List(s.Ctx, s.Who.Actor(), papers.Format(form.Value("format"))))
		}}, nil
	})
}
