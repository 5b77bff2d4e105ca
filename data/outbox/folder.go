package outbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"syscall"

	"digibrug/data"
)

// FolderSender drops papers in a folder. A paper's target is a folder inside it, which somebody must have made. A
// file appears whole, under its name, or not at all; one that is there already is never touched: the paper gets the
// next name, unless that file is this paper. Only on a disk that knows no links (a stick, some shares) the name is
// there, empty, for a moment before the file is.
type FolderSender struct{ Dir string }

// numbers is how many files of one name there can be, before something must be wrong.
const numbers = 1000

// Send writes one file, which only the server's user may read.
func (f FolderSender) Send(_ context.Context, p Paper, body []byte) (err error) {
	root, err := f.open(p.Target)
	if err != nil {
		return fmt.Errorf("open folder: %w", err)
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	part := ".digibrug-" + p.ID + ".part"
	if err := writePart(root, part, body); err != nil {
		return errors.Join(err, removeIfThere(root, part))
	}
	if err := errors.Join(place(root, part, CleanName(p.Name), body, root.Link), removeIfThere(root, part)); err != nil {
		return err
	}
	return syncNames(root)
}

// Check tells what would keep papers from being dropped in the folder itself, by dropping an empty one under a name
// that nobody looks for, and taking it away.
func (f FolderSender) Check() (err error) {
	root, err := f.open("")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	probe := ".digibrug-" + data.NewID() + ".part"
	return errors.Join(writePart(root, probe, nil), removeIfThere(root, probe))
}

// open gives the folder as a root: nothing that is asked of it can lie outside, not even through a link.
func (f FolderSender) open(sub string) (*os.Root, error) {
	root, err := os.OpenRoot(f.Dir)
	if err != nil || sub == "" {
		return root, err
	}
	defer root.Close()
	if !GoodTarget(sub) {
		return nil, fmt.Errorf("%q can't be a folder", sub)
	}
	return root.OpenRoot(sub)
}

// writePart writes a file under a name that nobody looks for. What an earlier try left there goes first, and is not
// overwritten: when that try died late, it is a second name of the paper that has its place already.
func writePart(root *os.Root, part string, body []byte) error {
	if err := removeIfThere(root, part); err != nil {
		return err
	}
	file, err := root.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(body)
	if err == nil {
		err = file.Sync() // a sent paper is on disk
	}
	return errors.Join(err, file.Close())
}

// place gives a written file its name, or the next one that is free. link makes a second name for a file, and fails
// when the name is taken.
func place(root *os.Root, part, name string, body []byte, link func(old, name string) error) error {
	for n := 1; n <= numbers; n++ {
		as := numbered(name, n)
		err := link(part, as)
		if err != nil && !errors.Is(err, fs.ErrExist) {
			err = rename(root, part, as) // a disk that knows no links: a stick, some shares
		}
		if !errors.Is(err, fs.ErrExist) {
			return err
		}
		if same(root, as, body) {
			return nil // from a try of which we never heard the end
		}
	}
	return fmt.Errorf("%d files called %q: %w", numbers, name, fs.ErrExist)
}

// rename takes the name with an empty file, which only one can make, and puts the written file in its place.
func rename(root *os.Root, part, as string) error {
	file, err := root.OpenFile(as, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	if err := root.Rename(part, as); err != nil {
		return errors.Join(err, removeIfThere(root, as))
	}
	return nil
}

// same tells whether a file is what would be written. Anything but a file is not even opened: a pipe would hold us.
func same(root *os.Root, name string, body []byte) bool {
	info, err := root.Lstat(name)
	if err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(body)) {
		return false
	}
	file, err := root.Open(name)
	if err != nil {
		return false
	}
	defer file.Close()
	has, err := io.ReadAll(io.LimitReader(file, MaxBody+1))
	return err == nil && bytes.Equal(has, body)
}

// syncNames puts the new name itself on disk. Windows has no such call and needs none; some shares refuse it, and
// then there is no more that can be done.
func syncNames(root *os.Root) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	dir, err := root.Open(".")
	if err != nil {
		return err
	}
	if err := dir.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, syscall.EINVAL) {
		return errors.Join(err, dir.Close())
	}
	return dir.Close()
}

func removeIfThere(root *os.Root, name string) error {
	if err := root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
