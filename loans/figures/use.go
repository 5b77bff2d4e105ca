package figures

import "slices"

// Use is how much of the time something was out.
type Use struct {
	TypeID   string
	Type     string // name
	DeviceID string // empty: all of the type
	Name     string
	Devices  int // that were there on a day of the period
	Days     int // device-days on which it could be out: in use, and not in repair
	Out      int // device-days on which it was
	Loans    int // begun in the period
}

// Share is the part of the days on which it was out, from 0 to 1. ok is false for what was never there.
func (u Use) Share() (share float64, ok bool) {
	if u.Days == 0 {
		return 0, false
	}
	return float64(u.Out) / float64(u.Days), true
}

// Utilisation gives how much of a period each device was out, and before them each type as a whole, in the order of
// the devices given. A device that was lent was there, whatever else is known of it.
func Utilisation(w World) (types, devices []Use) {
	byDevice := map[string][]Past{}
	for _, p := range w.Loans {
		byDevice[p.DeviceID] = append(byDevice[p.DeviceID], p)
	}
	for _, u := range w.Devices {
		one := used(w, u, byDevice[u.ID])
		if one.Days == 0 {
			continue
		}
		devices = append(devices, one)
		at := slices.IndexFunc(types, func(t Use) bool { return t.TypeID == u.TypeID })
		if at < 0 {
			types, at = append(types, Use{TypeID: u.TypeID, Type: u.Type}), len(types)
		}
		t := &types[at]
		t.Devices, t.Days, t.Out, t.Loans = t.Devices+1, t.Days+one.Days, t.Out+one.Out, t.Loans+one.Loans
	}
	return types, devices
}

func used(w World, u Unit, lent []Past) Use {
	here, out := make([]int, w.Days()), make([]int, w.Days())
	for _, span := range u.Here {
		add(here, w.Period, day(span.From), endOf(span))
	}
	one := Use{TypeID: u.TypeID, Type: u.Type, DeviceID: u.ID, Name: u.Name, Devices: 1}
	for _, p := range lent {
		r := p.was()
		end := r.end()
		if end.IsZero() {
			end = later(day(w.Today), 1)
		}
		add(out, w.Period, r.lent, end)
		if p.Lent >= w.From && p.Lent <= w.To {
			one.Loans++
		}
	}
	for i := range here {
		if out[i] > 0 {
			one.Out++
		}
		if here[i] > 0 || out[i] > 0 {
			one.Days++
		}
	}
	return one
}
