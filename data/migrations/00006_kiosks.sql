-- The PCs of the public rooms. A kiosk's key is its identity; it opens the visitor's home and nothing else.

-- +goose Up
CREATE TABLE kiosks (
    id          TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    sort_key    TEXT NOT NULL UNIQUE,
    kind        TEXT NOT NULL CHECK (kind IN ('ocr', 'cafetaria', 'testlokaal', 'balie')),
    location_id TEXT NOT NULL REFERENCES locations (id),
    fingerprint TEXT NOT NULL UNIQUE,
    public_key  TEXT NOT NULL,
    disabled_at BIGINT,
    seen_at     BIGINT,
    created_at  BIGINT NOT NULL
);

-- +goose Down
DROP TABLE kiosks;
