-- Paper codes: a secret on paper that lets one person do one thing for a while. Only a hash of the secret is
-- kept; selector is its first characters, by which the few rows to compare with are found.

-- +goose Up
CREATE TABLE codes (
    id         TEXT PRIMARY KEY,
    kind       TEXT NOT NULL,
    of         TEXT NOT NULL,
    person_id  TEXT NOT NULL REFERENCES persons (id),
    selector   TEXT NOT NULL,
    secret     TEXT NOT NULL,
    from_at    BIGINT NOT NULL,
    until_at   BIGINT NOT NULL,
    addresses  TEXT NOT NULL,
    issued_at  BIGINT NOT NULL,
    issued_by  TEXT NOT NULL,
    used_at    BIGINT,
    done_at    BIGINT,
    revoked_at BIGINT,
    next_id    TEXT REFERENCES codes (id),
    CHECK (until_at > from_at)
);
CREATE INDEX codes_by_selector ON codes (selector);
CREATE INDEX codes_by_person ON codes (person_id);
-- A person has one live code for one thing: a new one takes the place of the old (next_id), or it was revoked.
CREATE UNIQUE INDEX codes_one_live ON codes (person_id, kind, of) WHERE revoked_at IS NULL AND next_id IS NULL AND done_at IS NULL;

-- +goose Down
DROP TABLE codes;
