package plan

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"

	"digibrug/data"
)

// MaxBytes is how large a problem file may be.
const MaxBytes = 8 << 20

// Read reads a problem file, and checks it. A key that isn't known or given twice, a value of another kind and more than one
// document are refused. A list that is left out says nothing (Person.Slots: can come in all), null is an empty list. It returns
// an *data.Invalid with line and column.
func Read(src []byte) (Problem, error) {
	if len(src) > MaxBytes {
		return Problem{}, &data.Invalid{Field: "JSON", Why: data.WhyTooLong, Want: fmt.Sprintf("%d MiB", MaxBytes>>20)}
	}
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	r := &reader{src: src, dec: json.NewDecoder(bytes.NewReader(src)), at: map[string]int64{}}
	r.dec.UseNumber()
	var p Problem
	if !utf8.Valid(src) {
		return Problem{}, r.bad("JSON", data.WhySyntax, "UTF-8", "", int64(validBytes(src)))
	}
	if err := r.problem(&p); err != nil {
		return Problem{}, err
	}
	if rest := bytes.TrimLeft(src[r.dec.InputOffset():], " \t\r\n"); len(rest) > 0 {
		return Problem{}, r.bad("JSON", data.WhySyntax, "", "", int64(len(src)-len(rest)))
	}
	if err := p.Check(); err != nil {
		return Problem{}, r.place(err)
	}
	return p, nil
}

// validBytes is where the text stops being UTF-8.
func validBytes(src []byte) (n int) {
	for n < len(src) {
		c, size := utf8.DecodeRune(src[n:])
		if c == utf8.RuneError && size == 1 {
			break
		}
		n += size
	}
	return n
}

// reader reads JSON piece by piece and remembers where each piece stands.
type reader struct {
	src []byte
	dec *json.Decoder
	at  map[string]int64 // offset by field
}

// place adds line and column to what Check found: of the field, or of the list that it is in.
func (r *reader) place(err error) error {
	var bad *data.Invalid
	if !errors.As(err, &bad) {
		return err
	}
	for field := bad.Field; field != ""; field = outer(field) {
		if offset, known := r.at[field]; known {
			return r.bad(bad.Field, bad.Why, bad.Want, bad.Got, offset)
		}
	}
	return err
}

// outer is the field that holds a field: "people[3].id" is in "people[3]", that in "people".
func outer(field string) string {
	for i := len(field) - 1; i > 0; i-- {
		if field[i] == '.' || field[i] == '[' {
			return field[:i]
		}
	}
	return ""
}

// bad is an error at an offset.
func (r *reader) bad(field string, why data.Why, want, got string, offset int64) error {
	before := r.src[:min(max(int(offset), 0), len(r.src))]
	line := bytes.Count(before, []byte("\n")) + 1
	col := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
	return &data.Invalid{Field: data.Clean(field, maxID), Why: why, Want: want, Got: data.Clean(got, 60), Line: line, Col: col}
}

// next is the next token, and where it begins.
func (r *reader) next(field string) (json.Token, int64, error) {
	start := r.start()
	token, err := r.dec.Token()
	if err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			start = max(syntax.Offset-1, start)
		} else {
			start = int64(len(r.src)) // the text ends too soon
		}
		return nil, start, r.bad(field, data.WhySyntax, "", "", start)
	}
	return token, start, nil
}

// start is where the next token begins: past white space and what separates.
func (r *reader) start() int64 {
	i := r.dec.InputOffset()
	for int(i) < len(r.src) && bytes.IndexByte([]byte(" \t\r\n,:"), r.src[i]) >= 0 {
		i++
	}
	return i
}

// want refuses a token of another kind.
func (r *reader) want(field, kind string, token json.Token, offset int64) error {
	got := fmt.Sprint(token)
	if token == nil {
		got = "null"
	}
	return r.bad(field, WhyKind, kind, got, offset)
}

// keys are what an object may hold, each with how it is read. The field's own name is what comes in.
type keys map[string]func(field string) error

// object reads an object of which every key is known and comes once, and those that are needed are there.
func (r *reader) object(field string, known keys, needed ...string) error {
	token, start, err := r.next(orJSON(field))
	if err != nil {
		return err
	}
	if token == nil && known[anyKey] != nil {
		return nil
	}
	if token != json.Delim('{') {
		return r.want(orJSON(field), "{ … }", token, start)
	}
	r.at[field] = start
	seen := map[string]bool{}
	for r.dec.More() {
		token, at, err := r.next(orJSON(field))
		if err != nil {
			return err
		}
		key, _ := token.(string)
		read, ok := known[key]
		if !ok {
			read, ok = known[anyKey]
		}
		inner := under(field, key)
		switch {
		case !ok:
			return r.bad(inner, data.WhyUnknown, "", "", at)
		case seen[key]:
			return r.bad(inner, data.WhyTwice, "", "", at)
		}
		seen[key] = true
		if err := read(inner); err != nil {
			return err
		}
	}
	if _, _, err = r.next(orJSON(field)); err != nil { // }
		return err
	}
	for _, key := range needed {
		if !seen[key] {
			return r.bad(under(field, key), data.WhyEmpty, "", "", start)
		}
	}
	return nil
}

