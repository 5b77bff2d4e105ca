//go:build race

package screentest

const raced = true // by the race detector
