//go:build !race

package loans_test

// steps of each history; rapid makes 100 of them in a normal run.
const steps = 100
