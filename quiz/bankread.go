package quiz

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"digibrug/data"
)

// reader turns YAML nodes into values, noting every problem with its place.
type reader struct {
	probs Problems
	at    map[string]*yaml.Node // value nodes of the present bank head or item, by field
}

// newReader begins with the aliases, wherever they stand.
func newReader(root *yaml.Node) *reader {
	r := &reader{at: map[string]*yaml.Node{"": root}}
	r.refuseAliases(root)
	return r
}

func (r *reader) refuseAliases(n *yaml.Node) {
	if n.Kind == yaml.AliasNode {
		r.bad(n, "*"+data.Clean(n.Value, gotLen), WhyAlias, "", "")
	}
	for _, child := range n.Content {
		r.refuseAliases(child)
	}
}

// bad notes a problem at a node.
func (r *reader) bad(n *yaml.Node, field string, why data.Why, want, got string) {
	r.probs = append(r.probs, &data.Invalid{
		Field: field, Why: why, Want: want, Got: data.Clean(got, gotLen), Line: max(1, n.Line), Col: max(1, n.Column),
	})
}

// sorted is all problems in the order of the file, cut after maxProblems.
func (r *reader) sorted() Problems {
	r.probs.sort()
	if n := len(r.probs); n > maxProblems {
		last := r.probs[maxProblems-1]
		r.probs = append(r.probs[:maxProblems], &data.Invalid{
			Field: "bank", Why: WhyMany, Want: strconv.Itoa(maxProblems), Got: strconv.Itoa(n), Line: last.Line, Col: last.Col,
		})
	}
	return r.probs
}

// merge adds problems that a check found without knowing places, unless reading the same field, or what
// it is part of, or a part of it, already gave one since the first from.
func (r *reader) merge(found Problems, from int) {
	known := r.probs[from:len(r.probs):len(r.probs)]
	for _, one := range found {
		if slices.ContainsFunc(known, func(k *data.Invalid) bool {
			return within(one.Field, k.Field) || within(k.Field, one.Field)
		}) {
			continue
		}
		field := one.Field
		for r.at[field] == nil && field != "" { // a key that is missing: the place of its owner
			field = field[:max(0, strings.LastIndexAny(field, ".["))]
		}
		n := cmp.Or(r.at[field], r.at[""])
		if n.Kind == yaml.AliasNode {
			continue
		}
		one.Line, one.Col = max(1, n.Line), max(1, n.Column)
		r.probs = append(r.probs, one)
	}
}

// within tells whether field is whole or a part of it ("options[2].text" of "options").
func within(field, whole string) bool {
	rest, ok := strings.CutPrefix(field, whole)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

// field reads the value of one key into its place.
type field struct {
	key  string
	read func(n *yaml.Node, path string)
}

// keys reads a mapping, notes unknown and repeated keys, and tells which keys are there.
func (r *reader) keys(n *yaml.Node, path string, fields []field) map[string]bool {
	if n.Kind != yaml.MappingNode {
		r.wrongType(n, path, "keys")
		return nil
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		sub := strings.TrimPrefix(path+"."+data.Clean(key.Value, gotLen), ".")
		k := slices.IndexFunc(fields, func(f field) bool { return f.key == key.Value })
		switch {
		case key.Kind == yaml.AliasNode:
			// noted already
		case key.Kind != yaml.ScalarNode || k < 0:
			r.bad(key, cmp.Or(sub, "?"), data.WhyUnknown, known(fields), key.Value)
		case seen[key.Value]:
			r.bad(key, sub, data.WhyTwice, "", key.Value)
		default:
			seen[key.Value] = true
			r.at[sub] = value
			fields[k].read(value, sub)
		}
	}
	return seen
}

func known(fields []field) string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.key
	}
	return strings.Join(names, ", ")
}

// wrongType notes a value of the wrong shape, unless it is an alias, which has its problem already.
func (r *reader) wrongType(n *yaml.Node, path, want string) {
	if n.Kind != yaml.AliasNode {
		r.bad(n, cmp.Or(path, "bank"), WhyType, want, n.Value)
	}
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

// list reads a sequence; no value at all is an empty list.
func (r *reader) list(n *yaml.Node, path string, limit int, each func(n *yaml.Node, path string)) {
	switch {
	case isNull(n):
	case n.Kind != yaml.SequenceNode:
		r.wrongType(n, path, "list")
	case len(n.Content) > limit:
		r.bad(n, path, WhyCount, fmt.Sprintf("≤ %d", limit), strconv.Itoa(len(n.Content)))
	default:
		for i, child := range n.Content {
			r.at[at(path, i)] = child
			each(child, at(path, i))
		}
	}
}

// line and block give readers of text; what is harmful is noted, the rest is cleaned.
func (r *reader) line(to *string) func(*yaml.Node, string) {
	return func(n *yaml.Node, path string) { *to = data.Clean(r.text(n, path), 0) }
}

func (r *reader) block(to *string) func(*yaml.Node, string) {
	return func(n *yaml.Node, path string) { *to = data.CleanBlock(r.text(n, path), 0) }
}

func (r *reader) text(n *yaml.Node, path string) string {
	switch {
	case n.Kind != yaml.ScalarNode || !slices.Contains(textTags(), n.ShortTag()):
		r.wrongType(n, path, "text")
	case isNull(n):
	case harmful(n.Value):
		r.bad(n, path, WhyControl, "", n.Value)
	default:
		return n.Value
	}
	return ""
}

// textTags are what YAML takes words for that are texts to us: 12, true, or <<, which means something as a key only.
func textTags() []string {
	return []string{"!!str", "!!int", "!!float", "!!bool", "!!timestamp", "!!null", "!!merge"}
}

func (r *reader) whole(to *int) func(*yaml.Node, string) {
	return func(n *yaml.Node, path string) {
		x, err := strconv.ParseInt(n.Value, 10, 32)
		if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!int" || err != nil {
			r.wrongType(n, path, "integer")
			return
		}
		*to = int(x)
	}
}

func (r *reader) float(to *float64) func(*yaml.Node, string) {
	return func(n *yaml.Node, path string) {
		x, err := strconv.ParseFloat(n.Value, 64)
		tag := n.ShortTag()
		if n.Kind != yaml.ScalarNode || (tag != "!!int" && tag != "!!float") || err != nil || math.IsInf(x, 0) || math.IsNaN(x) {
			r.wrongType(n, path, "number")
			return
		}
		*to = x + 0 // -0 becomes 0
	}
}

func (r *reader) truth(to *bool) func(*yaml.Node, string) {
	return func(n *yaml.Node, path string) {
		if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!bool" {
			r.wrongType(n, path, "bool")
			return
		}
		*to = strings.EqualFold(n.Value, "true")
	}
}

// need notes keys that must be there though their zero value is possible.
func (r *reader) need(n *yaml.Node, path string, seen map[string]bool, keys ...string) {
	for _, key := range keys {
		if seen != nil && !seen[key] {
			r.bad(n, strings.TrimPrefix(path+"."+key, "."), data.WhyEmpty, "", "")
		}
	}
}
