package quiz

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"

	"digibrug/data"
)

// hardWords are words and phrases that a plain text does without, each with what to write instead: by their first word,
// or by the letters that it begins with.
type hardWords struct {
	whole  map[string][]hardWord
	prefix map[string]hardWord
}

type hardWord struct {
	words []string // as wordsOf gives them
	shown string
	plain string
}

const minPrefix = 4 // letters before the * of an entry

// hardWordsOf gives the list of a language; none where it has none.
func hardWordsOf(language string) hardWords { return allHardWords()[language] }

// allHardWords reads the lists that ship with the program, once.
var allHardWords = sync.OnceValue(func() map[string]hardWords {
	all := map[string]hardWords{}
	for _, language := range Languages() {
		src, err := data.HardWords.ReadFile("hardwords/" + language + ".toml")
		if err != nil {
			continue // a language without a list
		}
		list, err := readHardWords(src)
		if err != nil {
			panic(fmt.Sprintf("hard words of %s that ship with the program: %v", language, err))
		}
		all[language] = list
	}
	return all
})

// readHardWords reads a list: tables of "hard word" = "plain word". A last * stands for any ending of one word.
func readHardWords(src []byte) (hardWords, error) {
	var tables map[string]map[string]string
	if err := toml.Unmarshal(src, &tables); err != nil {
		return hardWords{}, err
	}
	list := hardWords{map[string][]hardWord{}, map[string]hardWord{}}
	for table, entries := range tables {
		for entry, plain := range entries {
			words := wordsOf(entry)
			one := hardWord{words, entry, plain}
			switch {
			case len(words) == 0 || plain == "":
				return hardWords{}, fmt.Errorf("table %s: entry %q has no word or no plain word", table, entry)
			case !strings.HasSuffix(entry, "*"):
				list.whole[words[0]] = append(list.whole[words[0]], one)
			case len(words) > 1 || len(words[0]) < minPrefix:
				return hardWords{}, fmt.Errorf("table %s: %q: a * stands behind one word of at least %d letters", table, entry, minPrefix)
			default:
				list.prefix[words[0]] = one
			}
		}
	}
	return list, nil
}

// find gives the hard words of a text, each as "word → plain word".
func (h hardWords) find(s string) (found []string) {
	if len(h.whole) == 0 && len(h.prefix) == 0 {
		return nil
	}
	words := wordsOf(s)
	for i, w := range words {
		for _, one := range h.whole[w] {
			if rest := words[i:]; len(rest) >= len(one.words) && slices.Equal(rest[:len(one.words)], one.words) {
				found = append(found, one.shown+" → "+one.plain)
			}
		}
		for end := minPrefix; end <= len(w); end++ {
			if one, ok := h.prefix[w[:end]]; ok {
				found = append(found, w+" → "+one.plain)
			}
		}
	}
	return found
}
