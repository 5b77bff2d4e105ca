package recruit

import (
	"digibrug/data"
	"digibrug/quiz"
)

// Store keeps the procedures. banks is where items are drawn from when a procedure opens.
type Store struct {
	db    *data.DB
	banks []quiz.Bank
}

// NewStore gives the procedures of a database.
func NewStore(db *data.DB, banks []quiz.Bank) *Store { return &Store{db, banks} }
