//go:build race

package loans_test

// batches of 100 histories in each register under the race detector, which makes one writer's work thirty times as slow
// and has nothing to find in it.
const batches = 1
