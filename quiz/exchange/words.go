package exchange

import (
	"regexp"
	"strings"
)

// words is a text without its markup. The error is an *unfit where words alone can't say it.
func words(s string, m Markup) (string, error) {
	switch m {
	case MarkupPlain:
		return s, nil
	case MarkupMarkdown, MarkupWiki:
		if pictureForm.MatchString(s) {
			return "", unfits(WhyFile, "img")
		}
		return s, nil
	case MarkupNone, MarkupMoodle: // text in which tags still work, and a line feed is one
		if !tagForm.MatchString(s) {
			return s, nil
		}
		s = strings.ReplaceAll(s, "\n", "<br>\n")
	}
	said, not := plainHTML(s)
	switch not {
	case "":
		return said, nil
	case "img":
		return "", unfits(WhyFile, not)
	}
	return "", unfits(WhyMarkup, not)
}

// pictureForm is a picture in Markdown.
var pictureForm = regexp.MustCompile(`!\[[^\]]*\]\(`)

// tagForm is a tag that people type in a text that is none in HTML, or a character by its name. "<name>" is a word.
var tagForm = regexp.MustCompile(`(?i)</?(a|b|i|u|p|br|div|span|strong|em|small|code|pre|ul|ol|li|h[1-6]|font|center|img|table|tr|td|sub|sup|hr|script|style|iframe|audio|video|object|svg|math)(\s[^<>]*)?/?>|&(nbsp|amp|lt|gt|quot|#[0-9]+|#x[0-9a-f]+);`)
