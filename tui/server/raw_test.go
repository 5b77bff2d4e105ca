package server

import (
	"testing"

	"digibrug/tui/screentest"

	gossh "golang.org/x/crypto/ssh"
)

const (
	msgFailure  = screentest.MsgFailure
	msgSuccess  = screentest.MsgSuccess
	msgPubKeyOK = screentest.MsgPubKeyOK
)

// rawClient is an SSH client that may do what no library lets a client do.
type rawClient struct{ *screentest.Raw }

func dialRaw(t *testing.T, addr string) rawClient {
	t.Helper()
	return rawClient{screentest.DialRaw(t, addr)}
}

func (r rawClient) cut()                                        { r.Cut() }
func (r rawClient) write(payload []byte) error                  { return r.Send(payload) }
func (r rawClient) read() ([]byte, error)                       { return r.Receive() }
func (r rawClient) password(user, password string) byte         { return r.Password(user, password) }
func (r rawClient) interactive(user, answer string) byte        { return r.Interactive(user, answer) }
func (r rawClient) offer(user string, key gossh.PublicKey) byte { return r.Offer(user, key) }
func (r rawClient) closed() bool                                { return r.Closed() }
func (r rawClient) channel(window uint32) uint32                { return r.Channel(window) }
func request(channel uint32, kind string, payload []byte) []byte {
	return screentest.RawRequest(channel, kind, payload)
}
func input(channel uint32, data string) []byte { return screentest.RawInput(channel, data) }
