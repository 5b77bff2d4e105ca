package files

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path"
	"strings"
	"sync/atomic"
	"time"

	"digibrug/data"
	"digibrug/tui/server"
	"digibrug/tui/words"

	"github.com/gliderlabs/ssh"
	"github.com/pkg/sftp"
)

// How much one visit may have open at the same time, and how many bytes of it.
const (
	maxHandles = 32
	maxOpen    = 32 << 20
)

// reading is how old the Gate's yes may be for a file that is open already; opening asks anew.
const reading = 5 * time.Second

// refusal is an answer of the SFTP server: a code that programs know and a sentence that some show.
type refusal struct {
	code error // sftp.ErrSSHFx…
	text string
}

func (r *refusal) Error() string { return r.text }
func (r *refusal) Unwrap() error { return r.code }

// sftp serves the tree until the client leaves.
func (v *visit) sftp(s ssh.Session) int {
	t := &transfer{v: v, tree: newTree(v)}
	srv := sftp.NewRequestServer(&sieve{ReadWriteCloser: s, touch: v.touch}, sftp.Handlers{FileGet: t, FilePut: t, FileCmd: t, FileList: t})
	v.log.Info("sftp begins")
	err := srv.Serve()
	if err != nil && !errors.Is(err, io.EOF) && v.ctx.Err() == nil {
		v.log.Warn("sftp ends", "err", data.Clean(err.Error(), 200))
		return exitFailed
	}
	v.log.Info("sftp ends")
	return exitDone
}

// transfer answers the requests of one SFTP session. The library calls it from a goroutine in which a panic
// would end the process, so all of it goes through guard. All but ReadAt of open files comes from one
// goroutine, one request after the other.
type transfer struct {
	v    *visit
	tree *tree
	open map[string][]*openFile // by path
	size int                    // bytes of all that is open
}

// guard runs one request: first it asks whether the person may still be here, and afterwards it makes an
// answer of what went wrong. Panics end here.
func (t *transfer) guard(what string, do func() error) error {
	err := error(&refusal{sftp.ErrSSHFxFailure, nl.T(words.FilesFailed, "ref", t.v.ref)})
	server.Safely(t.v.log, func() {
		t.v.door.watch(t.v, what)
		now := t.v.present(0)
		if now == nil {
			now = do()
		}
		err = t.answer(now) // only here: a panic before leaves the failure
	})
	return err
}

// answer makes the answer to an error.
func (t *transfer) answer(err error) error {
	var ready *refusal
	switch {
	case err == nil, errors.As(err, &ready):
		return err
	case errors.Is(err, errNoFile), errors.Is(err, data.ErrNotFound):
		return &refusal{sftp.ErrSSHFxNoSuchFile, nl.T(words.FilesNoFile)}
	case errors.Is(err, data.ErrDenied):
		return &refusal{sftp.ErrSSHFxPermissionDenied, t.v.tell(err)}
	case errors.Is(err, context.Canceled):
		return &refusal{sftp.ErrSSHFxConnectionLost, nl.T(words.FilesStop)}
	}
	return &refusal{sftp.ErrSSHFxFailure, t.v.tell(err)}
}

// Fileread opens a file.
func (t *transfer) Fileread(r *sftp.Request) (io.ReaderAt, error) {
	var f *openFile
	err := t.guard("read", func() (err error) {
		f, err = t.opens(r.Filepath)
		return err
	})
	if err != nil {
		return nil, err // and no f, which would be a ReaderAt that is not nil
	}
	return f, nil
}

func (t *transfer) opens(path string) (*openFile, error) {
	names, ok := steps(path)
	switch {
	case !ok:
		return nil, errNoFile
	case t.v.door.stopping.Load():
		return nil, &refusal{sftp.ErrSSHFxFailure, nl.T(words.FilesStop)}
	case t.v.work.Load() >= maxHandles:
		return nil, &refusal{sftp.ErrSSHFxFailure, nl.T(words.FilesTooMany)}
	}
	e, body, err := t.tree.file(names)
	if errors.Is(err, errNoFile) {
		if e, err := t.tree.stat(path); err == nil && e.dir {
			return nil, &refusal{sftp.ErrSSHFxFailure, nl.T(words.FilesFolder)}
		}
	}
	if err != nil {
		return nil, err
	}
	if t.size > 0 && t.size+len(body) > maxOpen {
		return nil, &refusal{sftp.ErrSSHFxFailure, nl.T(words.FilesTooMany)}
	}
	if err := t.v.note(strings.Join(names, "/"), "sftp", len(body)); err != nil {
		return nil, err
	}
	f := &openFile{t: t, path: path, entry: e, body: body}
	if t.open == nil {
		t.open = map[string][]*openFile{}
	}
	t.open[path] = append(t.open[path], f)
	t.size += len(body)
	t.v.work.Add(1)
	return f, nil
}

