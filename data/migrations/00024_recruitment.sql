-- Recruitment tests. A candidate is a label ("K-07") and works under it; the name lies in a sealed row of its own, which
-- the stores open for the recruiter before the test, and again only after the scores are frozen. '' and 0 mean none where
-- a column is NOT NULL; things that are only read as a whole are JSON. Instants are Unix milliseconds UTC.

-- +goose Up
-- details is the procedure as the recruiter set it up (JSON). frozen is the hash over the details, the items, their
-- weights and the cut as they stood when it opened, scored the hash over all scores; neither can change afterwards.
CREATE TABLE procedures (
    id              TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    title           TEXT NOT NULL,
    sort_key        TEXT NOT NULL,
    details         TEXT NOT NULL,
    state           TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed', 'scored', 'named', 'decided', 'dropped')),
    created_at      BIGINT NOT NULL,
    created_by      TEXT NOT NULL,
    opened_at       BIGINT NOT NULL,
    frozen          TEXT NOT NULL,
    sealed_at       BIGINT NOT NULL,
    closed_at       BIGINT NOT NULL,
    scored_at       BIGINT NOT NULL,
    scored          TEXT NOT NULL,
    named_at        BIGINT NOT NULL,
    named_by        TEXT NOT NULL,
    decided_at      BIGINT NOT NULL,
    hold_until      TEXT NOT NULL,
    hold_why        TEXT NOT NULL,
    keep_until      TEXT NOT NULL,
    purged_on       TEXT NOT NULL,
    CHECK ((state = 'draft') = (opened_at = 0) OR state = 'dropped')
);
CREATE INDEX procedures_by_end ON procedures (purged_on, keep_until);

-- Who may do what in one procedure, from day to day: supervisors, jury members, markers, and recruiters beside its maker.
CREATE TABLE procedure_people (
    procedure_id TEXT NOT NULL REFERENCES procedures (id),
    account_id   TEXT NOT NULL REFERENCES accounts (id),
    role         TEXT NOT NULL CHECK (role IN ('recruiter', 'supervisor', 'jury', 'marker')),
    from_on      TEXT NOT NULL,
    until_on     TEXT NOT NULL,
    PRIMARY KEY (procedure_id, account_id, role),
    CHECK (until_on >= from_on)
);
CREATE INDEX procedure_people_by_account ON procedure_people (account_id);

-- The frozen items of a form. weight is points in hundredths. out_at is when an item was taken out for everybody.
CREATE TABLE procedure_items (
    procedure_id TEXT NOT NULL REFERENCES procedures (id),
    form         TEXT NOT NULL,
    n            BIGINT NOT NULL CHECK (n >= 0),
    item_id      TEXT NOT NULL,
    version      BIGINT NOT NULL,
    item         TEXT NOT NULL,
    shown        TEXT NOT NULL,
    weight       BIGINT NOT NULL CHECK (weight > 0),
    public       BIGINT NOT NULL CHECK (public IN (0, 1)),
    out_at       BIGINT NOT NULL,
    out_why      TEXT NOT NULL,
    PRIMARY KEY (procedure_id, form, n),
    UNIQUE (procedure_id, form, item_id)
);

-- settings are the accommodations (JSON): what is set, never why.
CREATE TABLE candidates (
    id           TEXT PRIMARY KEY,
    procedure_id TEXT NOT NULL REFERENCES procedures (id),
    label        TEXT NOT NULL,
    form         TEXT NOT NULL,
    language     TEXT NOT NULL CHECK (language IN ('nl', 'en', 'fr')),
    settings     TEXT NOT NULL,
    created_at   BIGINT NOT NULL,
    withdrawn_at BIGINT NOT NULL,
    UNIQUE (procedure_id, label)
);

-- The sealed list. person is JSON: names and where letters go.
CREATE TABLE candidate_names (
    candidate_id TEXT PRIMARY KEY REFERENCES candidates (id),
    sort_key     TEXT NOT NULL,
    person       TEXT NOT NULL
);

