//go:build race

package loans_test

// steps of each history under the race detector, which makes one writer's work thirty times as slow and has nothing
// to find in it.
const steps = 10
