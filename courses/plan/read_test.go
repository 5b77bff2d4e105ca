package plan_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"digibrug/courses/plan"
	"digibrug/data"
)

// fault writes what is wrong as "line:column field why".
func fault(err error) string {
	var bad *data.Invalid
	if !errors.As(err, &bad) {
		return fmt.Sprint(err)
	}
	return fmt.Sprintf("%d:%d %s %s", bad.Line, bad.Col, bad.Field, bad.Why)
}

func TestReadRefuses(t *testing.T) {
	const rest = `,"slots":[],"courses":[]}`
	tests := map[string]struct{ src, want string }{
		"nothing":                  {``, `1:1 JSON syntax`},
		"no JSON":                  {"\n  Beste mevrouw", `2:3 JSON syntax`},
		"a list":                   {`[]`, `1:1 JSON plan.kind`},
		"no end":                   {`{"people":[` + "\n" + `{"id":"an"`, `2:11 people[1] syntax`},
		"a comma too many":         {`{"people":[],}`, `1:14 JSON syntax`},
		"two documents":            {`{"people":[]` + rest + "\n{}", `2:1 JSON syntax`},
		"a comma after the end":    {`{"people":[]` + rest + ` ,`, `1:39 JSON syntax`},
		"other bytes":              {"{\"people\":[\n{\"id\":\"\xff\"}]" + rest, `2:8 JSON syntax`},
		"no people":                {`{"slots":[],"courses":[]}`, `1:1 people empty`},
		"an unknown key":           {`{"people":[{"id":"an",` + "\n" + ` "kleur":"blauw"}]` + rest, `2:2 people[1].kleur unknown`},
		"a key in capitals":        {`{"People":[]}`, `1:2 People unknown`},
		"a key twice":              {`{"people":[],"people":[]` + rest, `1:14 people twice`},
		"an object for a list":     {`{"people":{}` + rest, `1:11 people plan.kind`},
		"a number for a text":      {`{"people":[{"id":7}]` + rest, `1:18 people[1].id plan.kind`},
		"a text for a number":      {`{"people":[],"slots":[{"id":"ma","seats":"8"}],"courses":[]}`, `1:42 slots[1].seats plan.kind`},
		"a broken number":          {`{"people":[],"slots":[{"id":"ma","seats":8.5}],"courses":[]}`, `1:42 slots[1].seats plan.kind`},
		"a number of 30 digits":    {`{"people":[],"slots":[{"id":"ma","seats":100000000000000000000000000000}],"courses":[]}`, `1:42 slots[1].seats plan.kind`},
		"a number for a flag":      {`{"people":[],"locked":[{"slot":"ma","course":"x","closed":1}]` + rest, `1:59 locked[1].closed plan.kind`},
		"no number":                {`{"people":[],"slots":[{"id":"ma"}],"courses":[]}`, `1:23 slots[1].seats empty`},
		"seats below none":         {`{"people":[],"slots":[{"id":"ma","seats":-1}],"courses":[]}`, `1:42 slots[1].seats number`},
		"the same id twice":        {`{"people":[{"id":"an"},` + "\n" + `{"id":"an"}]` + rest, `2:7 people[2].id twice`},
		"an empty id":              {`{"people":[{"id":""}]` + rest, `1:18 people[1].id empty`},
		"a hidden character":       {`{"people":[{"id":"a\u0007n"}]` + rest, `1:18 people[1].id plan.text`},
		"an unknown course":        {`{"people":[{"id":"an","needs":[` + "\n" + `{"course":"x","levels":1}]}]` + rest, `2:11 people[1].needs[1].course unknown`},
		"no levels":                {`{"people":[{"id":"an","needs":[{"course":"x","levels":0}]}],"slots":[],"courses":[{"id":"x"}]}`, `1:55 people[1].needs[1].levels number`},
		"a need twice":             {`{"people":[{"id":"an","needs":[{"course":"x","levels":1},{"course":"x","levels":1}]}],"slots":[],"courses":[{"id":"x"}]}`, `1:68 people[1].needs[2].course twice`},
		"an unknown slot":          {`{"people":[{"id":"an","slots":["ma"]}]` + rest, `1:32 people[1].slots[1] unknown`},
		"a minimum above the most": {`{"people":[],"slots":[],"courses":[{"id":"x","min":5,"max":4}]}`, `1:52 courses[1].min plan.least`},
		"a circle":                 {`{"people":[],"slots":[],"courses":[{"id":"x","after":["y"]},{"id":"y","after":["x"]}]}`, `1:54 courses[1].after plan.circle`},
		"a room twice":             {`{"people":[],"slots":[{"id":"a","room":"ocr","at":"ma","seats":1},{"id":"b","room":"ocr","at":"ma","seats":1}],"courses":[]}`, `1:84 slots[2].room plan.room`},
		"cover that is no number":  {`{"people":[],"cover":{"loket":"een"}` + rest, `1:31 cover.loket plan.kind`},
		"cover below none":         {`{"people":[],"cover":{"loket":-1}` + rest, `1:31 cover.loket number`},
		"cover of a service twice": {`{"people":[],"cover":{"loket":1,"loket":1}` + rest, `1:33 cover.loket twice`},
		"two locks on a slot":      {`{"people":[],"slots":[{"id":"a","seats":1}],"courses":[{"id":"x"}],"locked":[{"slot":"a","course":"x"},{"slot":"a","course":"x"}]}`, `1:112 locked[2].slot twice`},
		"a lock on no slot":        {`{"people":[],"locked":[{"slot":"ma","course":"x"}]` + rest, `1:24 locked[1] plan.slot`},
		"a lock without a need":    {`{"people":[{"id":"an"}],"slots":[{"id":"a","seats":1}],"courses":[{"id":"x"}],"locked":[{"slot":"a","course":"x","people":["an"]}]}`, `1:89 locked[1] plan.person`},
		"a lock that breaks cover": {`{"people":[{"id":"an","service":"s","needs":[{"course":"x","levels":1}]}],"slots":[{"id":"a","seats":1}],"courses":[{"id":"x"}],"cover":{"s":1},"locked":[{"slot":"a","course":"x","people":["an"]}]}`, `1:155 locked[1] plan.cover`},
		"locks that need one at once": {`{"people":[],"slots":[{"id":"a","at":"ma","seats":1,"trainers":["g"]},{"id":"b","at":"ma","seats":1,"trainers":["g"]}],"courses":[{"id":"x"}],
"locked":[{"slot":"a","course":"x"},{"slot":"b","course":"x"}]}`, `2:10 locked plan.trainer`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := plan.Read([]byte(test.src)); fault(err) != test.want {
				t.Errorf("%s\nis refused with %q, want %q", test.src, fault(err), test.want)
			}
		})
	}
	if _, err := plan.Read([]byte(strings.Repeat(" ", plan.MaxBytes+1))); fault(err) != "0:0 JSON too_long" {
		t.Errorf("a file that is too large gives %q", fault(err))
	}
}

