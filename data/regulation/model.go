package regulation

import (
	"errors"
	"fmt"
	"io/fs"

	"digibrug/data"
)

// models are the files of each kind below data/regulations/LANGUAGE/: the text, and the short one.
func models() map[Kind][2]string {
	return map[Kind][2]string{Loan: {"uitleenreglement.md", "uitleenreglement-kort.md"}}
}

// Model gives the text that ships with the program. It returns data.ErrNotFound for a kind that has none.
func Model(kind Kind) (Version, error) {
	names, has := models()[kind]
	if !has {
		return Version{}, fmt.Errorf("model of %s: %w", kind, data.ErrNotFound)
	}
	c := Content{Text: map[string]string{}, Short: map[string]string{}}
	for _, lang := range Langs() {
		for i, into := range []map[string]string{c.Text, c.Short} {
			text, err := fs.ReadFile(data.Regulations, "regulations/"+lang+"/"+names[i])
			switch {
			case errors.Is(err, fs.ErrNotExist): // not in every language
			case err != nil:
				return Version{}, fmt.Errorf("model of %s: %w", kind, err)
			default:
				into[lang] = string(text)
			}
		}
	}
	return Version{Kind: kind, Content: c, Hash: c.Hash()}, nil
}

// Adopted is the content as a municipality takes it for its own: without the notes that say that it is a model.
func (c Content) Adopted() (Content, error) {
	own := Content{Text: map[string]string{}, Short: map[string]string{}}
	for lang, text := range c.Text {
		d, err := Parse(text)
		if err != nil {
			return Content{}, err
		}
		d.Notes = nil
		own.Text[lang] = d.String()
	}
	for lang, text := range c.Short {
		d, err := ParseShort(text)
		if err != nil {
			return Content{}, err
		}
		d.Notes = nil
		own.Short[lang] = d.String()
	}
	return own, nil
}
