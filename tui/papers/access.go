package papers

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"time"

	"digibrug/data"
	"digibrug/tui/words"
)

// Access is the page that lies beside a PC: how to come in, what one then sees, and whom to call.
type Access struct {
	Place   string // the municipality; may be empty
	At      time.Time
	Host    string // of the screens door
	Port    string
	Windows bool   // the PC has Windows; else Linux
	Login   string // whose PC it is; empty: each types the own name
	Least   int    // characters of a password
	Help    string // whom to call; empty: the ICT service
	Screens string // fingerprint of the screens door, "SHA256:…"
	Files   string // of the files door; empty: it is shut
}

// WriteAccess writes the page as a PDF. The same values give the same bytes.
func WriteAccess(w io.Writer, a Access) error {
	a = a.clean()
	p := newPress(Sheet{Name: "access", Title: nl.T(words.ClientTitle), Place: a.Place, At: a.At})
	p.AddPage()
	a.page(&quill{press: p, x: letterLeft, y: letterTop - 2, wide: shortSide - 2*letterLeft, high: letterHigh})
	var out bytes.Buffer
	err := p.finish(&out)
	if err == nil {
		_, err = w.Write(out.Bytes())
	}
	if err != nil {
		return fmt.Errorf("write access page: %w", err)
	}
	return nil
}

// clean makes all that people typed harmless, and short enough for one page.
func (a Access) clean() Access {
	a.Place, a.Help, a.Login = data.Clean(a.Place, 60), data.Clean(a.Help, 100), data.Clean(a.Login, 40)
	a.Host, a.Port = data.Clean(a.Host, 100), data.Clean(a.Port, 5)
	a.Screens, a.Files = data.Clean(a.Screens, 80), data.Clean(a.Files, 80)
	return a
}

// start are the steps to come in.
func (a Access) start() []string {
	steps := []string{nl.T(words.ClientStartLinux)}
	if a.Windows {
		steps = []string{nl.T(words.ClientStartWindows)}
	}
	if a.Login == "" {
		steps = append(steps, nl.T(words.ClientLogin))
	}
	return append(steps, nl.T(words.ClientPassword), nl.T(words.ClientFirst, "n", a.Least))
}

func (a Access) page(q *quill) {
	q.SetTextColor(31, 78, 95)
	q.put(q.x, q.y, q.wide*0.6, letterHigh, q.fit(a.Place, "B", letterSize, 8), "L")
	q.set("", letterSize)
	q.ink(90)
	q.put(q.x+q.wide*0.6, q.y, q.wide*0.4, letterHigh, words.Day(lang, a.At), "R")
	q.y += 9
	q.SetDrawColor(31, 78, 95)
	q.SetLineWidth(0.6)
	q.Line(q.x, q.y, q.x+q.wide, q.y)
	q.y += 5
	q.ink(0)
	q.put(q.x, q.y, q.wide, 9, q.fit(nl.T(words.ClientTitle), "B", 20, 12), "L")
	q.y += 12
	q.set("", letterSize)
	q.write(nl.T(words.ClientLead))
	q.part(words.ClientStart)
	q.numbered(a.start())
	q.part(words.ClientScreen)
	q.write(nl.T(words.ClientScreenText))
	a.picture(q)
	q.part(words.ClientKeys)
	for _, row := range accessKeys() {
		q.set("B", letterSize)
		q.put(q.x+stepIndent, q.y, 32, q.high, row[0], "L")
		q.set("", letterSize)
		q.put(q.x+stepIndent+32, q.y, q.wide-stepIndent-32, q.high, row[1], "L")
		q.y += q.high
	}
	a.doubt(q)
}

