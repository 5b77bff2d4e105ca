package workbook

import (
	"bufio"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"digibrug/data"
)

// Bounds of the XML in a part. Between two tokens stands at most one text or tag.
const (
	mostBetween = 512 << 10 // bytes of one tag, text or comment
	mostDepth   = 64        // elements inside one another
	mostTokens  = 8_000_000 // tags and texts of one file
)

// tokens reads one part of a workbook, tag by tag. Names are without their prefix, since producers choose those
// freely. It keeps no part in memory, and refuses what no workbook has: a document type, tags that never end,
// elements deep inside one another.
type tokens struct {
	dec   *xml.Decoder
	in    io.Closer
	src   *bounded
	name  string
	depth int
	count *meter
}

// bounded hands out bytes, at most mostBetween until it is reset.
type bounded struct {
	*bufio.Reader
	since int
}

var errLong = errors.New("one tag or text is too long")

func (b *bounded) ReadByte() (byte, error) {
	if b.since++; b.since > mostBetween {
		return 0, errLong
	}
	return b.Reader.ReadByte()
}

// tokens opens a part. found is false when the archive has no such part.
func (a *archive) tokens(name string, count *meter) (t *tokens, found bool, err error) {
	in, found, err := a.open(name)
	if err != nil || !found {
		return nil, found, err
	}
	src := &bounded{Reader: bufio.NewReaderSize(in, 32<<10)}
	return &tokens{dec: xml.NewDecoder(src), in: in, src: src, name: name, count: count}, true, nil
}

// next gives the next start, end or text; io.EOF after the last one.
func (t *tokens) next() (xml.Token, error) {
	for {
		t.src.since = 0
		tok, err := t.dec.RawToken()
		if t.count.tokens++; t.count.tokens > mostTokens {
			return nil, refused(WhyBig, t.name)
		}
		switch {
		case errors.Is(err, io.EOF):
			if t.depth != 0 {
				return nil, refused(WhyBroken, t.name)
			}
			return nil, io.EOF
		case err != nil:
			return nil, t.broken(err)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			if t.depth++; t.depth > mostDepth {
				return nil, refused(WhyBroken, t.name)
			}
			return tok, nil
		case xml.EndElement:
			if t.depth--; t.depth < 0 {
				return nil, refused(WhyBroken, t.name)
			}
			return tok, nil
		case xml.CharData:
			return tok, nil
		case xml.Directive:
			return nil, refused(WhyDoctype, t.name)
		}
	}
}

// broken keeps what is known already about a part that can't be read on.
func (t *tokens) broken(err error) error {
	var bad *data.Invalid
	if errors.As(err, &bad) {
		return bad
	}
	return refused(WhyBroken, t.name)
}

// each calls start for every element that begins, until the part ends.
func (a *archive) each(name string, count *meter, start func(xml.StartElement) error) (found bool, err error) {
	t, found, err := a.tokens(name, count)
	if err != nil || !found {
		return found, err
	}
	defer t.in.Close()
	for {
		tok, err := t.next()
		if errors.Is(err, io.EOF) {
			return true, nil
		} else if err != nil {
			return true, err
		}
		if e, ok := tok.(xml.StartElement); ok {
			if err := start(e); err != nil {
				return true, err
			}
		}
	}
}

// text gathers the text of an element whose start was just read, until its end. With runs it is that of the pieces
// (elements t) of a text with several styles, but not how a word sounds, which stands in Japanese workbooks.
func (t *tokens) text(runs bool) (string, error) {
	var out strings.Builder
	for level, from, silent := 1, 0, 0; level > 0; {
		tok, err := t.next()
		if errors.Is(err, io.EOF) {
			err = refused(WhyBroken, t.name)
		}
		if err != nil {
			return "", err
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			level++
			switch {
			case tok.Name.Local == "rPh" && silent == 0:
				silent = level
			case tok.Name.Local == "t" && from == 0:
				from = level
			}
		case xml.EndElement:
			if silent == level {
				silent = 0
			}
			if from == level {
				from = 0
			}
			level--
		case xml.CharData:
			if runs && (from == 0 || silent > 0) {
				continue
			}
			if out.Write(tok); out.Len() > cellLimit {
				return "", refused(WhyLong, t.name)
			}
		}
	}
	return out.String(), nil
}

// attr gives an attribute of an element by its name without prefix.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
