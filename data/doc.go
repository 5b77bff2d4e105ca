// Package data is the ground floor of the house: the database (SQLite or PostgreSQL behind one DB),
// its migrations, transactions, the clock, ids, the audit chain, and what every room needs to know of
// the municipality: organisations, services, persons, accounts with their roles, settings, and the
// content that ships inside the binary. Domains keep their own tables and their own SQL; screens and
// sentences for people live above, in tui.
package data
