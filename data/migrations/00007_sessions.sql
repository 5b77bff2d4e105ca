-- The second factor of an account, and the sessions that are open or were: what a person may see and end.

-- +goose Up
-- last_step is the newest time step of which a code was taken: a code works once.
CREATE TABLE account_totp (
    account_id   TEXT PRIMARY KEY REFERENCES accounts (id),
    secret       TEXT NOT NULL,
    confirmed_at BIGINT,
    last_step    BIGINT NOT NULL
);

CREATE TABLE account_recovery (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    n          BIGINT NOT NULL,
    hash       TEXT NOT NULL,
    used_at    BIGINT,
    PRIMARY KEY (account_id, n)
);

CREATE TABLE sessions (
    id         TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    method     TEXT NOT NULL,
    origin     TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    ended_at   BIGINT
);
CREATE INDEX sessions_by_account ON sessions (account_id, started_at);

-- +goose Down
DROP TABLE sessions;
DROP TABLE account_recovery;
DROP TABLE account_totp;