// openFile is a file as it was when it was opened.
type openFile struct {
	t      *transfer
	path   string
	entry  entry
	body   []byte
	closed atomic.Bool
}

// ReadAt may be called by several goroutines at the same time.
func (f *openFile) ReadAt(p []byte, off int64) (n int, err error) {
	v := f.t.v
	err = &refusal{sftp.ErrSSHFxFailure, nl.T(words.FilesFailed, "ref", v.ref)}
	server.Safely(v.log, func() {
		v.door.watch(v, "readat")
		if now := v.present(reading); now != nil {
			err = f.t.answer(now)
			return
		}
		n, err = bytes.NewReader(f.body).ReadAt(p, off) // a negative offset is an error
	})
	return n, err
}

// Close is called once, by the client's request or at the end of the session.
func (f *openFile) Close() error {
	if f.closed.Swap(true) {
		return nil
	}
	left := f.t.open[f.path][:0]
	for _, other := range f.t.open[f.path] {
		if other != f {
			left = append(left, other)
		}
	}
	if f.t.open[f.path] = left; len(left) == 0 {
		delete(f.t.open, f.path)
	}
	f.t.size -= len(f.body)
	f.t.v.work.Add(-1)
	return nil
}

// Filewrite refuses to open a file for anything but reading.
func (t *transfer) Filewrite(*sftp.Request) (io.WriterAt, error) {
	return nil, t.guard("write", t.readOnly)
}

// Filecmd refuses everything that would change something: Setstat, Rename, Rmdir, Mkdir, Link, Symlink, Remove.
func (t *transfer) Filecmd(*sftp.Request) error { return t.guard("change", t.readOnly) }

func (t *transfer) readOnly() error {
	t.v.door.threshold.Warn("change of a file refused", "from", t.v.wire.From(), "login", t.v.by.Name)
	return &refusal{sftp.ErrSSHFxPermissionDenied, nl.T(words.FilesReadOnly)}
}

// Filelist lists a folder, or gives the facts of one path.
func (t *transfer) Filelist(r *sftp.Request) (sftp.ListerAt, error) {
	var out listing
	err := t.guard("list", func() (err error) {
		switch r.Method {
		case "List":
			out.entries, err = t.folder(r.Filepath)
		case "Stat":
			out.entries, err = t.facts(r.Filepath)
		case "Readlink": // there are no links
			if _, err = t.facts(r.Filepath); err == nil {
				err = &refusal{sftp.ErrSSHFxFailure, nl.T(words.FilesNoLink)}
			}
		default:
			err = &refusal{sftp.ErrSSHFxOpUnsupported, nl.T(words.FilesReadOnly)}
		}
		if err == nil && r.Method == "List" {
			t.v.work.Add(1)
			out.done = func() { t.v.work.Add(-1) }
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return &out, nil
}

func (t *transfer) folder(path string) ([]entry, error) {
	if t.v.work.Load() >= maxHandles {
		return nil, &refusal{sftp.ErrSSHFxFailure, nl.T(words.FilesTooMany)}
	}
	return t.tree.list(path)
}

// facts are those of the file that is open, while it is, so that a client that asks for the size half-way gets
// that of what it reads.
func (t *transfer) facts(path string) ([]entry, error) {
	if f := t.open[path]; len(f) > 0 {
		return []entry{f[len(f)-1].entry}, nil
	}
	e, err := t.tree.stat(path)
	return []entry{e}, err
}

// RealPath makes a path absolute. It says nothing of what is there.
func (t *transfer) RealPath(p string) (string, error) {
	if len(p) > maxPath || strings.ContainsRune(p, 0) {
		return "", &refusal{sftp.ErrSSHFxNoSuchFile, nl.T(words.FilesNoFile)}
	}
	return path.Clean("/" + p), nil
}

// listing is a list of entries as the library takes it. It never changes.
type listing struct {
	entries []entry
	done    func() // nil, or to be called once at the end
}

func (l *listing) ListAt(out []os.FileInfo, from int64) (n int, err error) {
	if from < 0 || from >= int64(len(l.entries)) {
		return 0, io.EOF
	}
	for _, e := range l.entries[from:] {
		if n == len(out) {
			return n, nil
		}
		out[n] = e
		n++
	}
	return n, io.EOF
}

func (l *listing) Close() error {
	if l.done != nil {
		l.done()
		l.done = nil
	}
	return nil
}