-- One candidate's go at the test. Of the clock: allowed_ms is what the candidate gets in all, stopped_ms how long it stood
-- still before, stop_at since when it stands still (0: it runs), stop_why why; credit_ms is what is left of the credit for
-- cut lines, until_at the end of the day's window, beyond which no clock runs. seen_at is the last sign of life of session,
-- the one visit that may answer, key_at its last key. next_… is who typed the code meanwhile and waits for the supervisor.
CREATE TABLE sittings (
    candidate_id TEXT PRIMARY KEY REFERENCES candidates (id),
    procedure_id TEXT NOT NULL REFERENCES procedures (id),
    arrived_at   BIGINT NOT NULL,
    checked_at   BIGINT NOT NULL,
    checked_by   TEXT NOT NULL,
    practised_at BIGINT NOT NULL,
    released_at  BIGINT NOT NULL,
    started_at   BIGINT NOT NULL,
    allowed_ms   BIGINT NOT NULL CHECK (allowed_ms >= 0),
    stopped_ms   BIGINT NOT NULL CHECK (stopped_ms >= 0),
    stop_at      BIGINT NOT NULL,
    stop_why     TEXT NOT NULL CHECK (stop_why IN ('', 'pause', 'break', 'cut', 'question')),
    credit_ms    BIGINT NOT NULL CHECK (credit_ms >= 0),
    break_ms     BIGINT NOT NULL CHECK (break_ms >= 0),
    until_at     BIGINT NOT NULL,
    session      TEXT NOT NULL,
    place        TEXT NOT NULL,
    seen_at      BIGINT NOT NULL,
    key_at       BIGINT NOT NULL,
    next_session TEXT NOT NULL,
    next_place   TEXT NOT NULL,
    next_at      BIGINT NOT NULL,
    n            BIGINT NOT NULL,
    ended_at     BIGINT NOT NULL,
    ended        TEXT NOT NULL CHECK (ended IN ('', 'submitted', 'time', 'supervisor', 'closed')),
    CHECK ((ended_at = 0) = (ended = '')),
    CHECK ((stop_at = 0) = (stop_why = ''))
);
CREATE INDEX sittings_by_procedure ON sittings (procedure_id);

CREATE TABLE sitting_answers (
    candidate_id TEXT NOT NULL REFERENCES candidates (id),
    n            BIGINT NOT NULL CHECK (n >= 0),
    answer       TEXT NOT NULL,
    answered_at  BIGINT NOT NULL,
    later        BIGINT NOT NULL CHECK (later IN (0, 1)),
    out_at       BIGINT NOT NULL,
    PRIMARY KEY (candidate_id, n)
);

-- What happened in the test room, in order; n is the item, -1 for none. It is only ever added to.
CREATE TABLE sitting_events (
    id           TEXT PRIMARY KEY,
    procedure_id TEXT NOT NULL REFERENCES procedures (id),
    candidate_id TEXT NOT NULL REFERENCES candidates (id),
    at           BIGINT NOT NULL,
    kind         TEXT NOT NULL,
    n            BIGINT NOT NULL,
    by_whom      TEXT NOT NULL,
    detail       TEXT NOT NULL
);
CREATE INDEX sitting_events_by_candidate ON sitting_events (candidate_id, at, id);
CREATE INDEX sitting_events_by_procedure ON sitting_events (procedure_id, at, id);

-- A candidate's question about an item that seems broken. One stands open at a time; meanwhile the clock stands still.
CREATE TABLE sitting_questions (
    id           TEXT PRIMARY KEY,
    candidate_id TEXT NOT NULL REFERENCES candidates (id),
    n            BIGINT NOT NULL,
    what         TEXT NOT NULL,
    asked_at     BIGINT NOT NULL,
    answered_at  BIGINT NOT NULL,
    answered_by  TEXT NOT NULL,
    outcome      TEXT NOT NULL CHECK (outcome IN ('', 'everybody', 'this_one', 'refused')),
    why          TEXT NOT NULL,
    CHECK ((answered_at = 0) = (outcome = ''))
);
CREATE UNIQUE INDEX sitting_questions_one_open ON sitting_questions (candidate_id) WHERE outcome = '';

-- Double blind marking of open answers: one row a marker, points in hundredths, then what they settled on.
CREATE TABLE answer_marks (
    candidate_id TEXT NOT NULL REFERENCES candidates (id),
    n            BIGINT NOT NULL,
    account_id   TEXT NOT NULL REFERENCES accounts (id),
    points       BIGINT NOT NULL CHECK (points >= 0),
    why          TEXT NOT NULL,
    marked_at    BIGINT NOT NULL,
    PRIMARY KEY (candidate_id, n, account_id)
);

CREATE TABLE answer_settled (
    candidate_id TEXT NOT NULL REFERENCES candidates (id),
    n            BIGINT NOT NULL,
    points       BIGINT NOT NULL CHECK (points >= 0),
    why          TEXT NOT NULL,
    settled_by   TEXT NOT NULL,
    settled_at   BIGINT NOT NULL,
    PRIMARY KEY (candidate_id, n)
);

-- The frozen score of a candidate (JSON), and its hash.
CREATE TABLE candidate_scores (
    candidate_id TEXT PRIMARY KEY REFERENCES candidates (id),
    score        TEXT NOT NULL,
    hash         TEXT NOT NULL
);

