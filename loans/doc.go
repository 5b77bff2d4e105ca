// Package loans is the register of what a municipality lends: devices, who borrows them, for how long and under
// which regulation. The rules here are pure; stores keep what happened.
//
// Days are midnight UTC, as data.ParseDay gives them, and spans of days include both ends. A term of N days ends on
// its first day + N. Money is in cents.
package loans
