package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// replaceFile puts text into a file in one step: whoever opens the file finds the old text or the new one, also
// when the disk is full or the power goes. A new file can be read by its owner alone, since lists name people;
// one that was there keeps its mode. A symbolic link stays one.
func replaceFile(path string, text []byte) (err error) {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	mode := fs.FileMode(0o600)
	if info, err := os.Stat(path); err == nil {
		mode = info.Mode().Perm()
	}
	temp, err := os.CreateTemp(filepath.Dir(path), ".digibrug-*")
	if errors.Is(err, fs.ErrNotExist) {
		return &fs.PathError{Op: "write", Path: filepath.Dir(path), Err: syscall.ENOTDIR}
	} else if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(temp.Name()) // what is left of a failure
		}
	}()
	_, err = temp.Write(text)
	for _, step := range []func() error{func() error { return temp.Chmod(mode) }, temp.Sync} {
		if err == nil {
			err = step()
		}
	}
	if err = errors.Join(err, temp.Close()); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err = os.Rename(temp.Name(), path); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}
