package data

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/sync/semaphore"
)

// HashParams are the costs of argon2id. Memory in KiB.
type HashParams struct {
	Memory  uint32 `toml:"memory_kib"`
	Time    uint32 `toml:"time"`
	Threads uint8  `toml:"threads"`
}

// DefaultHashParams are above the floor of OWASP's Password Storage Cheat Sheet (19 MiB, 2 passes, 1
// thread): some 60 ms on the office server that this runs on, which a person doesn't notice.
func DefaultHashParams() HashParams { return HashParams{Memory: 32 * 1024, Time: 3, Threads: 1} }

// Check says whether the parameters are usable: at least the floor, at most what would let a handful of
// log-ins exhaust the machine.
func (p HashParams) Check() error {
	switch {
	case p.Memory < 8*1024 || p.Memory > 1024*1024:
		return &Invalid{Field: "password.memory_kib", Why: WhyNumber, Want: "8192 … 1048576", Got: fmt.Sprint(p.Memory)}
	case p.Time < 1 || p.Time > 20:
		return &Invalid{Field: "password.time", Why: WhyNumber, Want: "1 … 20", Got: fmt.Sprint(p.Time)}
	case p.Threads < 1 || p.Threads > 16:
		return &Invalid{Field: "password.threads", Why: WhyNumber, Want: "1 … 16", Got: fmt.Sprint(p.Threads)}
	}
	return nil
}

// Hasher makes and checks password hashes. At most as many run at once as the machine has processors:
// each takes Memory, and a crowd at the door must not become a memory bomb.
type Hasher struct {
	params HashParams
	turns  *semaphore.Weighted
	decoy  string // a hash that no password fits, so that an unknown name costs the same time
}

// NewHasher gives a hasher with these costs.
func NewHasher(p HashParams) *Hasher {
	h := &Hasher{params: p, turns: semaphore.NewWeighted(int64(max(2, runtime.NumCPU())))}
	h.decoy = phc(p, make([]byte, saltLen), make([]byte, keyLen))
	return h
}

const (
	saltLen = 16 // bytes
	keyLen  = 32 // bytes
)

var errPHC = errors.New("stored hash is not argon2id in PHC form")

// Hash gives the PHC string of a password: $argon2id$v=19$m=…,t=…,p=…$salt$hash.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltLen)
	_, _ = rand.Read(salt) // never fails since Go 1.24
	key, err := h.key(ctx, h.params, password, salt)
	if err != nil {
		return "", err
	}
	return phc(h.params, salt, key), nil
}

// Fits tells whether the password is the one that stored was made of, and whether stored should be made
// anew because the costs have changed. An empty stored (no such account, or one without a password)
// never fits, and takes as long as any other.
func (h *Hasher) Fits(ctx context.Context, password, stored string) (fits, renew bool, err error) {
	known := stored != ""
	if !known {
		stored = h.decoy
	}
	p, salt, want, err := parsePHC(stored)
	if err != nil {
		return false, false, err
	}
	got, err := h.key(ctx, p, password, salt)
	if err != nil {
		return false, false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1 && known, p != h.params, nil
}

func (h *Hasher) key(ctx context.Context, p HashParams, password string, salt []byte) ([]byte, error) {
	if err := h.turns.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	defer h.turns.Release(1)
	return argon2.IDKey([]byte(password), salt, p.Time, p.Memory, p.Threads, keyLen), nil
}

func phc(p HashParams, salt, key []byte) string {
	enc := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.Memory, p.Time, p.Threads,
		enc.EncodeToString(salt), enc.EncodeToString(key))
}

func parsePHC(s string) (p HashParams, salt, key []byte, err error) {
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return p, nil, nil, errPHC
	}
	if _, err = fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.Memory, &p.Time, &p.Threads); err != nil {
		return p, nil, nil, errPHC
	}
	if p.Check() != nil {
		return p, nil, nil, errPHC
	}
	if salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil {
		return p, nil, nil, errPHC
	}
	if key, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil || len(key) != keyLen {
		return p, nil, nil, errPHC
	}
	return p, salt, key, nil
}
