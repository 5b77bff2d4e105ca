// Package exchange reads and writes questions in the formats of others: GIFT and Moodle XML. A Question is what such a
// file says, no more and no less; Item and FromItem go between it and an item of a bank.
//
// Parsing is pure and bounded: bytes in, questions out, with everything that was skipped or is wrong named by line. A
// question is read whole or not at all. What a file means is what Moodle makes of it; field notes in the tests say where
// the format leaves a choice.
package exchange