func TestRead(t *testing.T) {
	got, err := plan.Read([]byte("\ufeff" + `{"people":[{"id":"an","service":"loket","needs":[{"course":"tekst","levels":2}],"slots":["ma"],"at_work":["di"]},{"id":"bo"},{"id":"cy","needs":null,"slots":null}],
		"slots":[{"id":"ma","room":"ocr","seats":8,"trainers":["griet"],"at":"9u"},{"id":"di","seats":8}],"courses":[{"id":"tekst","min":4,"max":8},{"id":"tekst-2","after":["tekst"]}],
		"cover":null,"trainers":[{"id":"griet","most":3,"courses":["tekst"]}],"locked":[{"slot":"ma","course":"tekst","people":["an"],"closed":true}],
		"previous":[{"slot":"zo","course":"weg","name":"weg 1","trainer":"omar","people":["zoë"]}]}`))
	want := plan.Problem{
		People: []plan.Person{{ID: "an", Service: "loket", Needs: []plan.Need{{Course: "tekst", Levels: 2}}, Slots: []string{"ma"}, AtWork: []string{"di"}}, {ID: "bo"},
			{ID: "cy", Needs: []plan.Need{}, Slots: []string{}}},
		Slots:    []plan.Slot{{ID: "ma", Room: "ocr", Seats: 8, Trainers: []string{"griet"}, At: "9u"}, {ID: "di", Seats: 8}},
		Courses:  []plan.Course{{ID: "tekst", Min: 4, Max: 8}, {ID: "tekst-2", After: []string{"tekst"}}},
		Cover:    map[string]int{},
		Trainers: []plan.Trainer{{ID: "griet", Most: 3, Courses: []string{"tekst"}}},
		Locked:   []plan.Group{{Slot: "ma", Course: "tekst", People: []string{"an"}, Closed: true}},
		Previous: []plan.Group{{Slot: "zo", Course: "weg", Name: "weg 1", Trainer: "omar", People: []string{"zoë"}}},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("it reads\n%+v\n%v, want\n%+v", got, err, want)
	}
}

// FuzzRead: whatever a file holds, it is refused with a place in it, or it is a problem that can be written, read again and
// planned.
func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"people":[{"id":"an","service":"s","needs":[{"course":"x","levels":1}],"slots":["a"]}],"slots":[{"id":"a","room":"r","seats":2,"trainers":["g"]}],"courses":[{"id":"x","min":1,"max":2}],"cover":{"s":0}}`))
	f.Add([]byte(`{"people":[{"id":"an","at_work":[]}],"slots":[{"id":"a","at":"ma","seats":2}],"courses":[{"id":"x"},{"id":"y","after":["x"]}],"trainers":[{"id":"g","most":1}],"locked":[{"slot":"a","course":"x","closed":true}],"previous":[{"slot":"q","course":"x","people":["an"]}]}`))
	f.Add([]byte("{\"people\":null,\n\"slots\":[],\"courses\":[],\"cover\":{\"\\u0000\":1}}"))
	f.Fuzz(func(t *testing.T, src []byte) {
		p, err := plan.Read(src)
		if err != nil {
			var bad *data.Invalid
			if !errors.As(err, &bad) {
				t.Fatalf("%q is refused with %v, want an *data.Invalid", src, err)
			}
			if lines := strings.Count(string(src), "\n") + 1; bad.Line < 1 || bad.Line > lines || bad.Col < 1 {
				t.Fatalf("%q is refused at %d:%d, and has %d lines", src, bad.Line, bad.Col, lines)
			}
			return
		}
		if len(p.People) > 30 || len(p.Slots) > 6 || len(p.Courses) > 6 { // larger ones are for the benchmark
			return
		}
		again, err := plan.Read([]byte(text(p)))
		if err != nil {
			t.Fatalf("%s can't be read again: %v", text(p), err)
		}
		first, err := plan.Solve(t.Context(), p, plan.Options{Iterations: 20})
		if err != nil {
			t.Fatalf("%s: %v", text(p), err)
		}
		second, err := plan.Solve(t.Context(), again, plan.Options{Iterations: 20})
		if err != nil || !reflect.DeepEqual(first, second) {
			t.Fatalf("%s gives another plan when it was written and read again: %v", text(p), err)
		}
	})
}
