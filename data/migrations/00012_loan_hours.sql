-- Loans of hours, closures that move what was promised, and what nobody could get. due_at is the instant (Unix
-- milliseconds UTC) until which a loan of hours lasts, 0 for a loan of days; due_on is its day.

-- +goose Up
ALTER TABLE loans ADD COLUMN due_at BIGINT NOT NULL DEFAULT 0;

-- A replan is one act: what a changed calendar moved. undone_at is NULL while it stands.
CREATE TABLE loan_replans (
    id        TEXT PRIMARY KEY,
    at        BIGINT NOT NULL,
    actor     TEXT NOT NULL,
    undone_at BIGINT,
    undone_by TEXT NOT NULL
);
CREATE INDEX loan_replans_by_time ON loan_replans (at);

-- What it moved, in order. before and after hold days and instants, never a person; kept is why the due day of a loan
-- was another one before.
CREATE TABLE loan_replan_moves (
    replan_id TEXT NOT NULL REFERENCES loan_replans (id),
    seq       BIGINT NOT NULL,
    kind      TEXT NOT NULL CHECK (kind IN ('loan', 'booking')),
    object_id TEXT NOT NULL,
    why       TEXT NOT NULL,
    before    TEXT NOT NULL,
    after     TEXT NOT NULL,
    kept      TEXT NOT NULL,
    PRIMARY KEY (replan_id, seq)
);
CREATE INDEX loan_replan_moves_by_object ON loan_replan_moves (object_id);

-- A wish for which there was no device: refused when it was asked, or waited for until its days were over. Clients of
-- the OCMW count as citizens, and nothing tells who it was.
CREATE TABLE loan_demand (
    id       TEXT PRIMARY KEY,
    at       BIGINT NOT NULL,
    on_day   TEXT NOT NULL,
    type_id  TEXT NOT NULL REFERENCES device_types (id),
    category TEXT NOT NULL,
    how      TEXT NOT NULL CHECK (how IN ('refused', 'waited')),
    from_on  TEXT NOT NULL,
    to_on    TEXT NOT NULL,
    CHECK (to_on >= from_on)
);
CREATE INDEX loan_demand_by_day ON loan_demand (on_day, type_id);

-- +goose Down
DROP TABLE loan_demand;
DROP TABLE loan_replan_moves;
DROP TABLE loan_replans;
ALTER TABLE loans DROP COLUMN due_at;
