-- Campaigns and attempts. An attempt holds its own copy of every item (JSON), so that an edit of a bank
-- never changes what somebody was asked or how it is scored.

-- +goose Up
CREATE TABLE campaigns (
    id           TEXT PRIMARY KEY,
    kind         TEXT NOT NULL CHECK (kind IN ('assessment')),
    title        TEXT NOT NULL,
    sort_key     TEXT NOT NULL UNIQUE,
    blueprint    TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed')),
    opens_on     TEXT NOT NULL,
    closes_on    TEXT NOT NULL,
    time_limit_s BIGINT CHECK (time_limit_s > 0),
    explain      TEXT NOT NULL CHECK (explain IN ('submit', 'close', 'never')),
    offer        TEXT NOT NULL,
    created_at   BIGINT NOT NULL,
    opened_at    BIGINT,
    closed_at    BIGINT,
    -- Groups are made once, when the campaign opens, and figures once, when it closes (both JSON): two
    -- versions of either could be subtracted from each other, and the difference is a person.
    groups       TEXT,
    figures      TEXT,
    CHECK (closes_on >= opens_on)
);

CREATE TABLE campaign_services (
    campaign_id TEXT NOT NULL REFERENCES campaigns (id),
    service_id  TEXT NOT NULL REFERENCES services (id),
    PRIMARY KEY (campaign_id, service_id)
);

-- Who is invited, and for which service the person counts: fixed when the campaign opens, so that groups
-- of figures keep their borders. Somebody who joins later is added at the start of the attempt.
CREATE TABLE campaign_people (
    campaign_id TEXT NOT NULL REFERENCES campaigns (id),
    person_id   TEXT NOT NULL REFERENCES persons (id),
    service_id  TEXT NOT NULL REFERENCES services (id),
    joined      BOOLEAN NOT NULL,
    PRIMARY KEY (campaign_id, person_id)
);
CREATE INDEX campaign_people_by_person ON campaign_people (person_id);

CREATE TABLE attempts (
    id          TEXT PRIMARY KEY,
    campaign_id TEXT NOT NULL REFERENCES campaigns (id),
    person_id   TEXT NOT NULL REFERENCES persons (id),
    seed        BIGINT NOT NULL,
    entry       BIGINT NOT NULL,
    place       BIGINT NOT NULL,
    entered     BOOLEAN NOT NULL, -- the entry items were judged, or there are none
    helped      BOOLEAN NOT NULL,
    started_at  BIGINT NOT NULL,
    deadline_at BIGINT,
    ended_at    BIGINT,
    ended       TEXT CHECK (ended IN ('submitted', 'starter', 'time', 'closed')),
    CHECK ((ended_at IS NULL) = (ended IS NULL)),
    UNIQUE (campaign_id, person_id)
);
CREATE INDEX attempts_by_person ON attempts (person_id);
CREATE INDEX attempts_running ON attempts (deadline_at) WHERE ended_at IS NULL;

CREATE TABLE attempt_items (
    attempt_id  TEXT NOT NULL REFERENCES attempts (id),
    n           BIGINT NOT NULL,
    item_id     TEXT NOT NULL,
    version     BIGINT NOT NULL,
    item        TEXT NOT NULL,
    shown       TEXT NOT NULL,
    later       BOOLEAN NOT NULL,
    answer      TEXT,
    answered_at BIGINT,
    PRIMARY KEY (attempt_id, n)
);

CREATE TABLE attempt_results (
    attempt_id TEXT NOT NULL REFERENCES attempts (id),
    domain     TEXT NOT NULL,
    result     TEXT NOT NULL,
    PRIMARY KEY (attempt_id, domain)
);

-- +goose Down
DROP TABLE attempt_results;
DROP TABLE attempt_items;
DROP TABLE attempts;
DROP TABLE campaign_people;
DROP TABLE campaign_services;
DROP TABLE campaigns;