// accessKeys are the keys that everybody needs, and what they do.
func accessKeys() [][2]string {
	var all [][2]string
	for _, k := range [][2]words.Key{{words.ClientArrows, words.ClientArrowsDo}, {words.ClientEnter, words.ClientEnterDo}, {words.ClientEsc, words.ClientEscDo}, {words.ClientHelpKey, words.ClientHelpDo}} {
		all = append(all, [2]string{nl.T(k[0]), nl.T(k[1])})
	}
	return all
}

// doubt says whom to call, and what the door's key really is, for who meets a question about it.
func (a Access) doubt(q *quill) {
	q.part(words.ClientAsk)
	q.set("B", letterSize)
	q.write(cmp.Or(a.Help, nl.T(words.CodeLetterHelpDefault)) + ".")
	q.part(words.ClientDoubt)
	q.write(nl.T(words.ClientDoubtText))
	q.y += 1
	facts := [][2]string{{nl.T(words.ClientAddress), nl.T(words.ClientAddressIs, "host", a.Host, "port", a.Port)}, {nl.T(words.ClientKeyScreens), a.Screens}}
	if a.Files != "" {
		facts = append(facts, [2]string{nl.T(words.ClientKeyFiles), a.Files})
	}
	for _, f := range facts {
		q.set("", smallSize+1)
		q.ink(90)
		q.put(q.x, q.y, 32, 4.6, f[0], "L")
		q.ink(0)
		in := *q
		in.x, in.wide = q.x+32, q.wide-32
		in.put(in.x, in.y, in.wide, 4.6, in.fit(f[1], "", smallSize+1, 5), "L")
		q.y += 4.6
	}
}

// part writes a head.
func (q *quill) part(head words.Key) {
	q.y += 3.6
	q.set("B", letterSize+1)
	q.SetTextColor(31, 78, 95)
	q.put(q.x, q.y, q.wide, letterHigh, nl.T(head), "L")
	q.ink(0)
	q.set("", letterSize)
	q.y += letterHigh + 1
}

// numbered writes steps.
func (q *quill) numbered(steps []string) {
	for i, step := range steps {
		q.put(q.x, q.y, stepIndent, q.high, fmt.Sprintf("%d.", i+1), "L")
		in := *q
		in.x, in.wide = q.x+stepIndent, q.wide-stepIndent
		in.write(step)
		q.y = in.y + 0.6
	}
}

// picture draws what the first screen looks like, as boxes and words.
func (a Access) picture(q *quill) {
	const high, row = 34.0, 4.6
	q.y += 2
	x, y, wide := q.x+10, q.y, q.wide-20
	q.SetFillColor(24, 28, 34)
	q.Rect(x, y, wide, high, "F")
	line := func(at float64, side, text string, grey int) {
		q.ink(grey)
		q.put(x+4, y+at, wide-8, row, text, side)
	}
	q.set("", smallSize+0.5)
	in := *q
	in.wide = wide * 0.6
	line(2, "L", in.fit(cmp.Or(a.Place, "digibrug")+" > "+nl.T(words.HomeTitle), "", smallSize+0.5, 5), 200)
	q.set("", smallSize+0.5)
	line(2, "R", nl.T(words.ClientPictureName)+"   12:00", 200)
	q.SetDrawColor(110, 116, 124)
	q.SetLineWidth(0.2)
	q.Line(x+4, y+7.5, x+wide-4, y+7.5)
	line(9, "L", nl.T(words.HomeChoose), 255)
	q.SetFillColor(255, 214, 102)
	q.Rect(x+3, y+14.2, wide-6, row+0.6, "F")
	q.set("B", smallSize+0.5)
	line(14.5, "L", "> "+nl.T(words.AssessmentTitle), 0)
	q.set("", smallSize+0.5)
	line(20, "L", "   "+nl.T(words.HomePasswordTitle), 255)
	q.Line(x+4, y+27.5, x+wide-4, y+27.5)
	line(28.5, "L", nl.T(words.ClientPictureKeys), 200)
	q.SetFillColor(255, 255, 255)
	q.ink(0)
	q.set("", letterSize)
	q.y += high
}
