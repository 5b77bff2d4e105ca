package server

import (
	"context"
	"crypto/rsa"
	"errors"
	"log/slog"
	"strings"
	"unicode/utf8"

	"digibrug/data"
	"digibrug/tui/words"

	"charm.land/ssh"
	gossh "golang.org/x/crypto/ssh"
)

// Gate decides who may come in. It is called once per attempt, by many connections at the same time; it
// blocks for the delays that it imposes and honours ctx, which ends when the client goes or the grace is
// over. login and password are what the client sent: at most maxLogin and maxAnswer bytes, valid UTF-8 in
// the case of login, otherwise anything. An identity that is not Known lets nobody in.
type Gate interface {
	// Password answers for one guess, by either of the two password methods.
	Password(ctx context.Context, login, password, from string) (data.Identity, error)
	// Key answers whether key may log in as login. It is asked for keys that are merely offered, also by
	// people who don't own them: it must be cheap and change nothing.
	Key(ctx context.Context, login string, key gossh.PublicKey, from string) (data.Identity, error)
	// Code answers for one guess of a paper code; at is the kiosk at which it was typed, zero at the door.
	Code(ctx context.Context, code, from string, at data.Identity) (data.Identity, error)
	// AsksSecond tells whether the account that gave a right password or key must give a second proof.
	AsksSecond(ctx context.Context, id data.Identity, from string) (bool, error)
	// Second answers for one try of it: nil when it is right.
	Second(ctx context.Context, id data.Identity, answer, from string) error
	// Entered hears of each log-in that was proved: the place for "last used" and the audit row.
	Entered(ctx context.Context, id data.Identity)
	// Left hears of each log-in that Entered heard of, once its connection has gone.
	Left(ctx context.Context, id data.Identity)
}

const (
	maxLogin  = 128  // bytes of a log-in name that reach the Gate
	maxAnswer = 1024 // bytes of a password that reach the Gate: hashing more is work for an attacker's sake
	minRSA    = 2048 // bits
)

var (
	errRefused = errors.New("permission denied")
	errTries   = errors.New("too many passwords on one connection")
)

// Only what this list has can be negotiated; TestAlgorithms holds the golden list. The stock lists of
// x/crypto still have SHA-1 (diffie-hellman-group14-sha1, hmac-sha1, hmac-sha1-96). Strict key exchange,
// against Terrapin, is added by the library.
func algorithms() gossh.Config {
	return gossh.Config{
		KeyExchanges: []string{
			gossh.KeyExchangeMLKEM768X25519, gossh.KeyExchangeCurve25519,
			gossh.KeyExchangeECDHP256, gossh.KeyExchangeECDHP384,
		},
		Ciphers: []string{
			gossh.CipherAES128GCM, gossh.CipherAES256GCM, gossh.CipherChaCha20Poly1305,
			gossh.CipherAES128CTR, gossh.CipherAES256CTR,
		},
		MACs: []string{gossh.HMACSHA256ETM, gossh.HMACSHA512ETM, gossh.HMACSHA256, gossh.HMACSHA512},
	}
}

// keyAlgorithms are those of people's keys: no SHA-1, no DSA; ecdsa is what a Belgian eID speaks.
func keyAlgorithms() []string {
	return []string{
		gossh.KeyAlgoED25519, gossh.KeyAlgoSKED25519, gossh.KeyAlgoSKECDSA256,
		gossh.KeyAlgoECDSA256, gossh.KeyAlgoECDSA384, gossh.KeyAlgoRSASHA256, gossh.KeyAlgoRSASHA512,
	}
}

// goodKey tells whether a key is of a type and size that the door takes. Certificates have types of
// their own and so are none of these.
func goodKey(key gossh.PublicKey) bool {
	switch key.Type() {
	case gossh.KeyAlgoED25519, gossh.KeyAlgoSKED25519, gossh.KeyAlgoSKECDSA256,
		gossh.KeyAlgoECDSA256, gossh.KeyAlgoECDSA384:
		return true
	case gossh.KeyAlgoRSA: // the type of the key; the signature is SHA-2, see keyAlgorithms
		ck, ok := key.(gossh.CryptoPublicKey)
		if !ok {
			return false
		}
		pub, ok := ck.CryptoPublicKey().(*rsa.PublicKey)
		return ok && pub.N.BitLen() >= minRSA
	}
	return false
}

