package quiz

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// YAML prints a bank in the form that ParseBank reads; what comes back equals the bank but for Lines.
// A bank that does not pass Check is refused with its Problems.
func (b Bank) YAML() ([]byte, error) {
	if err := b.Check(); err != nil {
		return nil, fmt.Errorf("print bank %s: %w", b.ID, err)
	}
	items := &yaml.Node{Kind: yaml.SequenceNode}
	for _, it := range b.Items {
		items.Content = append(items.Content, it.yaml())
	}
	root := keys{}
	root.text("bank", b.ID)
	root.text("language", b.Language)
	root.text("domain", b.Domain)
	root.text("title", b.Title)
	root.text("audience", string(b.Audience))
	root.waivers(b.Waive)
	root.node("items", items)
	var out bytes.Buffer
	encoder := yaml.NewEncoder(&out)
	encoder.SetIndent(2)
	if err := encoder.Encode(root.mapping()); err != nil {
		return nil, fmt.Errorf("print bank %s: %w", b.ID, err)
	}
	return out.Bytes(), nil
}

// keys collects the keys of a mapping in the order in which they are printed.
type keys []*yaml.Node

func (k *keys) node(key string, value *yaml.Node) {
	*k = append(*k, &yaml.Node{Kind: yaml.ScalarNode, Value: key}, value)
}

func (k *keys) plain(key, value string) { k.node(key, &yaml.Node{Kind: yaml.ScalarNode, Value: value}) }

func (k *keys) float(key string, x float64) { k.plain(key, strconv.FormatFloat(x, 'g', -1, 64)) }

// text leaves out what is empty.
func (k *keys) text(key, s string) {
	if s != "" {
		k.node(key, textNode(s))
	}
}

func (k *keys) texts(key string, all []string) {
	if len(all) == 0 {
		return
	}
	n := &yaml.Node{Kind: yaml.SequenceNode}
	for _, s := range all {
		n.Content = append(n.Content, textNode(s))
	}
	k.node(key, n)
}

func (k *keys) floatOrKey(key string, x float64, name string) {
	if name != "" {
		k.text(key, "[["+name+"]]")
		return
	}
	k.float(key, x)
}

// rows prints each row with its keys sorted.
func (k *keys) rows(key string, rows []map[string]string) {
	if len(rows) == 0 {
		return
	}
	n := &yaml.Node{Kind: yaml.SequenceNode}
	for _, row := range rows {
		rk := keys{}
		for _, name := range slices.Sorted(maps.Keys(row)) {
			rk.text(name, row[name])
		}
		n.Content = append(n.Content, rk.mapping())
	}
	k.node(key, n)
}

func (k *keys) waivers(all []Waiver) {
	if len(all) == 0 {
		return
	}
	n := &yaml.Node{Kind: yaml.SequenceNode}
	for _, w := range all {
		wk := keys{}
		wk.text("rule", string(w.Rule))
		wk.text("reason", w.Reason)
		n.Content = append(n.Content, wk.mapping())
	}
	k.node("waive", n)
}

func (k *keys) mapping() *yaml.Node { return &yaml.Node{Kind: yaml.MappingNode, Content: *k} }

// textNode is quoted where it must be; several lines are a literal block, where that keeps every space.
func textNode(s string) *yaml.Node {
	var n yaml.Node
	n.SetString(s)
	if strings.Contains(s, "\n") && (strings.Contains(s, " \n") || strings.Contains(s, "\n ")) {
		n.Style = yaml.DoubleQuotedStyle
	}
	return &n
}

func (it Item) yaml() *yaml.Node {
	k := keys{}
	k.text("id", it.ID)
	k.plain("version", strconv.Itoa(it.Version))
	k.text("kind", string(it.Kind))
	k.plain("level", strconv.Itoa(it.Level))
	k.node("digcomp", &yaml.Node{Kind: yaml.ScalarNode, Value: it.DigComp, Style: yaml.DoubleQuotedStyle})
	k.float("difficulty", it.Difficulty)
	if it.Entry {
		k.plain("entry", "true")
	}
	k.plain("seconds", strconv.Itoa(it.Seconds))
	k.text("stem", it.Stem)
	it.yamlBody(&k)
	k.rows("variants", it.Variants)
	k.waivers(it.Waive)
	if !it.Shuffle {
		k.plain("shuffle", "false")
	}
	k.text("why", it.Why)
	k.text("source", it.Source)
	k.text("author", it.Author)
	k.text("status", string(it.Status))
	return k.mapping()
}

func (it Item) yamlBody(k *keys) {
	if len(it.Options) > 0 {
		options := &yaml.Node{Kind: yaml.SequenceNode}
		for _, o := range it.Options {
			ok := keys{}
			ok.text("text", o.Text)
			if o.Right {
				ok.plain("right", "true")
			}
			ok.text("why", o.Why)
			options.Content = append(options.Content, ok.mapping())
		}
		k.node("options", options)
	}
	if it.True != nil {
		k.plain("answer", strconv.FormatBool(*it.True))
	}
	if it.Number != nil {
		nk := keys{}
		nk.floatOrKey("value", it.Number.Value, it.Number.ValueKey)
		nk.floatOrKey("tolerance", it.Number.Tolerance, it.Number.ToleranceKey)
		nk.text("unit", it.Number.Unit)
		k.node("number", nk.mapping())
	}
	k.texts("accept", it.Accept)
	if it.Distance > 0 {
		k.plain("distance", strconv.Itoa(it.Distance))
	}
	k.texts("steps", it.Steps)
	if len(it.Pairs) > 0 {
		pairs := &yaml.Node{Kind: yaml.SequenceNode}
		for _, p := range it.Pairs {
			pk := keys{}
			pk.text("left", p.Left)
			pk.text("right", p.Right)
			pairs.Content = append(pairs.Content, pk.mapping())
		}
		k.node("pairs", pairs)
	}
	k.texts("distractors", it.Distractors)
	k.text("rubric", it.Rubric)
}
