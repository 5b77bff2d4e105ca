package workbook

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"strings"

	"digibrug/data"
)

// archive is the parts of an XLSX file, looked at but not unpacked. All that is unpacked counts together.
type archive struct {
	parts  map[string]*zip.File // by name in small letters, without a slash in front
	limits Limits
	left   int64 // bytes that may still be unpacked
}

// mostParts bounds the parts of an archive: a workbook of 64 sheets with a picture and a comment on each has some 300.
const mostParts = 1000

// slack is the size below which a part may grow by any ratio: a few hundred kilobytes hurt nobody.
const slack = 512 << 10

// openArchive looks at an archive's list of parts. What the list says of sizes is checked again while unpacking.
func openArchive(content []byte, limits Limits) (*archive, error) {
	r, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, refused(WhyBroken, "")
	}
	if len(r.File) > mostParts {
		return nil, refused(WhyBomb, "")
	}
	a := &archive{parts: map[string]*zip.File{}, limits: limits, left: limits.Unpacked}
	var total uint64
	for _, f := range r.File {
		name := partName(f.Name)
		if f.Flags&1 != 0 {
			return nil, refused(WhyEncrypted, "")
		}
		if a.parts[name] != nil { // which of the two is meant depends on the reader
			return nil, refused(WhyBroken, f.Name)
		}
		a.parts[name] = f
		if total += f.UncompressedSize64; f.UncompressedSize64 > uint64(limits.Unpacked) || total > uint64(limits.Unpacked) {
			return nil, refused(WhyBomb, f.Name)
		}
		if f.UncompressedSize64 > slack && f.UncompressedSize64 > uint64(limits.Ratio)*max(1, f.CompressedSize64) {
			return nil, refused(WhyBomb, f.Name)
		}
		if why := brings(name); why != "" {
			return nil, refused(why, f.Name)
		}
	}
	return a, nil
}

func partName(name string) string {
	return strings.TrimPrefix(strings.ToLower(strings.ReplaceAll(name, `\`, "/")), "/")
}

// brings says why a file is not read for the sake of a part that it has; "" when the part may be there.
func brings(name string) data.Why {
	switch {
	case path.Base(name) == "vbaproject.bin", strings.HasPrefix(name, "xl/macrosheets/"), strings.HasPrefix(name, "xl/dialogsheets/"), strings.HasPrefix(name, "xl/activex/"):
		return WhyMacro
	case strings.HasPrefix(name, "xl/externallinks/"), name == "xl/connections.xml", strings.HasPrefix(name, "xl/embeddings/"):
		return WhyExternal
	case name == "xl/workbook.bin", name == "content.xml", name == "word/document.xml", name == "index/document.iwa":
		return WhyOld
	case strings.HasSuffix(name, "encryptedpackage"):
		return WhyEncrypted
	}
	return ""
}

// open gives the bytes of a part as they come out; what is more than its share ends in WhyBomb.
func (a *archive) open(name string) (io.ReadCloser, bool, error) {
	f := a.parts[partName(name)]
	if f == nil {
		return nil, false, nil
	}
	in, err := f.Open()
	if err != nil {
		return nil, true, refused(WhyBroken, f.Name)
	}
	share := max(slack, a.limits.Ratio*int64(min(f.CompressedSize64, uint64(a.limits.Packed))))
	return &part{in: in, of: a, share: share, name: f.Name}, true, nil
}

// part is a part while it is unpacked.
type part struct {
	in    io.ReadCloser
	of    *archive
	share int64 // bytes that may still come out of it
	name  string
}

func (p *part) Read(into []byte) (int, error) {
	n, err := p.in.Read(into)
	p.share -= int64(n)
	p.of.left -= int64(n)
	switch {
	case p.share < 0 || p.of.left < 0:
		return 0, refused(WhyBomb, p.name)
	case err != nil && !errors.Is(err, io.EOF):
		return n, refused(WhyBroken, p.name)
	}
	return n, err
}

func (p *part) Close() error { return p.in.Close() }