// identityKey is where an accepted attempt leaves the identity, in the permissions of that very attempt.
type identityKey struct{}

// identityOf reads who a finished handshake let in. There is no other way to learn it: the context of the
// connection also holds what merely offered keys and abandoned attempts left there (CVE-2024-45337,
// CVE-2026-24058).
func identityOf(p *gossh.Permissions) (data.Identity, bool) {
	if p == nil {
		return data.Identity{}, false
	}
	id, ok := p.ExtraData[identityKey{}].(data.Identity)
	return id, ok && id.Known()
}

// attempts are the log-in attempts of one connection. The library calls it from one goroutine.
type attempts struct {
	wire    *wire
	gate    Gate
	lang    words.Lang
	guess   int           // passwords and codes so far
	slips   int           // codes so far in which the check letter found a typing error
	seconds int           // second proofs so far
	hint    string        // why the last code was refused; empty: none was
	proved  data.Identity // of the attempt that just succeeded; for Entered only
}

// serverConfig is made for each connection. The callbacks are set here and not through charm.land/ssh's
// handlers, which keep the state of an attempt in the context of the connection.
func (d *Door) serverConfig(ctx ssh.Context) *gossh.ServerConfig {
	a := &attempts{wire: wireOf(ctx), gate: d.gate, lang: d.lang}
	return &gossh.ServerConfig{
		Config:                      algorithms(),
		PublicKeyAuthAlgorithms:     keyAlgorithms(),
		MaxAuthTries:                d.limits.AuthTries,
		PasswordCallback:            a.password,
		KeyboardInteractiveCallback: a.interactive,
		PublicKeyCallback:           a.offered,
		VerifiedPublicKeyCallback:   a.signed,
		AuthLogCallback:             a.told,
	}
}

func (a *attempts) password(c gossh.ConnMetadata, password []byte) (*gossh.Permissions, error) {
	if a.spent() {
		return nil, errTries
	}
	if isCodeLogin(c.User()) {
		return a.byCodeAsPassword(string(password))
	}
	id, err := a.try(c.User(), string(password))
	if err != nil {
		return nil, err
	}
	switch asks, err := a.asksSecond(id); {
	case err != nil:
		return nil, err
	case asks:
		return nil, a.partly(id, "password")
	}
	return a.enter(id, "password")
}

func (a *attempts) interactive(c gossh.ConnMetadata, ask gossh.KeyboardInteractiveChallenge) (*gossh.Permissions, error) {
	if a.spent() {
		return nil, errTries
	}
	if isCodeLogin(c.User()) {
		return a.byCode(ask)
	}
	hint := words.DoorPasswordHint
	if a.guess > 0 {
		hint = words.DoorPasswordAgain
	}
	answers, err := ask("", wrapped(words.T(a.lang, hint)), []string{words.T(a.lang, words.DoorPassword)}, []bool{false})
	if err != nil || len(answers) != 1 {
		return nil, errRefused
	}
	id, err := a.try(c.User(), answers[0])
	if err != nil {
		if a.guess >= a.wire.door.limits.PasswordTries {
			_, _ = ask("", wrapped(words.T(a.lang, words.DoorPasswordSpent)), nil, nil) // a sentence without a question; the line is cut next
		}
		return nil, err
	}
	switch asks, err := a.asksSecond(id); {
	case err != nil:
		return nil, err
	case asks:
		return a.inOneTalk(ask, id, "keyboard-interactive")
	}
	return a.enter(id, "keyboard-interactive")
}

// isCodeLogin tells whether somebody comes with a paper code.
func isCodeLogin(login string) bool { return strings.EqualFold(login, data.CodeLogin) }

// isKioskLogin tells whether somebody says to be a kiosk.
func isKioskLogin(login string) bool { return strings.EqualFold(login, data.KioskLogin) }

// nobody makes a log-in name that no account can have: what is tried under it costs the same time and counts for
// the address, but can't come in, and slows nobody who works here.
func nobody(login string) string { return "@" + login }

