package papers

import (
	"fmt"
	"io"
	"testing"
)

// BenchmarkWrite makes each format of 5,000 rows in nine columns, no two rows alike.
func BenchmarkWrite(b *testing.B) {
	s := many(5000)
	for i, row := range s.Rows {
		fresh := append([]Cell{}, row...)
		fresh[0] = Text(fmt.Sprintf("Ontlener %d van Zandwerve-aan-Zee", i))
		s.Rows[i] = fresh
	}
	for _, f := range Formats() {
		b.Run(string(f), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := Write(io.Discard, f, s); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