-- What the jury decided about a candidate, with its reason. until_on is the end of a place in the reserve.
CREATE TABLE candidate_decisions (
    candidate_id TEXT PRIMARY KEY REFERENCES candidates (id),
    outcome      TEXT NOT NULL CHECK (outcome IN ('passed', 'reserve', 'failed', 'absent', 'withdrawn')),
    reason       TEXT NOT NULL,
    until_on     TEXT NOT NULL,
    decided_by   TEXT NOT NULL,
    decided_at   BIGINT NOT NULL
);

-- The jury's names under the decisions; hash is over what they read.
CREATE TABLE procedure_signatures (
    procedure_id TEXT NOT NULL REFERENCES procedures (id),
    account_id   TEXT NOT NULL REFERENCES accounts (id),
    hash         TEXT NOT NULL,
    signed_at    BIGINT NOT NULL,
    PRIMARY KEY (procedure_id, account_id)
);

-- What was destroyed, when, with the hash of what it was, and who signed for the list afterwards; statistics stay without
-- people. A procedure has more than one where a reserve kept some candidates longer.
CREATE TABLE procedure_purges (
    id           TEXT PRIMARY KEY,
    procedure_id TEXT NOT NULL REFERENCES procedures (id),
    purged_at    BIGINT NOT NULL,
    list         TEXT NOT NULL,
    hash         TEXT NOT NULL,
    statistics   TEXT NOT NULL,
    signed_by    TEXT NOT NULL,
    signed_at    BIGINT NOT NULL
);
CREATE INDEX procedure_purges_by_procedure ON procedure_purges (procedure_id, purged_at);

-- A paper code is a person's, or a candidate's: that one has no name here, and is held under its label. There is no
-- reference to candidates: the codes are the house's, and outlive what a procedure purges.
CREATE TABLE codes_new (
    id           TEXT PRIMARY KEY,
    kind         TEXT NOT NULL,
    of           TEXT NOT NULL,
    person_id    TEXT REFERENCES persons (id),
    candidate_id TEXT,
    label        TEXT NOT NULL,
    selector     TEXT NOT NULL,
    secret       TEXT NOT NULL,
    from_at      BIGINT NOT NULL,
    until_at     BIGINT NOT NULL,
    addresses    TEXT NOT NULL,
    issued_at    BIGINT NOT NULL,
    issued_by    TEXT NOT NULL,
    used_at      BIGINT,
    done_at      BIGINT,
    revoked_at   BIGINT,
    next_id      TEXT REFERENCES codes_new (id) DEFERRABLE INITIALLY DEFERRED,
    CHECK (until_at > from_at),
    CHECK ((person_id IS NULL) <> (candidate_id IS NULL))
);
INSERT INTO codes_new (id, kind, of, person_id, label, selector, secret, from_at, until_at, addresses, issued_at, issued_by, used_at, done_at, revoked_at, next_id)
    SELECT id, kind, of, person_id, '', selector, secret, from_at, until_at, addresses, issued_at, issued_by, used_at, done_at, revoked_at, next_id FROM codes;
DROP TABLE codes;
ALTER TABLE codes_new RENAME TO codes;
CREATE INDEX codes_by_selector ON codes (selector);
CREATE INDEX codes_by_person ON codes (person_id);
CREATE INDEX codes_by_candidate ON codes (candidate_id);
CREATE INDEX codes_by_journey ON codes (kind, of);
CREATE UNIQUE INDEX codes_one_live ON codes (coalesce(person_id, candidate_id), kind, of) WHERE revoked_at IS NULL AND next_id IS NULL AND done_at IS NULL;

-- +goose Down
DELETE FROM codes WHERE candidate_id IS NOT NULL;
DROP INDEX codes_one_live;
DROP INDEX codes_by_candidate;
ALTER TABLE codes DROP COLUMN label;
CREATE UNIQUE INDEX codes_one_live ON codes (person_id, kind, of) WHERE revoked_at IS NULL AND next_id IS NULL AND done_at IS NULL;
DROP TABLE procedure_purges;
DROP TABLE procedure_signatures;
DROP TABLE candidate_decisions;
DROP TABLE candidate_scores;
DROP TABLE answer_settled;
DROP TABLE answer_marks;
DROP TABLE sitting_questions;
DROP TABLE sitting_events;
DROP TABLE sitting_answers;
DROP TABLE sittings;
DROP TABLE candidate_names;
DROP TABLE candidates;
DROP TABLE procedure_items;
DROP TABLE procedure_people;
DROP TABLE procedures;
