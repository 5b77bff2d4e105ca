package files

import (
	"bytes"
	"errors"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"digibrug/data"
	"digibrug/tui/papers"
	"digibrug/tui/words"

	"github.com/gliderlabs/ssh"
)

// misuse is a command that can't be understood.
type misuse struct{ text string }

func (m *misuse) Error() string { return m.text }

func misused(key words.Key, args ...any) error { return &misuse{nl.T(key, args...)} }

// command runs what stands behind the address on an ssh line. Nothing of it ever reaches a shell: it is one of
// three words, or it gets a sentence.
func (v *visit) command(s ssh.Session) int {
	v.work.Add(1)
	defer v.work.Add(-1)
	out, err := v.perform(s.RawCommand())
	var wrong *misuse
	switch {
	case errors.As(err, &wrong):
		v.say(s, wrong.text)
		return exitMisuse
	case err != nil:
		v.say(s, v.tell(err))
		return exitFailed
	}
	if _, err := s.Write(out); err != nil {
		v.log.Info("report not taken in", "err", err)
		return exitFailed
	}
	return exitDone
}

// perform gives what a command prints.
func (v *visit) perform(line string) ([]byte, error) {
	if err := v.present(0); err != nil {
		return nil, err
	}
	args, ok := split(line)
	switch {
	case !ok:
		return nil, misused(words.FilesQuotes)
	case len(args) == 0:
		return nil, misused(words.FilesNoShell, "screens", v.door.Screens(v.proof.id.Login))
	}
	switch name := path.Base(args[0]); {
	case len(args) == 1 && (args[0] == "report" || args[0] == "help"), len(args) == 2 && args[0] == "report" && args[1] == "list":
		text, err := newTree(v).readme()
		return []byte(text), err
	case args[0] == "report":
		return v.report(args[1], args[2:])
	case name == "scp" || name == "sftp-server":
		return nil, misused(words.FilesOldScp)
	}
	return nil, misused(words.FilesUnknown, "name", data.Clean(args[0], maxName))
}

// split cuts a line into words: at spaces, but not between quotes, which go. ok is false when a quote does not
// close. (The library's Command gives what comes before such a quote, as if nothing were wrong.) There is no
// more to it than that: no shell ever reads the line.
func split(line string) (args []string, ok bool) {
	var word strings.Builder
	quote, inside := rune(0), false
	for _, r := range line {
		switch {
		case quote == 0 && (r == '\'' || r == '"'):
			quote, inside = r, true
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && unicode.IsSpace(r):
			if inside {
				args = append(args, word.String())
			}
			word.Reset()
			inside = false
		default:
			word.WriteRune(r)
			inside = true
		}
	}
	if inside {
		args = append(args, word.String())
	}
	return args, quote == 0
}

// order is a report as it was asked for.
type order struct {
	format papers.Format
	ask    papers.Ask
}

// report makes one list.
func (v *visit) report(name string, flags []string) ([]byte, error) {
	t := newTree(v)
	all, err := t.lists()
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(all, func(p papers.Paper) bool { return p.Name == name })
	if at < 0 {
		var names []string
		for _, p := range all {
			names = append(names, p.Name)
		}
		if len(names) == 0 {
			return nil, misused(words.FilesNoReports)
		}
		return nil, misused(words.FilesNoReport, "name", data.Clean(name, maxName), "names", strings.Join(names, ", "))
	}
	o, err := parseOrder(all[at], flags)
	if err != nil {
		return nil, err
	}
	release, err := v.door.turn(v.ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	v.door.watch(v, "make")
	sheet, err := v.door.Shelf.Fill(v.ctx, v.by, name, o.ask)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := papers.Write(&out, o.format, sheet); err != nil {
		return nil, err
	}
	return out.Bytes(), v.note(listsName+"/"+name+o.format.Ext(), "report", out.Len())
}

// parseOrder reads the flags of a report. A value runs to the next flag: ssh glues the words of a command
// together and the quotes of the client's shell are gone, so a title comes in as several words.
func parseOrder(p papers.Paper, args []string) (order, error) {
	o := order{format: papers.FormatTable}
	given := map[string]bool{}
	for len(args) > 0 {
		flag, rest, _ := strings.Cut(args[0], "=")
		var value []string
		if rest != "" {
			value = []string{rest}
		}
		for args = args[1:]; len(args) > 0 && !strings.HasPrefix(args[0], "--"); args = args[1:] {
			value = append(value, args[0])
		}
		if !knows(p, flag) {
			return o, misused(words.FilesFlag, "name", data.Clean(flag, maxName), "flags", strings.Join(flagsOf(p), ", "))
		}
		if len(value) == 0 || given[flag] {
			return o, misused(words.FilesValue, "name", flag)
		}
		given[flag] = true
		if err := o.set(flag, strings.Join(value, " ")); err != nil {
			return o, err
		}
	}
	if needed := p.Needs(); needed != "" && !given["--"+string(needed)] {
		return o, misused(words.FilesValue, "name", "--"+string(needed))
	}
	return o, nil
}

const formatFlag = "--format"

func flagsOf(p papers.Paper) []string {
	all := []string{formatFlag}
	for _, q := range p.Asks {
		all = append(all, "--"+string(q))
	}
	return all
}

func knows(p papers.Paper, flag string) bool { return slices.Contains(flagsOf(p), flag) }

func (o *order) set(flag, value string) (err error) {
	switch flag {
	case formatFlag:
		if value == "txt" {
			value = string(papers.FormatTable)
		}
		if o.format, err = papers.ParseFormat(value); err != nil {
			return misused(words.FilesFormat, "name", data.Clean(value, maxName), "formats", papers.FormatNames())
		}
	case "--" + string(papers.AsksCampaign):
		o.ask.Campaign = value
	case "--" + string(papers.AsksSeries):
		o.ask.Series = value
	case "--" + string(papers.AsksProcedure):
		o.ask.Procedure = value
	case "--" + string(papers.AsksCourse):
		o.ask.Course = value
	case "--" + string(papers.AsksFrom):
		return day(&o.ask.From, flag, value)
	case "--" + string(papers.AsksUntil):
		return day(&o.ask.Until, flag, value)
	case "--" + string(papers.AsksLimit):
		if o.ask.Limit, err = strconv.Atoi(value); err != nil || o.ask.Limit < 1 || o.ask.Limit > papers.MaxLimit {
			return misused(words.FilesLimit, "name", data.Clean(value, maxName), "most", papers.MaxLimit)
		}
	}
	return nil
}

// day reads a day as scripts write it, 2026-12-24.
func day(to *string, flag, value string) error {
	if _, err := data.ParseDay(value); err != nil {
		return misused(words.FilesDay, "name", flag, "got", data.Clean(value, maxName))
	}
	*to = value
	return nil
}