// try brings one password to the Gate. Both methods share the count, so that mixing them gains nothing. Where the
// listener doesn't admit staff, the Gate is asked about a name that nobody has.
func (a *attempts) try(login, password string) (data.Identity, error) {
	a.guess++
	if len(password) > maxAnswer || !goodLogin(login) {
		return data.Identity{}, errRefused
	}
	if !a.wire.admits(Staff) {
		login = nobody(login)
	}
	id, err := a.gate.Password(a.wire.ctx, login, password, a.wire.from)
	if err != nil || !a.wire.admits(Staff) {
		return data.Identity{}, errRefused
	}
	return id, nil
}

// spent tells whether all tries are used up, and then cuts the connection: a client that goes on guessing
// must come in by the turnstile again.
func (a *attempts) spent() bool {
	if tries := a.wire.door.limits.PasswordTries; a.guess < tries && a.seconds < tries {
		return false
	}
	a.wire.door.loud.warn("too many passwords on one connection", "from", a.wire.from)
	_ = a.wire.Close()
	return true
}

func (a *attempts) offered(c gossh.ConnMetadata, key gossh.PublicKey) (*gossh.Permissions, error) {
	kind := Staff
	if isKioskLogin(c.User()) {
		kind = Kiosk
	}
	if !goodKey(key) || !goodLogin(c.User()) || !a.wire.admits(kind) {
		return nil, errRefused
	}
	id, err := a.gate.Key(a.wire.ctx, c.User(), key, a.wire.from)
	if err != nil {
		return nil, errRefused
	}
	return a.permit(id, "publickey")
}

// signed is called once the client has proved that it owns the key; p are the permissions that offered
// gave for this very key and name.
func (a *attempts) signed(_ gossh.ConnMetadata, _ gossh.PublicKey, p *gossh.Permissions, _ string) (*gossh.Permissions, error) {
	id, ok := identityOf(p)
	if !ok {
		return nil, errRefused
	}
	if id.AccountID != "" {
		switch asks, err := a.asksSecond(id); {
		case err != nil:
			return nil, err
		case asks:
			return nil, a.partly(id, "publickey")
		}
	}
	a.proved = id
	return p, nil
}

// enter is the last step of an attempt by anything but a key.
func (a *attempts) enter(id data.Identity, method string) (*gossh.Permissions, error) {
	p, err := a.permit(id, method)
	if err == nil {
		a.proved, _ = identityOf(p)
	}
	return p, err
}

// permit puts the identity into the permissions of this attempt. A yes to nobody is a no, and so is one to
// somebody whom this listener doesn't admit.
func (a *attempts) permit(id data.Identity, method string) (*gossh.Permissions, error) {
	if !id.Known() {
		a.wire.log.Error("the gate let in an identity that is nobody's", "method", method)
		return nil, errRefused
	}
	if !a.wire.admits(kindOf(id)) {
		return nil, errRefused
	}
	id.Method, id.From = method, a.wire.from
	return &gossh.Permissions{ExtraData: map[any]any{identityKey{}: id}}, nil
}

// told hears the outcome of each attempt, after all checks of the library. Only here is a log-in certain: a first
// proof that a question follows comes by as an error.
func (a *attempts) told(c gossh.ConnMetadata, method string, err error) {
	id := a.proved
	a.proved = data.Identity{} // it is this attempt's, whatever became of it
	var partly *gossh.PartialSuccessError
	switch {
	case err == nil && id.Known():
		a.gate.Entered(a.wire.ctx, id)
		a.wire.AfterClose(func(ctx context.Context) { a.gate.Left(ctx, id) })
		a.wire.enter()
		a.wire.log.Info("log-in", "login", data.Clean(id.Login, maxLogin), "method", id.Method)
	case err == nil: // nothing leads here: refuse by ending the connection
		a.wire.log.Error("log-in without proof", "method", data.Clean(method, 40))
		_ = a.wire.Close()
	case errors.As(err, &partly):
		a.wire.log.Debug("first proof given", "login", data.Clean(c.User(), maxLogin), "method", data.Clean(method, 40))
	case !errors.Is(err, gossh.ErrNoAuth):
		a.wire.log.LogAttrs(a.wire.ctx, slog.LevelDebug, "log-in refused",
			slog.String("login", data.Clean(c.User(), maxLogin)), slog.String("method", data.Clean(method, 40)))
	}
}

func goodLogin(s string) bool { return s != "" && len(s) <= maxLogin && utf8.ValidString(s) }
