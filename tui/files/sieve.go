package files

import (
	"encoding/binary"
	"errors"
	"io"
)

// Types of the packets of SFTP version 3 that the library reads (draft-ietf-secsh-filexfer-02, section 3).
const (
	fxInit     = 1
	fxWrite    = 6
	fxFsetstat = 10
	fxSymlink  = 20 // the last of the types without a gap
	fxExtended = 200
)

// maxPacket is the length in bytes of a packet; clients keep to 34,000.
const maxPacket = 256 << 10

var errPacket = errors.New("sftp: packet of a length that can't be")

// sieve stands between the client and the SFTP library. It reads packet by packet, and turns what the library
// would answer wrongly into what it refuses: a write into a file that is open for reading (the library answers
// with the file's content), and types of packets that it does not know (it hangs up). It tells touch of each.
type sieve struct {
	io.ReadWriteCloser
	touch func()
	rest  []byte // of the packet that is being read
}

func (s *sieve) Read(p []byte) (int, error) {
	if len(s.rest) == 0 {
		var head [4]byte
		if _, err := io.ReadFull(s.ReadWriteCloser, head[:]); err != nil {
			return 0, err
		}
		n := binary.BigEndian.Uint32(head[:])
		if n == 0 || n > maxPacket {
			return 0, errPacket
		}
		packet := make([]byte, 4+n)
		if _, err := io.ReadFull(s.ReadWriteCloser, packet[4:]); err != nil {
			return 0, err
		}
		s.touch()
		packet = harmless(packet[4:], packet)
		binary.BigEndian.PutUint32(packet, uint32(len(packet)-4))
		s.rest = packet
	}
	n := copy(p, s.rest)
	s.rest = s.rest[n:]
	return n, nil
}

// harmless gives the packet to hand on: body is what follows its length, packet is all of it.
func harmless(body, packet []byte) []byte {
	kind := body[0]
	switch {
	case kind == fxWrite:
		handle, ok := handleOf(body)
		if !ok {
			return packet // cut short: the library hangs up
		}
		// An attempt to set no attributes on the same handle, which is refused.
		out := append([]byte{0, 0, 0, 0, fxFsetstat}, body[1:5]...)
		return append(append(out, handle...), 0, 0, 0, 0)
	case kind >= fxInit && kind <= fxSymlink && kind != 2, kind == fxExtended, len(body) < 5:
		return packet
	}
	// A request for an extension that does not exist, by the same number.
	const name = "unknown@digibrug"
	out := append([]byte{0, 0, 0, 0, fxExtended}, body[1:5]...)
	return append(append(out, 0, 0, 0, byte(len(name))), name...)
}

// handleOf cuts the handle, with its length, out of a packet that has one after its number.
func handleOf(body []byte) ([]byte, bool) {
	if len(body) < 9 {
		return nil, false
	}
	n := binary.BigEndian.Uint32(body[5:])
	if uint64(n) > uint64(len(body)-9) {
		return nil, false
	}
	return body[5 : 9+n], true
}
