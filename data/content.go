package data

import "embed"

// Banks holds the question banks that ship with the program, as banks/LANGUAGE/NAME.yaml. The quiz
// floor reads and checks them.
//
//go:embed banks
var Banks embed.FS
