//go:build !race

package screentest

const raced = false