// under is the name of a key in an object.
func under(field, key string) string {
	if field == "" {
		return key
	}
	return field + "." + key
}

// anyKey stands for all keys that aren't named.
const anyKey = "\x00"

func orJSON(field string) string {
	if field == "" {
		return "JSON"
	}
	return field
}

// list reads a list; null is an empty one.
func (r *reader) list(field string, each func(field string) error) error {
	token, start, err := r.next(field)
	if err != nil {
		return err
	}
	r.at[field] = start
	switch token {
	case nil:
		return nil
	case json.Delim('['):
	default:
		return r.want(field, "[ … ]", token, start)
	}
	for i := 0; r.dec.More(); i++ {
		if i >= maxList {
			return r.bad(field, data.WhyNumber, fmt.Sprintf("0 … %d", maxList), "", r.start())
		}
		if err := each(at(field, i)); err != nil {
			return err
		}
	}
	_, _, err = r.next(field) // ]
	return err
}

// maxList bounds every list of a file.
const maxList = 20_000

// all reads a list of objects into to.
func all[T any](r *reader, field string, to *[]T, of func(*T) keys, needed ...string) error {
	*to = []T{}
	return r.list(field, func(field string) error {
		var one T
		if err := r.object(field, of(&one), needed...); err != nil {
			return err
		}
		*to = append(*to, one)
		return nil
	})
}

// text, texts, whole and flag give how a value of their kind is read.
func (r *reader) text(to *string) func(string) error {
	return func(field string) error {
		token, at, err := r.next(field)
		if err != nil {
			return err
		}
		r.at[field] = at
		s, ok := token.(string)
		if !ok {
			return r.want(field, `"…"`, token, at)
		}
		*to = s
		return nil
	}
}

func (r *reader) texts(to *[]string) func(string) error {
	return func(field string) error {
		*to = []string{}
		return r.list(field, func(field string) error {
			var one string
			if err := r.text(&one)(field); err != nil {
				return err
			}
			*to = append(*to, one)
			return nil
		})
	}
}

func (r *reader) whole(to *int) func(string) error {
	return func(field string) error {
		token, at, err := r.next(field)
		if err != nil {
			return err
		}
		r.at[field] = at
		number, _ := token.(json.Number)
		n, err := strconv.ParseInt(number.String(), 10, 32)
		if err != nil {
			return r.want(field, "0, 1, 2, …", token, at)
		}
		*to = int(n)
		return nil
	}
}

func (r *reader) flag(to *bool) func(string) error {
	return func(field string) error {
		token, at, err := r.next(field)
		if err != nil {
			return err
		}
		b, ok := token.(bool)
		if !ok {
			return r.want(field, "true, false", token, at)
		}
		*to = b
		return nil
	}
}

// problem reads the document.
func (r *reader) problem(p *Problem) error {
	groups := func(to *[]Group) func(string) error {
		return func(field string) error {
			return all(r, field, to, func(g *Group) keys {
				return keys{"slot": r.text(&g.Slot), "course": r.text(&g.Course), "name": r.text(&g.Name), "trainer": r.text(&g.Trainer),
					"people": r.texts(&g.People), "closed": r.flag(&g.Closed)}
			}, "slot", "course")
		}
	}
	p.Cover = map[string]int{}
	return r.object("", keys{
		"people": func(field string) error {
			return all(r, field, &p.People, func(o *Person) keys {
				return keys{"id": r.text(&o.ID), "service": r.text(&o.Service), "slots": r.texts(&o.Slots), "at_work": r.texts(&o.AtWork),
					"needs": func(field string) error {
						return all(r, field, &o.Needs, func(n *Need) keys {
							return keys{"course": r.text(&n.Course), "levels": r.whole(&n.Levels)}
						}, "course", "levels")
					}}
			}, "id")
		},
		"slots": func(field string) error {
			return all(r, field, &p.Slots, func(s *Slot) keys {
				return keys{"id": r.text(&s.ID), "room": r.text(&s.Room), "seats": r.whole(&s.Seats), "trainers": r.texts(&s.Trainers), "at": r.text(&s.At)}
			}, "id", "seats")
		},
		"courses": func(field string) error {
			return all(r, field, &p.Courses, func(c *Course) keys {
				return keys{"id": r.text(&c.ID), "min": r.whole(&c.Min), "max": r.whole(&c.Max), "after": r.texts(&c.After)}
			}, "id")
		},
		"trainers": func(field string) error {
			return all(r, field, &p.Trainers, func(t *Trainer) keys {
				return keys{"id": r.text(&t.ID), "most": r.whole(&t.Most), "courses": r.texts(&t.Courses)}
			}, "id")
		},
		"cover":  r.cover(p.Cover),
		"locked": groups(&p.Locked), "previous": groups(&p.Previous),
	}, "people", "slots", "courses")
}

// cover reads who must stay, by service.
func (r *reader) cover(to map[string]int) func(string) error {
	return func(field string) error {
		return r.object(field, keys{anyKey: func(inner string) error {
			var n int
			if err := r.whole(&n)(inner); err != nil {
				return err
			}
			to[inner[len(field)+1:]] = n
			return nil
		}})
	}
}
