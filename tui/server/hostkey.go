package server

import (
	"crypto/ed25519"
	"crypto/rand"
	"digibrug/data"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"

	gossh "golang.org/x/crypto/ssh"
)

// maxHostKey is the size in bytes above which a file is surely not a host key.
const maxHostKey = 64 << 10

// What people can mend about a host key.
var (
	ErrNoHostKey   = errors.New("host key is missing") // make it with digibrug init, or put it back from a backup
	ErrOpenHostKey = errors.New("host key may be read by others")
)

// LoadHostKey reads the door's own key. It refuses a file that is missing, that others may read, or that
// holds anything but an unencrypted ed25519 key. Stock wish makes a key in the working directory when
// there is none, and then people meet a door that they don't recognise.
func LoadHostKey(path string) (gossh.Signer, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s: %w", path, ErrNoHostKey)
	case err != nil:
		return nil, fmt.Errorf("host key: %w", err)
	case !info.Mode().IsRegular() || info.Size() > maxHostKey:
		return nil, fmt.Errorf("host key %s is not a key file", path)
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		return nil, fmt.Errorf("%s (%04o): %w", path, info.Mode().Perm(), ErrOpenHostKey)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("host key: %w", err)
	}
	key, err := gossh.ParsePrivateKey(text)
	var locked *gossh.PassphraseMissingError
	switch {
	case errors.As(err, &locked):
		return nil, fmt.Errorf("host key %s has a passphrase, and nobody is there to type it at start", path)
	case err != nil:
		return nil, fmt.Errorf("host key %s can't be read: %w", path, err)
	}
	return key, checkHostKey(key)
}

// checkHostKey holds to one type, so that the algorithms of the door are one known list.
func checkHostKey(key gossh.Signer) error {
	if t := key.PublicKey().Type(); t != gossh.KeyAlgoED25519 {
		return fmt.Errorf("host key is of type %s, want %s", t, gossh.KeyAlgoED25519)
	}
	return nil
}

// MakeHostKey makes a new ed25519 host key in path, readable by its owner only and safely on disk. It
// never writes over a file that is there.
func MakeHostKey(path string) (gossh.Signer, error) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make host key: %w", err)
	}
	block, err := gossh.MarshalPrivateKey(private, "digibrug host key")
	if err != nil {
		return nil, fmt.Errorf("make host key: %w", err)
	}
	if err := data.WriteNew(path, pem.EncodeToMemory(block)); err != nil {
		return nil, fmt.Errorf("make host key: %w", err)
	}
	return gossh.NewSignerFromKey(private)
}
