// Package quiz measures what people can do with a computer: items in versioned banks, blueprints,
// attempts, marking, bands, campaigns and the anonymous figures of groups.
//
// The rules are pure: values in, values out, time as an argument. They know codes, not words; the tui
// floor turns codes into sentences. Measurement theory without items or people lives in quiz/measure.
package quiz
