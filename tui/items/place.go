package items

import (
	"slices"
	"strconv"

	"digibrug/tui/parts"
	"digibrug/tui/words"
)

// Place is what has the focus, for who answers line by line.
func (q Question) Place(look parts.Look) parts.Place { return q.a.place(look) }

func (c choice) place(parts.Look) parts.Place {
	if c.many {
		return parts.Place{Kind: parts.TickPlace}
	}
	return parts.Place{}
}

func (o order) place(look parts.Look) parts.Place {
	p := parts.Place{Kind: parts.CarryPlace, Label: look.T(words.ItemAskOrder), At: -1}
	item, ok := o.list.Current()
	for n, i := range o.now {
		p.Options = append(p.Options, parts.Plain(o.steps[i]))
		if ok && item.ID == strconv.Itoa(i) {
			p.At = n
		}
	}
	return p
}

func (m match) place(parts.Look) parts.Place {
	p := parts.Place{Kind: parts.TurnPlace, At: -1}
	at := m.at()
	if at < 0 {
		return p
	}
	p.Label, p.At = parts.Plain(m.pairs[at].Left), slices.Index(m.shown, m.now[at])
	for _, i := range m.shown {
		p.Options = append(p.Options, parts.Plain(m.rights[i]))
	}
	return p
}

func (t typed) place(look parts.Look) parts.Place { return t.form.Place(look) }

func (t written) place(look parts.Look) parts.Place {
	return parts.Place{Kind: parts.LinesPlace, Name: typedField, Label: look.T(words.ItemYourAnswer), Value: t.area.Text()}
}
