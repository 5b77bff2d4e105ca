-- Where a location is, for letters, calendars and the public programme. Empty: nobody said.

-- +goose Up
ALTER TABLE locations ADD COLUMN street TEXT NOT NULL DEFAULT '';
ALTER TABLE locations ADD COLUMN postcode TEXT NOT NULL DEFAULT '';
ALTER TABLE locations ADD COLUMN town TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE locations DROP COLUMN town;
ALTER TABLE locations DROP COLUMN postcode;
ALTER TABLE locations DROP COLUMN street;
