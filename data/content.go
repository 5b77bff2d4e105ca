package data

import "embed"

// Banks holds the question banks that ship with the program, as banks/LANGUAGE/NAME.yaml for staff and
// banks/burger/NAME.yaml for citizens. The quiz floor reads and checks them.
//
//go:embed banks
var Banks embed.FS

// Regulations holds the model regulations that ship with the program, as regulations/LANGUAGE/NAME.md. The package
// data/regulation reads them.
//
//go:embed regulations
var Regulations embed.FS

// Catalogue holds the model courses that ship with the program, as catalogue/LANGUAGE/NAME.yaml. The courses floor reads
// and checks them.
//
//go:embed catalogue
var Catalogue embed.FS

// HardWords holds the words that texts for the public do without, each with a plain one, as hardwords/LANGUAGE.toml: tables
// of words, whose names say what sort of words they are. The quiz floor reads them.
//
//go:embed hardwords
var HardWords embed.FS
