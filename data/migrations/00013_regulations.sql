-- The text of regulations: versions of numbered articles, who accepted which, and what waits to be signed on the kiosk
-- beside a desk. Days are YYYY-MM-DD in Brussels, '' where none was set; instants Unix milliseconds UTC.

-- +goose Up
-- content is JSON: the text and the short text per language, with the places of figures. A draft can be changed; what
-- was published never is.
CREATE TABLE regulation_texts (
    id           TEXT PRIMARY KEY,
    kind         TEXT NOT NULL CHECK (kind IN ('loan', 'computer')),
    number       BIGINT NOT NULL CHECK (number > 0),
    name         TEXT NOT NULL,
    status       TEXT NOT NULL CHECK (status IN ('draft', 'published')),
    from_on      TEXT NOT NULL,
    body         TEXT NOT NULL,
    decided_on   TEXT NOT NULL,
    content      TEXT NOT NULL,
    hash         TEXT NOT NULL,
    actor        TEXT NOT NULL,
    changed_at   BIGINT NOT NULL,
    published_at BIGINT,
    UNIQUE (kind, number),
    CHECK ((status = 'published') = (published_at IS NOT NULL)),
    CHECK ((status = 'published') = (from_on <> ''))
);
CREATE UNIQUE INDEX regulation_texts_one_draft ON regulation_texts (kind) WHERE status = 'draft';
CREATE UNIQUE INDEX regulation_texts_one_per_day ON regulation_texts (kind, from_on) WHERE status = 'published';

-- Texts as they were shown, with their figures filled in, each once.
CREATE TABLE regulation_shown (
    hash TEXT PRIMARY KEY,
    text TEXT NOT NULL
);

-- text_id is '' for the model. subject is the id of a person or of a borrower.
CREATE TABLE regulation_acceptances (
    id           TEXT PRIMARY KEY,
    kind         TEXT NOT NULL,
    text_id      TEXT NOT NULL,
    subject_kind TEXT NOT NULL CHECK (subject_kind IN ('person', 'borrower')),
    subject      TEXT NOT NULL,
    lang         TEXT NOT NULL,
    hash         TEXT NOT NULL REFERENCES regulation_shown (hash),
    actor        TEXT NOT NULL,
    at           BIGINT NOT NULL,
    UNIQUE (subject_kind, subject, hash)
);

-- texts is JSON per language, and '' once the call ended: what was accepted stands with the signature.
CREATE TABLE loan_sign_calls (
    id          TEXT PRIMARY KEY,
    contract_id TEXT NOT NULL REFERENCES loan_contracts (id),
    kind        TEXT NOT NULL CHECK (kind IN ('out', 'in')),
    kiosk_id    TEXT NOT NULL REFERENCES kiosks (id),
    texts       TEXT NOT NULL,
    actor       TEXT NOT NULL,
    at          BIGINT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('waiting', 'signed', 'refused', 'cancelled', 'lapsed')),
    CHECK (state = 'waiting' OR texts = '')
);
CREATE UNIQUE INDEX loan_sign_calls_one_waiting ON loan_sign_calls (kiosk_id) WHERE state = 'waiting';
CREATE INDEX loan_sign_calls_by_contract ON loan_sign_calls (contract_id);

-- +goose Down
DROP TABLE loan_sign_calls;
DROP TABLE regulation_acceptances;
DROP TABLE regulation_shown;
DROP TABLE regulation_texts;
