package files

import (
	"io"
	"slices"
	"time"

	"digibrug/tui/papers"
)

// made is a list, made in a format.
type made struct {
	body []byte
	at   time.Time // as it stands in the list
}

// source is a paper that can be written in its formats.
type source struct {
	write func(io.Writer, papers.Format) error
	at    time.Time
}

// larder keeps what a visit has just made: the last paper, since all its formats are asked for one after the
// other, and files up to so many bytes, the newest.
type larder struct {
	keep  time.Duration
	most  int // bytes
	files []keptFile
	last  keptSource
}

type keptFile struct {
	name   string
	format papers.Format
	since  time.Time // with the monotonic clock
	made
}

type keptSource struct {
	name  string
	since time.Time
	source
}

func (l *larder) file(name string, f papers.Format) (made, bool) {
	for _, k := range l.files {
		if k.name == name && k.format == f && time.Since(k.since) < l.keep {
			return k.made, true
		}
	}
	return made{}, false
}

func (l *larder) sourceOf(name string) (source, bool) {
	return l.last.source, l.last.name == name && time.Since(l.last.since) < l.keep
}

func (l *larder) putSource(name string, s source) { l.last = keptSource{name, time.Now(), s} }

// put keeps a file and drops what is too old or too much, though never this one. It counts from when its paper
// was filled.
func (l *larder) put(name string, f papers.Format, m made) made {
	l.files = slices.DeleteFunc(l.files, func(k keptFile) bool {
		return k.name == name && k.format == f || time.Since(k.since) >= l.keep
	})
	l.files = append(l.files, keptFile{name, f, l.last.since, m})
	bytes := 0
	for i := len(l.files) - 1; i >= 0; i-- {
		if bytes += len(l.files[i].body); bytes > l.most && i < len(l.files)-1 {
			l.files = slices.Delete(l.files, 0, i+1)
			break
		}
	}
	return m
}
