package data

import "github.com/google/uuid"

// NewID makes a new row id: a UUIDv7, so that ids sort by the moment they were made.
func NewID() string { return uuid.Must(uuid.NewV7()).String() }
