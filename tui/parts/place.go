package parts

// Place is what has the focus, in words instead of cells: what somebody must know who answers line by line.
type Place struct {
	Kind    PlaceKind
	Name    string   // tells a field from the others of its form; empty: it is no field
	Label   string   // of a field, in the language of the moment
	Value   string   // TextPlace, LinesPlace: what stands there
	Hidden  bool     // TextPlace: nobody may read along
	Options []string // TurnPlace, CarryPlace: what there is to choose, in the order of the keys
	At      int      // index in Options of what is chosen; -1: nothing yet
}

// PlaceKind is how a place is answered.
type PlaceKind int

// The kinds of places.
const (
	RowPlace   PlaceKind = iota // Enter does what it says
	TextPlace                   // one line of text
	LinesPlace                  // several lines of text
	TurnPlace                   // one of the options: right for the next one, left for the one before
	TickPlace                   // Space ticks it
	GridPlace                   // the arrows go from day to day, and the page says where one is
	CarryPlace                  // Space takes it up, up and down carry it among the options, Space puts it down
)

// Place is what has the focus in the form.
func (f Form) Place(look Look) Place {
	if f.focus >= len(f.entries) {
		return Place{}
	}
	e := f.entries[f.focus]
	p := Place{Name: e.Name, Label: Plain(look.T(e.Label)), Value: e.input.text, At: e.at}
	switch e.Kind {
	case Choice:
		p.Kind = TurnPlace
		for _, o := range e.Options {
			p.Options = append(p.Options, Plain(o.Label))
		}
	case Many:
		p.Kind, p.Name = TickPlace, ""
	case Lines:
		p.Kind, p.Value = LinesPlace, e.area.Text()
	default:
		p.Kind, p.Hidden = TextPlace, e.Kind == Password
	}
	return p
}
