package main

import (
	"context"
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/tui/server"
	"digibrug/tui/words"
)

// visitors looks whether the public network meets log-ins of staff, and whether every kiosk has an address to come
// to.
func (d *doctor) visitors(ctx context.Context, h *house) {
	all, err := h.kiosks.List(ctx, d.c.by())
	if err != nil {
		d.must("kiosks", err, "")
		return
	}
	used := slices.DeleteFunc(all, func(k data.Kiosk) bool { return k.Disabled })
	for _, at := range d.cfg.doors() {
		if !slices.ContainsFunc(server.Kinds(), func(k server.Kind) bool { return !slices.Contains(at.Admits, k) }) {
			d.note("doors", heed, nl.T(words.KioskPCDoctorOneDoor, "addr", at.Listen))
			continue
		}
		d.note("doors", fine, nl.T(words.KioskPCDoctorDoor, "addr", at.Listen, "kinds", kindsInWords(at.Admits)))
	}
	if _, ok := d.cfg.admitting(server.Kiosk); !ok && len(used) > 0 {
		d.note("kiosks", heed, nl.T(words.KioskPCDoctorNoDoor, "n", len(used)))
		return
	}
	d.note("kiosks", fine, nl.T(words.KioskPCDoctorKiosks, "n", len(used)))
}

// kindsInWords names kinds of visitors for people.
func kindsInWords(kinds []server.Kind) string {
	var names []string
	for _, k := range kinds {
		names = append(names, nl.T(kindName(k)))
	}
	return strings.Join(names, ", ")
}

func kindName(k server.Kind) words.Key {
	switch k {
	case server.Candidate:
		return words.KioskPCVisitorCandidate
	case server.Kiosk:
		return words.KioskPCVisitorKiosk
	}
	return words.KioskPCVisitorStaff
}
