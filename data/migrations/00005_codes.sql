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
    next_id    TEXT REFERENCES codes (id) DEFERRABLE INITIALLY DEFERRED,
    CHECK (until_at > from_at)
);
CREATE INDEX codes_by_selector ON codes (selector);
CREATE INDEX codes_by_person ON codes (person_id);
CREATE INDEX codes_by_journey ON codes (kind, of);
-- A person has one live code for one thing: a new one takes the place of the old (next_id; checked at the end of
-- the transaction, since old and new point past each other for a moment), or it was revoked.
CREATE UNIQUE INDEX codes_one_live ON codes (person_id, kind, of) WHERE revoked_at IS NULL AND next_id IS NULL AND done_at IS NULL;

-- What the salts of all hashes are made of, with the selector: codes of one selector share their salt, so that
-- a try costs one hash, whether there are codes to compare with or none.
CREATE TABLE code_salt (
    one  BIGINT PRIMARY KEY CHECK (one = 1),
    salt TEXT NOT NULL
);

-- Tries of the last hour that are being looked at, or were refused: one row each and not a count, so that people
-- who come in at the same moment don't wait for one another's row. source is an address, or a kiosk.
CREATE TABLE code_tries (
    id      TEXT PRIMARY KEY,
    source  TEXT NOT NULL,
    at      BIGINT NOT NULL,
    refused BOOLEAN NOT NULL
);
CREATE INDEX code_tries_by_moment ON code_tries (at);
CREATE INDEX code_tries_by_source ON code_tries (source, at);

-- Addresses from which a right code came: they go on while guessing has closed the door to others.
CREATE TABLE code_sources (
    source   TEXT PRIMARY KEY,
    right_at BIGINT NOT NULL
);

-- +goose Down
DROP TABLE code_sources;
DROP TABLE code_tries;
DROP TABLE code_salt;
DROP TABLE codes;
