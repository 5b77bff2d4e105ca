package town

import (
	"fmt"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/data/start"
	"digibrug/data/workbook"
	"digibrug/loans/takeover"
)

// FileName is what the start workbook of Zandwerve is called.
const FileName = "zandwerve.xlsx"

// legalName is what an organisation of the town is called.
func legalName(kind data.OrganisationKind) string {
	if kind == data.OCMW {
		return "OCMW " + Place
	}
	return "Gemeente " + Place
}

// line is a row of the workbook: texts by the head of their column.
type line map[string]string

// workbook writes the town as the ICT officer of a municipality would: into the template of `start template`.
func (b *builder) workbook() ([]byte, error) {
	rows := map[string][]line{
		start.OrganisationSheet: {{"organisatie": legalName(data.Gemeente), "soort": "gemeente"}, {"organisatie": legalName(data.OCMW), "soort": "OCMW"}},
		start.ServiceSheet:      b.serviceLines(),
		start.PeopleSheet:       b.personLines(),
		start.RoomSheet:         roomLines(),
		start.HoursSheet:        hourLines(),
		takeover.DeviceSheet:    deviceLines(),
	}
	var draft workbook.Draft
	for _, sheet := range takeover.Workbook() {
		tab := workbook.Tab{Name: sheet.Name()}
		known := map[string]bool{}
		for _, f := range sheet.Fields() {
			tab.Columns = append(tab.Columns, workbook.DraftColumn{Head: f.Head, Need: f.Need, Day: f.Day, Known: f.Known})
			known[f.Head] = true
		}
		for _, l := range rows[sheet.Name()] {
			row := make([]string, len(tab.Columns))
			for i, c := range tab.Columns {
				row[i] = l[c.Head]
			}
			for head := range l {
				if !known[head] {
					return nil, fmt.Errorf("sheet %s has no column %s", sheet.Name(), head)
				}
			}
			tab.Rows = append(tab.Rows, row)
		}
		draft.Tabs = append(draft.Tabs, tab)
	}
	return workbook.Write(draft)
}

func (b *builder) serviceLines() (lines []line) {
	heads := map[string]string{}
	for _, p := range b.crowd {
		for _, unit := range p.heads {
			heads[unit] = p.given + " " + p.family
		}
	}
	clusters := map[string]bool{"": true}
	for _, t := range teams() {
		if !clusters[t.cluster] {
			clusters[t.cluster] = true
			lines = append(lines, line{"organisatie": legalName(t.org), "dienst": t.cluster, "soort": "cluster", "hoofd": heads[t.cluster]})
		}
		lines = append(lines, line{"organisatie": legalName(t.org), "dienst": t.name, "soort": "dienst", "bovenliggende dienst": t.cluster, "hoofd": heads[t.name]})
	}
	return lines
}

func (b *builder) personLines() (lines []line) {
	for i, p := range b.crowd {
		roles := start.RoleText(data.RoleStaff)
		if p.role != data.RoleStaff {
			roles += "; " + start.RoleText(p.role)
		}
		from := time.Date(1994+b.chance.IntN(30), time.Month(1+b.chance.IntN(12)), 1, 0, 0, 0, 0, time.UTC)
		share := []string{"100 %", "100 %", "100 %", "80 %", "50 %"}[b.chance.IntN(5)]
		lines = append(lines, line{"personeelsnummer": fmt.Sprint(1001 + i), "voornaam": p.given, "familienaam": p.family, "dienst": p.service, "organisatie": legalName(p.org),
			"functie": p.job, "breuk": share, "vanaf": from.Format(data.DayLayout), "log-in": p.login, "rollen": roles})
	}
	return lines
}

// The locations of Zandwerve.
const (
	townHall = "Gemeentehuis"
	library  = "Bibliotheek Zandwerve"
	ocmwHall = "Sociaal Huis"
)

// KioskName is a PC of the public computer room, KioskPlace where that is.
const (
	KioskName  = "ocr-1"
	KioskPlace = library
)

func roomLines() []line {
	room := func(location string, owner data.OrganisationKind, name, kind string, seats, pcs int) line {
		return line{"locatie": location, "organisatie": legalName(owner), "lokaal": name, "soort": kind, "plaatsen": fmt.Sprint(seats), "pc's": fmt.Sprint(pcs)}
	}
	return []line{
		room(townHall, data.Gemeente, "Loket", "balie", 4, 1),
		room(townHall, data.Gemeente, "Testlokaal", "testlokaal", 10, 8),
		room(library, data.Gemeente, "Openbare computerruimte", "ocr", 12, 10),
		room(library, data.Gemeente, "Leslokaal", "leslokaal", 14, 12),
		room(ocmwHall, data.OCMW, "Cafetaria", "cafetaria", 20, 3),
	}
}

func hourLines() (lines []line) {
	for _, h := range []struct {
		location string
		owner    data.OrganisationKind
		text     string // days from until, with commas between
	}{
		{townHall, data.Gemeente, "ma-vr 09:00 12:00, wo 13:30 19:00, za 09:30 11:30"},
		{library, data.Gemeente, "ma-do 14:00 18:30, wo 10:00 12:00, vr 14:00 17:00, za 09:30 12:30"},
		{ocmwHall, data.OCMW, "ma-vr 08:30 12:00, ma-do 13:00 16:30"},
	} {
		for block := range strings.SplitSeq(h.text, ", ") {
			part := strings.Fields(block)
			lines = append(lines, line{"locatie": h.location, "organisatie": legalName(h.owner), "dagen": part[0], "van": part[1], "tot": part[2]})
		}
	}
	return lines
}

// load brings the town in through its workbook, and gives everybody the password: an import makes accounts without
// one.
func (b *builder) load(content []byte) error {
	by := data.Operator(builderName)
	if err := b.settings.Set(b.ctx, by, data.SettingPlace, Place); err != nil {
		return err
	}
	// Who tries the demo on the own machine is not asked for a telephone.
	if err := b.settings.Set(b.ctx, by, data.SettingSecondTrusted, "127.0.0.0/8 ::1"); err != nil {
		return err
	}
	book, err := workbook.Read(FileName, content, workbook.Standard())
	if err != nil {
		return err
	}
	plan, err := b.start.Apply(b.ctx, by, book, start.Ask{}, nil)
	if err != nil {
		return fmt.Errorf("%w: %v", err, plan.Problems)
	}
	accounts, err := b.accounts.List(b.ctx, by)
	if err != nil {
		return err
	}
	byLogin := map[string]data.Account{}
	for _, a := range accounts {
		byLogin[a.Login] = a
	}
	for _, p := range b.crowd {
		if p.account = byLogin[p.login]; p.account.ID == "" {
			return fmt.Errorf("%s has no account", p.login)
		}
		if p.role == data.RoleICT {
			b.ict = p.identity().Actor()
		}
		// Hashed before: 140 passwords at argon2id's price would take longer than all the rest.
		if err := b.accounts.SetHashed(b.ctx, by, p.login, b.hash); err != nil {
			return err
		}
	}
	services, err := b.people.Services(b.ctx)
	for _, s := range services {
		b.units[s.Name] = s
	}
	return err
}
