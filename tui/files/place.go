package files

import (
	"os"
	"strings"
	"time"
	"unicode"

	"digibrug/data"
)

// Names at the top of the tree.
const (
	readmeName     = "LEESMIJ.txt"
	lettersName    = "brieven"
	listsName      = "lijsten"
	proceduresName = "aanwervingen"
)

// maxPath is the length in bytes of a path; the longest that there is stays well below.
const maxPath = 1024

// entry is a file or folder as it is listed. It is an os.FileInfo.
type entry struct {
	name string
	size int64
	dir  bool
	at   time.Time
}

func (e entry) Name() string       { return e.name }
func (e entry) Size() int64        { return e.size }
func (e entry) IsDir() bool        { return e.dir }
func (e entry) ModTime() time.Time { return e.at }
func (e entry) Sys() any           { return nil }

// Mode says read-only: clients then don't offer what is refused.
func (e entry) Mode() os.FileMode {
	if e.dir {
		return os.ModeDir | 0o555
	}
	return 0o444
}

// steps cuts a path into the names of the folders on the way, none for the root. ok is false for what can't
// be a path here; dots were resolved before, and mean nothing if they were not.
func steps(path string) (names []string, ok bool) {
	if len(path) > maxPath || !strings.HasPrefix(path, "/") {
		return nil, false
	}
	path = strings.Trim(path, "/")
	if path == "" {
		return nil, true
	}
	return strings.Split(path, "/"), true
}

// maxName is the length in characters of the name of a file, before its ending.
const maxName = 80

// fileName makes a name that Windows takes too of a text that somebody typed. It is never empty, holds no
// path, and does not start with a dot.
func fileName(text string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`/\:*?"<>|`, r):
			return '-'
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, data.Clean(text, maxName))
	name = strings.Trim(name, ". ")
	stem, _, _ := strings.Cut(strings.ToUpper(name), ".")
	switch {
	case name == "":
		return "_"
	case len(stem) <= 4 && reserved(stem):
		return "_" + name
	}
	return name
}

// reserved tells whether Windows keeps a name for a device.
func reserved(stem string) bool {
	switch stem {
	case "CON", "PRN", "AUX", "NUL":
		return true
	}
	return len(stem) == 4 && (strings.HasPrefix(stem, "COM") || strings.HasPrefix(stem, "LPT")) && stem[3] >= '0' && stem[3] <= '9'
}

// distinct gives each of the texts a file name, made by clean, that no other has, upper and lower case being the
// same: where two would be alike, all of them get the end of their id.
func distinct(texts, ids []string, clean func(string) string) []string {
	names, count := make([]string, len(texts)), map[string]int{}
	for i, t := range texts {
		names[i] = clean(t)
		count[strings.ToLower(names[i])]++
	}
	for i, name := range names {
		if count[strings.ToLower(name)] > 1 {
			stem, ext := cutExt(name)
			names[i] = stem + " (" + ids[i][max(0, len(ids[i])-6):] + ")" + ext
		}
	}
	return names
}

// cutExt cuts a short ending off a name: ".pdf".
func cutExt(name string) (stem, ext string) {
	dot := strings.LastIndexByte(name, '.')
	if dot <= 0 || len(name)-dot > 6 || strings.ContainsRune(name[dot:], ' ') {
		return name, ""
	}
	return name[:dot], name[dot:]
}
