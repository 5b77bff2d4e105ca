package files

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"time"
	"unicode/utf8"

	"digibrug/data"
	"digibrug/tui/server"

	"github.com/gliderlabs/ssh"
	gossh "golang.org/x/crypto/ssh"
)

// method is how people come in here, for the audit row of the log-in.
const method = "files:publickey"

// maxLogin is how many bytes of a log-in name reach the Gate.
const maxLogin = 128

var errRefused = errors.New("permission denied")

// caller is a connection that is logging in. The library calls it from one goroutine.
type caller struct {
	door *Door
	wire *server.Wire
	// meta is the connection itself: User() is the name of the attempt that is being made. The library's own
	// context keeps the name of the first attempt for good, so a name taken from there may be another's.
	meta   gossh.ConnMetadata
	proved data.Identity // of the attempt that just succeeded; for Entered only
}

type callerKey struct{}

func callerOf(ctx context.Context) *caller {
	c, _ := ctx.Value(callerKey{}).(*caller)
	return c
}

// line is a wire as the library may see it. The library sets both deadlines anew before each read and each
// write; with none configured it so takes away the one that the wire has set for a write that hangs.
type line struct{ *server.Wire }

func (line) SetDeadline(time.Time) error { return nil }

// admit ties a connection to its caller.
func (d *Door) admit(ctx ssh.Context, conn net.Conn) net.Conn {
	w, ok := conn.(*server.Wire)
	if !ok {
		return nil // the library then closes it
	}
	ctx.SetValue(callerKey{}, &caller{door: d, wire: w})
	return line{w}
}

// serverConfig is made for each connection: no password, no questions, keys only. The library adds its own
// PublicKeyCallback, which ends in offered; the one that decides is VerifiedPublicKeyCallback.
func (d *Door) serverConfig(ctx ssh.Context) *gossh.ServerConfig {
	c := callerOf(ctx)
	return &gossh.ServerConfig{
		Config:                    server.Algorithms(),
		PublicKeyAuthAlgorithms:   server.KeyAlgorithms(),
		MaxAuthTries:              d.limits.AuthTries,
		PreAuthConnCallback:       func(conn gossh.ServerPreAuthConn) { c.meta = conn },
		VerifiedPublicKeyCallback: c.signed,
		AuthLogCallback:           c.told,
	}
}

// offered answers whether a key would do. It decides nothing: a client may offer keys of others.
func (d *Door) offered(ctx ssh.Context, key ssh.PublicKey) bool {
	c := callerOf(ctx)
	if c == nil || c.meta == nil {
		return false
	}
	_, err := c.owner(c.meta.User(), key)
	return err == nil
}

// proof is what a completed handshake has shown.
type proof struct {
	id  data.Identity
	key gossh.PublicKey
}

type proofKey struct{}

// signed is called once the client has proved that it holds the key. What was found for the key when it was
// offered, perhaps under another name, is dropped: the Gate is asked again, for this name and this key.
func (c *caller) signed(conn gossh.ConnMetadata, key gossh.PublicKey, _ *gossh.Permissions, _ string) (*gossh.Permissions, error) {
	id, err := c.owner(conn.User(), key)
	if err != nil {
		return nil, err
	}
	c.proved = id
	return &gossh.Permissions{ExtraData: map[any]any{proofKey{}: proof{id, key}}}, nil
}

// owner gives whose key it is, when it may log in under this name. The key of a kiosk and a paper code are
// nobody here.
func (c *caller) owner(login string, key gossh.PublicKey) (data.Identity, error) {
	if login == "" || len(login) > maxLogin || !utf8.ValidString(login) || !server.GoodKey(key) {
		return data.Identity{}, errRefused
	}
	id, err := c.door.Gate.Key(c.wire.Context(), login, key, c.wire.From())
	if err != nil || !somebody(id, login) {
		return data.Identity{}, errRefused
	}
	id.Method, id.From = method, c.wire.From()
	return id, nil
}

// somebody tells whether an identity is an account and nothing else, and has this log-in name.
func somebody(id data.Identity, login string) bool {
	return id.AccountID != "" && id.KioskID == "" && id.CodeID == "" && id.Login != "" && id.Login == data.SortKey(login)
}

// proofOf reads who a completed handshake let in. There is no other way to learn it: the context of the
// connection also holds what merely offered keys and abandoned attempts left there (CVE-2024-45337,
// CVE-2026-24058).
func proofOf(conn *gossh.ServerConn) (proof, bool) {
	if conn.Permissions == nil {
		return proof{}, false
	}
	p, ok := conn.Permissions.ExtraData[proofKey{}].(proof)
	return p, ok && p.key != nil && somebody(p.id, conn.User())
}

// told hears the outcome of each attempt, after all checks of the library. Only here is a log-in certain.
func (c *caller) told(conn gossh.ConnMetadata, how string, err error) {
	id := c.proved
	c.proved = data.Identity{}
	switch {
	case err == nil && somebody(id, conn.User()):
		c.door.Gate.Entered(c.wire.Context(), id)
		c.wire.AfterClose(func(ctx context.Context) { c.door.Gate.Left(ctx, id) })
		c.wire.Enter()
		c.wire.Log().Info("log-in", "login", data.Clean(id.Login, maxLogin), "method", method)
	case err == nil: // nothing leads here: refuse by ending the connection
		c.wire.Log().Error("log-in without proof", "method", data.Clean(how, 40))
		_ = c.wire.Close()
	case !errors.Is(err, gossh.ErrNoAuth):
		c.wire.Log().LogAttrs(c.wire.Context(), slog.LevelDebug, "log-in refused",
			slog.String("login", data.Clean(conn.User(), maxLogin)), slog.String("method", data.Clean(how, 40)))
	}
}
