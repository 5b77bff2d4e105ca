package takeover

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/data/start"
)

// trainers is the sheet of who gives courses; many have no account here.
type trainers struct{}

// trainer is one of the register or the file.
type trainer struct {
	courses.Trainer
	row          int // of the file that is about it; 0: none
	write, fresh bool
}

func (trainers) Name() string { return TrainerSheet }

func trainerKinds() []choice[courses.TrainerKind] {
	return []choice[courses.TrainerKind]{{"personeelslid", courses.TrainerStaff}, {"vrijwilliger", courses.TrainerVolunteer}, {"firma", courses.TrainerFirm}}
}

func (trainers) Fields() []start.Field {
	return []start.Field{
		{Head: colTrainer, Need: true, Also: []string{"naam lesgever", "naam"}, Example: []string{"voorbeeld: Rik Verlinden", "voorbeeld: De Digidokter bv"}},
		{Head: colTrainerKind, Need: true, Known: names(trainerKinds()), Also: []string{"type lesgever"}, Example: []string{"vrijwilliger", "firma"}},
		{Head: colColleague, Also: []string{"personeelsnummer", "log-in"}, Example: []string{"", ""}},
		{Head: colPhone, Also: []string{"tel", "gsm", "telefoonnummer"}, Example: []string{"0470 00 11 22", ""}},
		{Head: colMail, Also: []string{"mail", "email", "e-mailadres"}, Example: []string{"", "planning@digidokter.example"}},
		{Head: colAllowance, Also: []string{"vergoeding", "uurvergoeding"}, Example: []string{"15,00", "60,00"}},
		{Head: colTravel, Also: []string{"reistijd"}, Example: []string{"20", "30"}},
		{Head: colFree, Also: []string{"beschikbaarheid", "uren"}, Example: []string{"ma-vr 9u-12u; wo 13u-17u", ""}},
	}
}

// Plan adds trainers, and changes what is said of them.
func (trainers) Plan(ctx context.Context, j *start.Job, rows []start.Row) error {
	b, err := bookOf(ctx, j)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if err := b.trainerRow(ctx, j, r); err != nil {
			return err
		}
	}
	return nil
}

func (b *book) trainerRow(ctx context.Context, j *start.Job, r start.Row) error {
	name := j.Needed(r, colTrainer, nameLimit)
	kind, said := pick(j, r, colTrainerKind, trainerKinds())
	who, linked, err := j.Colleague(ctx, r, colColleague)
	if err != nil || name == "" {
		return err
	}
	t := b.trainer(j, r, colTrainer, name, false)
	switch {
	case t == nil && b.namesakes(name) > 1:
		return nil
	case t == nil:
		t = &trainer{Trainer: courses.Trainer{ID: data.NewID(), Name: name}, fresh: true}
		b.trainers = append(b.trainers, t)
	case t.row > 0:
		j.Problem(r, colTrainer, start.WhySameRow, fmt.Sprint(t.row), name)
		return nil
	}
	t.row = r.Number
	was := t.Trainer
	if said {
		t.Kind = kind
	}
	if linked {
		t.PersonID = who.ID()
	}
	b.trainerCells(j, r, t)
	checked, err := t.Checked()
	if err != nil {
		j.Wrong(r, trainerColumn(err), err)
		return nil
	}
	t.Trainer = checked
	b.doctor.Trainers[t.ID] = checked
	deltas := start.Changes(colTrainerKind, called(trainerKinds(), was.Kind), called(trainerKinds(), t.Kind), colPhone, was.Phone, t.Phone, colMail, was.Mail, t.Mail,
		colAllowance, paidText(was.AllowanceCents), paidText(t.AllowanceCents), colTravel, numberText(was.TravelMinutes), numberText(t.TravelMinutes),
		colFree, start.WeekText(was.Windows), start.WeekText(t.Windows))
	if was.PersonID != t.PersonID {
		deltas = append(deltas, start.Delta{Field: colColleague, To: r.Text(colColleague)})
	}
	change := start.Changed
	if t.fresh {
		change = start.Added
	}
	t.write = t.fresh || len(deltas) > 0
	j.Change(r, change, t.Name, deltas...)
	return nil
}

// trainerCells reads what else a row says of a trainer.
func (b *book) trainerCells(j *start.Job, r start.Row, t *trainer) {
	t.Phone, t.Mail = start.Or(j.Name(r, colPhone, nameLimit), t.Phone), start.Or(j.Name(r, colMail, nameLimit), t.Mail)
	if r.Text(colAllowance) == start.Erase {
		t.AllowanceCents = 0
	} else if cents, ok := j.Money(r, colAllowance); ok {
		t.AllowanceCents = cents
	}
	whole(j, r, colTravel, 240, &t.TravelMinutes)
	switch text := r.Text(colFree); text {
	case "":
	case start.Erase:
		t.Windows = courses.Trainer{}.Windows
	default:
		week, err := start.ParseWeek(r.Cell(colFree).Text)
		if err != nil {
			j.Wrong(r, colFree, err)
			return
		}
		t.Windows = week
	}
}

// trainerColumn is the head of the column that an *data.Invalid of a trainer is about.
func trainerColumn(err error) string {
	var bad *data.Invalid
	if !errors.As(err, &bad) {
		return colTrainer
	}
	head := map[string]string{"kind": colTrainerKind, "mail": colMail, "phone": colPhone, "allowance": colAllowance, "travel": colTravel, "hours": colFree}[bad.Field]
	if head == "" {
		return colTrainer
	}
	return head
}

// trainer finds who has a name; nil for nobody, told when need, and for several, which is always told.
func (b *book) trainer(j *start.Job, r start.Row, field, name string, need bool) (found *trainer) {
	for _, t := range b.trainers {
		if data.SortKey(t.Name) == data.SortKey(name) {
			found = t
		}
	}
	switch n := b.namesakes(name); {
	case n > 1:
		j.Problem(r, field, start.WhySeveral, name, name)
		return nil
	case n == 0 && need:
		j.Problem(r, field, WhyNoTrainer, "", name)
	}
	return found
}

func (b *book) namesakes(name string) (n int) {
	for _, t := range b.trainers {
		if data.SortKey(t.Name) == data.SortKey(name) {
			n++
		}
	}
	return n
}

// paidText and numberText are what cells hold of an amount and a number: nothing for none.
func paidText(cents int64) string {
	if cents == 0 {
		return ""
	}
	return euro(cents)
}

func numberText(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// Fill gives who is still a trainer, as Plan reads it back.
func (trainers) Fill(ctx context.Context, q data.Query) ([][]string, error) {
	a, err := courses.ReadArchive(ctx, q)
	if err != nil {
		return nil, err
	}
	colleague, err := start.Colleagues(ctx, q)
	if err != nil {
		return nil, err
	}
	today := data.DayOf(q.Now())
	var rows [][]string
	for _, t := range a.Trainers {
		if t.EndedOn != "" && t.EndedOn < today {
			continue
		}
		rows = append(rows, []string{t.Name, called(trainerKinds(), t.Kind), start.Kept(colleague(t.PersonID)), start.Kept(t.Phone), t.Mail, paidText(t.AllowanceCents),
			numberText(t.TravelMinutes), start.WeekText(t.Windows)})
	}
	return rows, nil
}
