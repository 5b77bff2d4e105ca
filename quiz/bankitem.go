package quiz

import (
	"cmp"

	"go.yaml.in/yaml/v3"

	"digibrug/data"
)

// bank reads the root of a bank file.
func (r *reader) bank(root *yaml.Node) Bank {
	var b Bank
	var items []*yaml.Node
	seen := r.keys(root, "", []field{
		{"bank", r.line(&b.ID)},
		{"language", r.line(&b.Language)},
		{"domain", r.line(&b.Domain)},
		{"title", r.line(&b.Title)},
		{"audience", r.line((*string)(&b.Audience))},
		{"waive", func(n *yaml.Node, path string) { b.Waive = r.waivers(n, path) }},
		{"items", func(n *yaml.Node, path string) {
			r.list(n, path, MaxItems, func(child *yaml.Node, _ string) { items = append(items, child) })
		}},
	})
	if seen == nil {
		return b
	}
	b.Items = make([]Item, len(items)) // so that head sees how many there are
	r.merge(b.head(), 0)
	domain := b.Domain
	if !codePattern.MatchString(domain) {
		domain = "x" // one problem at the head is enough
	}
	b.Lines = make(map[string]int, len(items))
	for i, n := range items {
		b.Items[i] = r.item(n, domain)
		id := b.Items[i].ID
		if id == "" {
			continue
		}
		if b.Lines[id] > 0 {
			r.bad(cmp.Or(r.at["id"], n), "id", data.WhyTwice, "", id)
			continue
		}
		b.Lines[id] = n.Line
	}
	return b
}

// item reads one item and checks it.
func (r *reader) item(n *yaml.Node, domain string) Item {
	it := Item{Domain: domain, Shuffle: true}
	r.at = map[string]*yaml.Node{"": n}
	from := len(r.probs)
	if n.Kind != yaml.MappingNode {
		r.wrongType(n, "items", "keys")
		return Item{}
	}
	seen := r.keys(n, "", r.itemFields(&it))
	r.need(n, "", seen, "difficulty")
	r.merge(it.problems(), from)
	return it
}

func (r *reader) itemFields(it *Item) []field {
	var kind, status string
	return []field{
		{"id", r.line(&it.ID)},
		{"version", r.whole(&it.Version)},
		{"kind", func(n *yaml.Node, path string) {
			r.line(&kind)(n, path)
			it.Kind = Kind(kind)
		}},
		{"level", r.whole(&it.Level)},
		{"digcomp", r.line(&it.DigComp)},
		{"difficulty", r.float(&it.Difficulty)},
		{"entry", r.truth(&it.Entry)},
		{"seconds", r.whole(&it.Seconds)},
		{"stem", r.block(&it.Stem)},
		{"options", func(n *yaml.Node, path string) { it.Options = r.options(n, path) }},
		{"answer", func(n *yaml.Node, path string) {
			it.True = new(bool)
			r.truth(it.True)(n, path)
		}},
		{"number", func(n *yaml.Node, path string) { it.Number = r.number(n, path) }},
		{"accept", r.lines(&it.Accept)},
		{"distance", r.whole(&it.Distance)},
		{"steps", r.lines(&it.Steps)},
		{"pairs", func(n *yaml.Node, path string) { it.Pairs = r.pairs(n, path) }},
		{"distractors", r.lines(&it.Distractors)},
		{"rubric", r.block(&it.Rubric)},
		{"variants", func(n *yaml.Node, path string) { it.Variants = r.variants(n, path) }},
		{"waive", func(n *yaml.Node, path string) { it.Waive = r.waivers(n, path) }},
		{"shuffle", r.truth(&it.Shuffle)},
		{"why", r.block(&it.Why)},
		{"source", r.line(&it.Source)},
		{"author", r.line(&it.Author)},
		{"status", func(n *yaml.Node, path string) {
			r.line(&status)(n, path)
			it.Status = Status(status)
		}},
	}
}

const maxListed = 100 // entries of a list inside an item that are looked at; Check has the real limits

func (r *reader) lines(to *[]string) func(*yaml.Node, string) {
	return func(n *yaml.Node, path string) {
		r.list(n, path, maxListed, func(child *yaml.Node, path string) {
			var s string
			r.line(&s)(child, path)
			*to = append(*to, s)
		})
	}
}

func (r *reader) options(n *yaml.Node, path string) (options []Option) {
	r.list(n, path, maxListed, func(child *yaml.Node, path string) {
		var o Option
		r.keys(child, path, []field{{"text", r.line(&o.Text)}, {"right", r.truth(&o.Right)}, {"why", r.block(&o.Why)}})
		options = append(options, o)
	})
	return options
}

func (r *reader) pairs(n *yaml.Node, path string) (pairs []Pair) {
	r.list(n, path, maxListed, func(child *yaml.Node, path string) {
		var p Pair
		r.keys(child, path, []field{{"left", r.line(&p.Left)}, {"right", r.line(&p.Right)}})
		pairs = append(pairs, p)
	})
	return pairs
}

func (r *reader) number(n *yaml.Node, path string) *Number {
	var x Number
	seen := r.keys(n, path, []field{
		{"value", r.floatOrKey(&x.Value, &x.ValueKey)}, {"tolerance", r.floatOrKey(&x.Tolerance, &x.ToleranceKey)}, {"unit", r.line(&x.Unit)},
	})
	r.need(n, path, seen, "value")
	return &x
}

// floatOrKey reads a number, or the placeholder of a family as the name of its key.
func (r *reader) floatOrKey(to *float64, key *string) func(*yaml.Node, string) {
	return func(n *yaml.Node, path string) {
		if m := placeholder.FindStringSubmatch(n.Value); n.Kind == yaml.ScalarNode && m != nil && m[0] == n.Value {
			*key = m[1]
			return
		}
		r.float(to)(n, path)
	}
}

func (r *reader) variants(n *yaml.Node, path string) (rows []map[string]string) {
	r.list(n, path, maxListed, func(child *yaml.Node, path string) {
		rows = append(rows, r.row(child, path))
	})
	return rows
}

// row reads a mapping whose keys are free.
func (r *reader) row(n *yaml.Node, path string) map[string]string {
	if n.Kind != yaml.MappingNode {
		r.wrongType(n, path, "keys")
		return nil
	}
	row := map[string]string{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		sub := path + "." + data.Clean(key.Value, gotLen)
		_, twice := row[key.Value]
		switch {
		case key.Kind == yaml.AliasNode:
			// noted already
		case key.Kind != yaml.ScalarNode || !placeholderName.MatchString(key.Value):
			r.bad(key, sub, WhyPlaceholder, "a-z 0-9 _", key.Value)
		case twice:
			r.bad(key, sub, data.WhyTwice, "", key.Value)
		default:
			var s string
			r.at[sub] = value
			r.line(&s)(value, sub)
			row[key.Value] = s
		}
	}
	return row
}

func (r *reader) waivers(n *yaml.Node, path string) (all []Waiver) {
	r.list(n, path, maxListed, func(child *yaml.Node, path string) {
		var rule string
		var w Waiver
		r.keys(child, path, []field{{"rule", r.line(&rule)}, {"reason", r.block(&w.Reason)}})
		w.Rule = Rule(rule)
		all = append(all, w)
	})
	return all
}
