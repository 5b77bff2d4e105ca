package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"digibrug/tui/words"
)

// traces are the files and directories that a run makes in a new data directory, so that a run that fails
// leaves nothing half done.
type traces struct{ paths []string }

func (t *traces) note(paths ...string) { t.paths = append(t.paths, paths...) }

// database notes the files of an SQLite database.
func (t *traces) database(cfg Config) {
	if path, ok := cfg.file(); ok {
		t.note(path, path+"-wal", path+"-shm")
	}
}

// dir makes the data directory, for its owner alone.
func (t *traces) dir(dir string) error {
	var missing []string
	for at := filepath.Clean(dir); ; at = filepath.Dir(at) {
		if _, err := os.Stat(at); err == nil || at == filepath.Dir(at) {
			break
		}
		missing = slices.Insert(missing, 0, at)
	}
	t.note(missing...)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return os.Chmod(dir, 0o700) // it may have been there, empty and open to others
}

// undo removes what was made, the last first. A directory that something else came into stays.
func (t *traces) undo() {
	for _, path := range slices.Backward(t.paths) {
		_ = os.Remove(path) // what can't be removed the sentence about the failure doesn't need
	}
}

// unused refuses a directory that holds a digibrug, whole or half.
func unused(cfg Config) error {
	if _, err := os.Stat(cfg.path(configName)); err == nil {
		return failed(nil, nl.T(words.CliInitTwice, "dir", cfg.Data))
	}
	rest := []string{cfg.path(cfg.Key), cfg.path(cfg.FilesKey)}
	if path, ok := cfg.file(); ok {
		rest = append(rest, path)
	}
	for _, path := range rest {
		if _, err := os.Lstat(path); err == nil {
			return failed(nil, nl.T(words.CliInitHalf, "path", path))
		} else if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	there, err := os.ReadDir(cfg.Data)
	for _, entry := range there {
		if entry.Name() != "lost+found" { // an empty volume of its own has this
			return failed(nil, nl.T(words.CliInitNotEmpty, "dir", cfg.Data))
		}
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
