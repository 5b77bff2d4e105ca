package server

import (
	"bufio"
	"errors"
	"io"
	"time"

	"digibrug/data"
	"digibrug/tui/shell"

	tea "charm.land/bubbletea/v2"
	"charm.land/ssh"
)

// maxLine is the bytes of a line that a client without a terminal may send; the rest of it is dropped. It holds the longest
// answer that an item takes.
const maxLine = 16 << 10

// plainRate is how many lines a second such a client may send for long; a person types none of them.
const plainRate = 20

// listen brings the lines of a client without a terminal to the program, until the session ends.
func (v *visit) listen(s io.Reader, p *tea.Program) {
	fine := safely(v.log, func() {
		v.lines(s, func(text string) {
			v.lastKey.Store(int64(time.Since(v.born)))
			p.Send(shell.LineMsg{Text: text})
		})
	})
	if !fine {
		v.end(broken)
		return
	}
	v.end(left) // the client closed its side
}

// lines reads lines until the source or the session ends. Who sends them faster than anybody types waits.
func (v *visit) lines(s io.Reader, give func(string)) {
	in := bufio.NewReaderSize(s, 4<<10)
	var line []byte
	for {
		piece, err := in.ReadSlice('\n')
		line = append(line, piece[:min(len(piece), maxLine-len(line))]...)
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err == nil || len(line) > 0 {
			give(data.CleanBlock(string(line), maxLine))
		}
		if err != nil {
			return
		}
		line = line[:0]
		select {
		case <-v.ctx.Done():
			return
		case <-time.After(time.Second / plainRate):
		}
	}
}

// speaks writes text to a client without a terminal.
func (v *visit) speaks(s ssh.Session) func(string) {
	out := &line{Session: s, visit: v}
	return func(text string) { _, _ = io.WriteString(out, ink(text)+"\n") }
}
