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
		{"value", r.float(&x.Value)}, {"tolerance", r.float(&x.Tolerance)}, {"unit", r.line(&x.Unit)},
	})
	r.need(n, path, seen, "value")
	return &x
}
