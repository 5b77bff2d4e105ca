package server

import (
	"math/rand/v2"
	"net"
	"net/netip"
	"slices"
	"sync"
)

// source says where a connection comes from: the address without the port, as people and logs write it,
// and the network that is counted as one: an IPv4 address, or an IPv6 /64, which is what one subscriber
// has. Without an IP address (a pipe in a test) all count as one.
func source(addr net.Addr) (string, netip.Prefix) {
	tcp, ok := addr.(*net.TCPAddr)
	if !ok {
		return addr.String(), netip.Prefix{}
	}
	ip := tcp.AddrPort().Addr().Unmap().WithZone("")
	bits := 32
	if ip.Is6() {
		bits = 64
	}
	network, _ := ip.Prefix(bits) // can't fail: bits fit the family
	return ip.String(), network
}

// turnstile counts connections before and after log-in, in all and per network. Wish has no such limits:
// it accepts without end.
type turnstile struct {
	limits Limits
	chance func() float64 // from 0 up to 1

	mu      sync.Mutex
	outside tally // not logged in yet
	inside  tally
}

type tally struct {
	all int
	per map[netip.Prefix]int
}

func newTurnstile(limits Limits) *turnstile {
	return &turnstile{
		limits: limits, chance: rand.Float64,
		outside: tally{per: map[netip.Prefix]int{}}, inside: tally{per: map[netip.Prefix]int{}},
	}
}

func (t *tally) add(from netip.Prefix, n int) {
	t.all += n
	if t.per[from] += n; t.per[from] <= 0 {
		delete(t.per, from)
	}
}

// knock counts a new connection, or says why there is no room for it.
func (t *turnstile) knock(from netip.Prefix) (why string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.outside.all >= t.limits.Unauth:
		return "too many connections before log-in"
	case !t.roomy(from) && t.outside.per[from] >= t.limits.UnauthPerAddress:
		return "too many connections before log-in from one address"
	case t.chance() < t.dropRate():
		return "early drop of a connection before log-in"
	}
	t.outside.add(from, 1)
	return ""
}

// dropRate is the chance that a new connection is dropped although there is room: nothing up to
// UnauthStart, then from 30 % rising evenly to 100 % at Unauth, as OpenSSH's MaxStartups start:30:full.
// So whoever fills the room with silent connections loses them by the same lot as honest ones get in.
func (t *turnstile) dropRate() float64 {
	over := t.outside.all - t.limits.UnauthStart
	room := t.limits.Unauth - t.limits.UnauthStart
	if over < 0 || room <= 0 {
		return 0
	}
	return 0.3 + 0.7*float64(over)/float64(room)
}

// enter moves a connection inside; it tells whether there was room. It counts as inside either way until
// it leaves, since it lives on to hear why it must go.
func (t *turnstile) enter(from netip.Prefix) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	room := t.inside.all < t.limits.Conns && (t.roomy(from) || t.inside.per[from] < t.limits.ConnsPerAddress)
	t.outside.add(from, -1)
	t.inside.add(from, 1)
	return room
}

// leave uncounts a connection.
func (t *turnstile) leave(from netip.Prefix, inside bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if inside {
		t.inside.add(from, -1)
	} else {
		t.outside.add(from, -1)
	}
}

func (t *turnstile) roomy(from netip.Prefix) bool {
	return slices.ContainsFunc(t.limits.Roomy, func(p netip.Prefix) bool { return p.Contains(from.Addr()) })
}
