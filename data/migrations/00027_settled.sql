-- What becomes of the fee of an enrolment that is over: 'lapsed' (nothing is owed any more), 'refund' (it was paid, and must be
-- paid back) or 'refunded'. Empty: paid says all. cost is what cancelling cost, in cents.

-- +goose Up
ALTER TABLE enrolments ADD COLUMN settled TEXT NOT NULL DEFAULT '' CHECK (settled IN ('', 'lapsed', 'refund', 'refunded'));
ALTER TABLE enrolments ADD COLUMN cost BIGINT NOT NULL DEFAULT 0 CHECK (cost >= 0);
UPDATE enrolments SET settled = 'lapsed' WHERE paid IN ('due', 'unknown') AND state IN ('cancelled', 'lapsed', 'refused', 'moved');
UPDATE enrolments SET settled = 'refund' WHERE paid = 'paid' AND state = 'cancelled' AND series_id IN (SELECT id FROM course_series WHERE state = 'cancelled');

-- +goose Down
ALTER TABLE enrolments DROP COLUMN cost;
ALTER TABLE enrolments DROP COLUMN settled;
