-- Local banks of questions. The shipped banks are in the program; what is here beside local ones is in which state people
-- put a shipped question. Instants are Unix milliseconds UTC, 0 for none.

-- +goose Up
-- rev changes with every change of what can be drawn: who keeps a copy of it compares. It is never given twice.
CREATE TABLE library_head (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    rev TEXT NOT NULL
);
INSERT INTO library_head (one, rev) VALUES (1, '');

-- waive is what lint would find of the bank as a whole and need not (JSON).
CREATE TABLE local_banks (
    id         TEXT PRIMARY KEY,
    language   TEXT NOT NULL CHECK (language IN ('nl', 'en', 'fr')),
    domain     TEXT NOT NULL,
    title      TEXT NOT NULL,
    audience   TEXT NOT NULL,
    waive      TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL
);

-- public: everybody may see it. It never goes back to 0.
CREATE TABLE local_items (
    id      TEXT PRIMARY KEY,
    bank_id TEXT NOT NULL REFERENCES local_banks (id),
    public  BIGINT NOT NULL CHECK (public IN (0, 1))
);
CREATE INDEX local_items_by_bank ON local_items (bank_id);

-- Every version of a question (JSON), with the hash of its text. One is worked at, one is good; older ones are 'replaced'.
-- made_by is a person's id, or the name of the console. back is why a reviewer sent the draft back.
CREATE TABLE local_versions (
    item_id   TEXT NOT NULL REFERENCES local_items (id),
    version   BIGINT NOT NULL CHECK (version > 0),
    item      TEXT NOT NULL,
    sum       TEXT NOT NULL,
    state     TEXT NOT NULL CHECK (state IN ('draft', 'reviewed', 'inuse', 'retired', 'replaced')),
    made_at   BIGINT NOT NULL,
    made_by   TEXT NOT NULL,
    made_name TEXT NOT NULL,
    back      TEXT NOT NULL,
    PRIMARY KEY (item_id, version)
);
CREATE UNIQUE INDEX local_versions_one_draft ON local_versions (item_id) WHERE state = 'draft';
CREATE UNIQUE INDEX local_versions_one_good ON local_versions (item_id) WHERE state IN ('reviewed', 'inuse', 'retired');

CREATE TABLE shipped_states (
    item_id TEXT PRIMARY KEY,
    state   TEXT NOT NULL CHECK (state IN ('reviewed', 'inuse', 'retired'))
);

-- Who did what with a question, shipped or local, beside making versions. seq orders the acts of one question.
CREATE TABLE item_acts (
    item_id   TEXT NOT NULL,
    seq       BIGINT NOT NULL,
    version   BIGINT NOT NULL,
    act       TEXT NOT NULL CHECK (act IN ('approve', 'back', 'inuse', 'retire', 'draft', 'publish')),
    at        BIGINT NOT NULL,
    done_by   TEXT NOT NULL,
    done_name TEXT NOT NULL,
    why       TEXT NOT NULL,
    review_id TEXT NOT NULL,
    PRIMARY KEY (item_id, seq)
);

-- A review of drafts in bulk: the lines are what it is about, those sampled are what the reviewer gets to read.
-- note is why one is sent back, as the reviewer wrote it down while reading.
CREATE TABLE item_reviews (
    id            TEXT PRIMARY KEY,
    bank_id       TEXT NOT NULL REFERENCES local_banks (id),
    reviewer      TEXT NOT NULL,
    reviewer_name TEXT NOT NULL,
    started_at    BIGINT NOT NULL,
    ended_at      BIGINT NOT NULL,
    outcome       TEXT NOT NULL CHECK (outcome IN ('', 'approved', 'partly', 'lapsed')),
    CHECK ((ended_at = 0) = (outcome = ''))
);
CREATE UNIQUE INDEX item_reviews_one_open ON item_reviews (bank_id, reviewer) WHERE ended_at = 0;

CREATE TABLE item_review_lines (
    review_id TEXT NOT NULL REFERENCES item_reviews (id),
    item_id   TEXT NOT NULL REFERENCES local_items (id),
    version   BIGINT NOT NULL,
    sampled   BIGINT NOT NULL CHECK (sampled IN (0, 1)),
    note      TEXT NOT NULL,
    outcome   TEXT NOT NULL CHECK (outcome IN ('', 'approved', 'back')),
    CHECK (note = '' OR sampled = 1),
    PRIMARY KEY (review_id, item_id)
);

-- What is asked in a recruitment that is not over is looked up by question.
CREATE INDEX procedure_items_by_item ON procedure_items (item_id);

-- +goose Down
DROP INDEX procedure_items_by_item;
DROP TABLE item_review_lines;
DROP TABLE item_reviews;
DROP TABLE item_acts;
DROP TABLE shipped_states;
DROP TABLE local_versions;
DROP TABLE local_items;
DROP TABLE local_banks;
DROP TABLE library_head;
