-- The second factor of an account, and the sessions that are open or were: what a person may see and end.

-- +goose Up
-- A row stands here once its owner has typed a first code. secret is base32, and not encrypted: the key would lie
-- beside the database, and whoever reads the one reads the other. last_step is the newest time step of which a code
-- was taken: a code works once. misses is how many wrong codes came in a row.
CREATE TABLE account_totp (
    account_id   TEXT PRIMARY KEY REFERENCES accounts (id),
    secret       TEXT NOT NULL,
    confirmed_at BIGINT NOT NULL,
    last_step    BIGINT NOT NULL,
    misses       BIGINT NOT NULL
);

-- Only hashes of the codes on paper for who has lost the telephone.
CREATE TABLE account_recovery (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    n          BIGINT NOT NULL,
    hash       TEXT NOT NULL,
    used_at    BIGINT,
    PRIMARY KEY (account_id, n)
);

-- One row per log-in of an account. A process that dies leaves ended_at open: then seen_at tells.
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
CREATE INDEX sessions_by_seen ON sessions (seen_at);

-- +goose Down
DROP TABLE sessions;
DROP TABLE account_recovery;
DROP TABLE account_totp;
