-- What leaves the house: letters, lists and labels that wait for a printer, a folder, the mail, or for the person
-- who made them to fetch. body is base64, since the two engines have no type for bytes in common.

-- +goose Up
-- next_at is when a waiting paper may be tried again; while somebody is at it, claim is theirs and next_at is when
-- the claim runs out, so that a process that dies leaves nothing lying. made_by is an account, '' for the operator.
-- name_key is the name folded: a Windows folder tells no capitals apart.
CREATE TABLE outbox (
    id         TEXT PRIMARY KEY,
    channel    TEXT NOT NULL CHECK (channel IN ('fetch', 'folder', 'print', 'mail')),
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL,
    media      TEXT NOT NULL,
    body       TEXT NOT NULL,
    size       BIGINT NOT NULL,
    target     TEXT NOT NULL,
    made_by    TEXT NOT NULL,
    maker      TEXT NOT NULL,
    made_at    BIGINT NOT NULL,
    keep_until BIGINT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
    tries      BIGINT NOT NULL,
    next_at    BIGINT NOT NULL,
    claim      TEXT NOT NULL,
    sent_at    BIGINT,
    fault      TEXT NOT NULL
);
CREATE INDEX outbox_due ON outbox (state, next_at);
CREATE INDEX outbox_by_maker ON outbox (made_by, made_at);
CREATE INDEX outbox_by_end ON outbox (keep_until);
CREATE UNIQUE INDEX outbox_one_name ON outbox (made_by, name_key);

-- +goose Down
DROP TABLE outbox;
