package data

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
)

// The codes that an app on a telephone shows (TOTP, RFC 6238), with what every app takes without being told:
// SHA-1, six digits, a new code each half minute.
const (
	totpStep   = 30 * time.Second
	totpDigits = 6
	totpBytes  = 20 // of the secret, as long as a SHA-1 (RFC 4226, 4: 128 bits at least, 160 recommended)
	// totpAway is how many steps the clock of a telephone may be off, either way (RFC 6238, 5.2: one).
	totpAway = 1
	// totpLabel is how many characters of the log-in name the app is told: with them the QR code has 33 modules a
	// side, which as half blocks still fits a screen of 24 lines.
	totpLabel = 22
)

// Enrolment is a secret that an account is about to share with an app. It is stored once its owner has typed a
// code that the app made of it.
type Enrolment struct {
	Login  string // of the account
	Secret string // base32, 32 signs, no padding
}

var totpBase32 = base32.StdEncoding.WithPadding(base32.NoPadding)

// NewEnrolment makes a secret by chance.
func NewEnrolment(login string) Enrolment {
	secret := make([]byte, totpBytes)
	_, _ = rand.Read(secret) // never fails since Go 1.24
	return Enrolment{Login: login, Secret: totpBase32.EncodeToString(secret)}
}

// URI is what the QR code says: otpauth://totp/digibrug:LOGIN?secret=SECRET. Lead is the part before the secret. What
// apps take as given (the algorithm, six digits, 30 seconds) is left out, so that the QR code stays small.
func (e Enrolment) URI() (lead, whole string) {
	label := e.Login[:min(len(e.Login), totpLabel)]
	lead = "otpauth://totp/digibrug:" + url.PathEscape(label) + "?secret="
	return lead, lead + e.Secret
}

// Groups is the secret for people who type it: groups of four.
func (e Enrolment) Groups() []string {
	var all []string
	for s := e.Secret; s != ""; s = s[min(4, len(s)):] {
		all = append(all, s[:min(4, len(s))])
	}
	return all
}

// check tells whether the secret is one that NewEnrolment made.
func (e Enrolment) check() error {
	raw, err := totpBase32.DecodeString(e.Secret)
	if err != nil || len(raw) != totpBytes {
		return fmt.Errorf("secret of a second factor has %d bytes, want %d: %w", len(raw), totpBytes, ErrDenied)
	}
	return nil
}

// totpAt is the time step of a moment, counted from 1970.
func totpAt(at time.Time) int64 { return at.Unix() / int64(totpStep/time.Second) }

// totpCode is the code of a time step.
func totpCode(secret string, step int64) (string, error) {
	code, err := hotp.GenerateCodeCustom(secret, uint64(step), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
	if err != nil {
		return "", fmt.Errorf("code of a second factor: %w", err) // without the secret
	}
	return code, nil
}

// totpMatch gives the time step after last of which code is the one, at the moment or a step beside it; ok is false
// when there is none. Every step that counts is looked at, whatever the others say.
func totpMatch(secret, code string, at time.Time, last int64) (step int64, ok bool, err error) {
	now := totpAt(at)
	for s := now - totpAway; s <= now+totpAway; s++ {
		want, err := totpCode(secret, s)
		if err != nil {
			return 0, false, err
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 && s > last && !ok {
			step, ok = s, true
		}
	}
	return step, ok, nil
}

// parseTOTP gives the six digits of what somebody typed, without the spaces that apps show in the middle; ok is
// false for what is no such code.
func parseTOTP(answer string) (code string, ok bool) {
	if len(answer) > codeTyped {
		return "", false
	}
	code = strings.Map(codeLetter, answer)
	if len(code) != totpDigits || strings.Trim(code, "0123456789") != "" {
		return "", false
	}
	return code, true
}
