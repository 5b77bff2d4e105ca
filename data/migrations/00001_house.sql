-- The municipality: who there is, who may log in, what was done. Instants are Unix milliseconds UTC,
-- days YYYY-MM-DD in Brussels (comparable as text), ids UUIDv7. sort_key is the folded name (SortKey).

-- +goose Up
CREATE TABLE settings (
    key        TEXT PRIMARY KEY,
    value      TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);

CREATE TABLE organisations (
    id         TEXT PRIMARY KEY,
    kind       TEXT NOT NULL CHECK (kind IN ('gemeente', 'ocmw', 'gemeenteschool')),
    name       TEXT NOT NULL,
    sort_key   TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);

CREATE TABLE persons (
    id         TEXT PRIMARY KEY,
    given      TEXT NOT NULL,
    family     TEXT NOT NULL,
    sort_key   TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX persons_by_name ON persons (sort_key, id);

-- A service belongs to an organisation and, where it has one, to a cluster of services: the named level
-- into which small services merge when figures are shown.
CREATE TABLE services (
    id              TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    cluster_id      TEXT REFERENCES services (id),
    is_cluster      BOOLEAN NOT NULL,
    name            TEXT NOT NULL,
    sort_key        TEXT NOT NULL,
    head_id         TEXT REFERENCES persons (id),
    created_at      BIGINT NOT NULL,
    UNIQUE (organisation_id, sort_key),
    CHECK (NOT is_cluster OR cluster_id IS NULL)
);
CREATE INDEX services_by_head ON services (head_id);

CREATE TABLE employments (
    id         TEXT PRIMARY KEY,
    person_id  TEXT NOT NULL REFERENCES persons (id),
    service_id TEXT NOT NULL REFERENCES services (id),
    job        TEXT NOT NULL,
    from_on    TEXT NOT NULL,
    until_on   TEXT,
    CHECK (until_on IS NULL OR until_on >= from_on)
);
CREATE INDEX employments_by_person ON employments (person_id);
CREATE INDEX employments_by_service ON employments (service_id);

CREATE TABLE accounts (
    id          TEXT PRIMARY KEY,
    person_id   TEXT NOT NULL REFERENCES persons (id),
    login       TEXT NOT NULL UNIQUE,
    password    TEXT,
    must_change BOOLEAN NOT NULL,
    language    TEXT NOT NULL,
    theme       TEXT NOT NULL,
    disabled_at BIGINT,
    entered_at  BIGINT,
    created_at  BIGINT NOT NULL
);
CREATE INDEX accounts_by_person ON accounts (person_id);

CREATE TABLE account_roles (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    role       TEXT NOT NULL,
    from_on    TEXT NOT NULL,
    until_on   TEXT,
    PRIMARY KEY (account_id, role),
    CHECK (until_on IS NULL OR until_on >= from_on)
);

-- A key belongs to one account: that is what makes the key's owner an identity.
CREATE TABLE account_keys (
    id          TEXT PRIMARY KEY,
    account_id  TEXT NOT NULL REFERENCES accounts (id),
    fingerprint TEXT NOT NULL UNIQUE,
    public_key  TEXT NOT NULL,
    label       TEXT NOT NULL,
    used_at     BIGINT,
    created_at  BIGINT NOT NULL
);
CREATE INDEX account_keys_by_account ON account_keys (account_id);

-- Failed log-ins in a row, per account name and per source address: what the growing delay is made of.
-- It is a table and not a map, since people may reach another process at the next try.
CREATE TABLE login_guesses (
    scope    TEXT PRIMARY KEY,
    failures BIGINT NOT NULL,
    last_at  BIGINT NOT NULL
);

CREATE TABLE audit (
    seq    BIGINT PRIMARY KEY,
    at     BIGINT NOT NULL,
    actor  TEXT NOT NULL,
    origin TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    detail TEXT NOT NULL,
    prev   TEXT NOT NULL,
    hash   TEXT NOT NULL
);

CREATE TABLE audit_head (
    one  BIGINT PRIMARY KEY CHECK (one = 1),
    seq  BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO audit_head (one, seq, hash) VALUES (1, 0, '');

-- +goose Down
DROP TABLE audit_head;
DROP TABLE audit;
DROP TABLE login_guesses;
DROP TABLE account_keys;
DROP TABLE account_roles;
DROP TABLE accounts;
DROP TABLE employments;
DROP TABLE services;
DROP TABLE persons;
DROP TABLE organisations;
DROP TABLE settings;
