//go:build !race

package loans_test

// batches of 100 histories in each register.
const batches = 50
