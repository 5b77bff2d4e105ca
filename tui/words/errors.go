package words

import (
	"context"
	"errors"
	"strings"
	"time"

	"digibrug/data"
)

// Known is an error that people are told about in words of its own.
type Known struct {
	Err  error // compared with errors.Is
	Key  Key
	Args func(Lang, error) []any // values for the sentence, from the error at hand; may be nil
}

// Errors is the table of the errors that the domains know, put together in cmd and handed to the shell.
// The first that matches wins.
type Errors []Known

// Sentence says in lang what err means and what the reader can do. known is false when nothing here
// knows the error: the text is then empty and the cause belongs in the log.
func (e Errors) Sentence(lang Lang, err error) (text string, known bool) {
	for _, k := range e {
		if !errors.Is(err, k.Err) {
			continue
		}
		if k.Args == nil {
			return T(lang, k.Key), true
		}
		return T(lang, k.Key, k.Args(lang, err)...), true
	}
	return Sentence(lang, err)
}

// Sentence is Errors.Sentence for the errors of the house itself: bad input, not found, denied, too late,
// interrupted. A nil error gives "" and true.
func Sentence(lang Lang, err error) (text string, known bool) {
	var bad *data.Invalid
	if key, of := codeSentence(err); of {
		return T(lang, key), true
	}
	switch {
	case err == nil:
		return "", true
	case errors.As(err, &bad) && bad != nil:
		return invalid(lang, bad), true
	case errors.Is(err, data.ErrNotFound):
		return T(lang, ErrorNotFound), true
	case errors.Is(err, data.ErrDenied):
		return T(lang, ErrorDenied), true
	case errors.Is(err, context.DeadlineExceeded):
		return T(lang, ErrorDeadline), true
	case errors.Is(err, context.Canceled):
		return T(lang, ErrorCancelled), true
	}
	return "", false
}

// invalid writes bad input as a sentence. The catalogue has one per code, "invalid.<why>", and the place
// in a file goes before it. What was wanted and given follows the sentence of a common code; the sentence
// of a domain's own code ("quiz.no_key") knows best whether those help, and names them itself.
func invalid(lang Lang, bad *data.Invalid) string {
	key := Key("invalid." + string(bad.Why))
	if !Has(key) {
		key = ErrorInvalid
	}
	want, got := dayOr(lang, bad.Want), dayOr(lang, bad.Got)
	text := T(lang, key, "field", FieldName(lang, bad.Field), "want", want, "got", got)
	common := key == ErrorInvalid || !strings.Contains(string(bad.Why), ".")
	if common && want != "" && !strings.Contains(text, argument(lang, want)) {
		text += " " + T(lang, ErrorWant, "want", want)
	}
	if common && got != "" && !strings.Contains(text, argument(lang, got)) {
		text += " " + T(lang, ErrorGot, "got", got)
	}
	switch {
	case bad.Line > 0 && bad.Col > 0:
		return T(lang, ErrorAtColumn, "line", bad.Line, "col", bad.Col, "text", text)
	case bad.Line > 0:
		return T(lang, ErrorAtLine, "line", bad.Line, "text", text)
	}
	return text
}

// dayOr writes a stored day as people do, with the time of day that may follow it, and gives any other text as it is.
func dayOr(lang Lang, text string) string {
	day, clock, timed := strings.Cut(text, " ")
	if _, err := data.ParseDay(day); err != nil {
		return text
	}
	if !timed {
		return StoredDay(lang, day)
	}
	if _, err := time.Parse("15:04", clock); err != nil {
		return text
	}
	return StoredDay(lang, day) + " " + clock
}

// FieldName is the name of a field as the reader knows it: "field.<code>" of the catalogues, or the code
// itself, which for columns of a file is the right name.
func FieldName(lang Lang, code string) string {
	if key := Key("field." + code); Has(key) {
		return T(lang, key)
	}
	return code
}

// ActName is what an act of the audit log is called: "act.<code>" of the catalogues, with "_" for each dot, or
// the code itself.
func ActName(lang Lang, code string) string {
	if key := Key("act." + strings.ReplaceAll(code, ".", "_")); Has(key) {
		return T(lang, key)
	}
	return code
}

// DetailName is what a detail of an act is called: "detail.<code>" of the catalogues, or the code itself.
func DetailName(lang Lang, code string) string {
	if key := Key("detail." + code); Has(key) {
		return T(lang, key)
	}
	return code
}

// RoleName is what a role is called: "role.<code>" of the catalogues.
func RoleName(lang Lang, role data.Role) string { return T(lang, Key("role."+string(role))) }

// Titles are what a municipality calls its roles where it has words of its own.
type Titles map[data.Role]string

// Of is what somebody who holds the role is called.
func (t Titles) Of(lang Lang, role data.Role) string {
	if title := t[role]; title != "" {
		return title
	}
	return RoleName(lang, role)
}
