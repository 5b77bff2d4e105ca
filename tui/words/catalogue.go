package words

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

//go:embed nl/*.toml en/*.toml fr/*.toml
var files embed.FS

// catalogue is all sentences, read once and never changed, so that sessions share it without a lock.
type catalogue struct {
	plain      map[Lang]map[Key]string // sentences without placeholder or plural, Dutch filled in
	localizers map[Lang]*i18n.Localizer
	keys       map[Key]bool // all that Dutch has
}

// catalogues reads the embedded files at the first call. It panics when one can't be read: they are part
// of the program, and its test reads them.
var catalogues = sync.OnceValue(func() *catalogue {
	c, err := load(files)
	if err != nil {
		panic(fmt.Sprintf("words: %v", err))
	}
	return c
})

func load(from fs.FS) (*catalogue, error) {
	c := &catalogue{
		plain:      map[Lang]map[Key]string{},
		localizers: map[Lang]*i18n.Localizer{},
		keys:       map[Key]bool{},
	}
	bundle := i18n.NewBundle(language.Dutch)
	for _, lang := range Langs() { // NL first: the others start from it
		c.plain[lang] = map[Key]string{}
		for key, s := range c.plain[NL] {
			c.plain[lang][key] = s
		}
		messages, err := read(from, lang)
		if err != nil {
			return nil, err
		}
		if err := bundle.AddMessages(language.Make(string(lang)), messages...); err != nil {
			return nil, fmt.Errorf("add %s: %w", lang, err)
		}
		for _, m := range messages {
			if lang == NL {
				c.keys[Key(m.ID)] = true
			}
			if isPlain(m) {
				c.plain[lang][Key(m.ID)] = m.Other
			} else {
				delete(c.plain[lang], Key(m.ID))
			}
		}
		c.localizers[lang] = i18n.NewLocalizer(bundle, string(lang))
	}
	return c, nil
}

func isPlain(m *i18n.Message) bool { return m.One == "" && !strings.Contains(m.Other, "{{") }

// read gives the sentences of all files of one language.
func read(from fs.FS, lang Lang) ([]*i18n.Message, error) {
	names, err := fs.Glob(from, path.Join(string(lang), "*.toml"))
	if err != nil {
		return nil, err
	}
	var all []*i18n.Message
	for _, name := range names {
		buf, err := fs.ReadFile(from, name)
		if err != nil {
			return nil, err
		}
		messages, err := i18n.ParseMessageBytes(buf, toml.Unmarshal)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		all = append(all, messages...)
	}
	return all, nil
}
