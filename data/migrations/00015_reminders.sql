-- What was tried to reach a borrower besides the steps of the ladder: calls that nobody answered, what somebody said on
-- the phone, reminders that somebody added. notice_id is the step that it belongs to, '' for one that was added.

-- +goose Up
CREATE TABLE loan_contacts (
    id        TEXT PRIMARY KEY,
    loan_id   TEXT NOT NULL REFERENCES loans (id),
    notice_id TEXT NOT NULL,
    at        BIGINT NOT NULL,
    channel   TEXT NOT NULL CHECK (channel IN ('call', 'letter', 'mail', 'text', 'registered', 'social')),
    outcome   TEXT NOT NULL CHECK (outcome IN ('no_answer', 'reached', 'added')),
    note      TEXT NOT NULL,
    actor     TEXT NOT NULL
);
CREATE INDEX loan_contacts_by_loan ON loan_contacts (loan_id, at);

-- +goose Down
DROP TABLE loan_contacts;
