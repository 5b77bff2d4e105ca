package me

import (
	"digibrug/data"
	"digibrug/tui/shell"

	"rsc.io/qr/coding"
)

// WithSecret is a screen that sets up this secret, and no fresh one.
func WithSecret(screen shell.Screen, secret string) shell.Screen {
	with := func(login string) data.Enrolment { return data.Enrolment{Login: login, Secret: secret} }
	switch s := screen.(type) {
	case Second:
		s.fresh = with
		return s
	case Enrol:
		return newEnrol(s.S, s.store, with(s.S.Who.Login), false, s.next)
	}
	return screen
}

// The QR code, piece by piece.
var (
	QROf    = qrOf
	QRSize  = qrSize
	QRLines = qrLines
)

// Code is a QR code.
type Code = coding.Code

// NewCodes shows recovery codes.
var NewCodes = newCodes
