-- The start workbook: how the columns of a list from another program were mapped, and which files came in. A
-- fingerprint is the SHA-256 of the heads of a sheet, folded, in their order; columns is a JSON list of
-- {"header": ..., "field": ...}. Instants are Unix milliseconds UTC.

-- +goose Up
CREATE TABLE start_mappings (
    fingerprint TEXT PRIMARY KEY,
    sheet       TEXT NOT NULL,
    columns     TEXT NOT NULL,
    changed_at  BIGINT NOT NULL
);

-- The file itself is not kept; hash is its SHA-256, hex.
CREATE TABLE start_imports (
    id      TEXT PRIMARY KEY,
    at      BIGINT NOT NULL,
    actor   TEXT NOT NULL,
    file    TEXT NOT NULL,
    hash    TEXT NOT NULL,
    added   BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    ended   BIGINT NOT NULL
);
CREATE INDEX start_imports_by_moment ON start_imports (at, id);

-- +goose Down
DROP TABLE start_imports;
DROP TABLE start_mappings;
