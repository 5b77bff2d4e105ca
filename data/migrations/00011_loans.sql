-- The register of what is lent: devices, borrowers, the figures of the regulation, loans, bookings and money. Amounts
-- are cents, days YYYY-MM-DD in Brussels, instants Unix milliseconds UTC, lists of things JSON. '' means none where a
-- column is NOT NULL. borrower_id is NULL once the history was unlinked from the person: the counts stay.

-- +goose Up
-- Which serial numbers were given, per kind of code: a number is never used again.
CREATE TABLE loan_serials (
    kind BIGINT PRIMARY KEY,
    last BIGINT NOT NULL
);

CREATE TABLE loan_settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE device_types (
    id          TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    sort_key    TEXT NOT NULL UNIQUE,
    kind        BIGINT NOT NULL UNIQUE CHECK (kind BETWEEN 10 AND 89),
    accessories TEXT NOT NULL,
    created_at  BIGINT NOT NULL
);

-- name_key is the free name folded. Only those in use must differ: a device that is out of use keeps its name.
CREATE TABLE devices (
    id              TEXT PRIMARY KEY,
    type_id         TEXT NOT NULL REFERENCES device_types (id),
    number          TEXT NOT NULL UNIQUE,
    name            TEXT NOT NULL,
    sort_key        TEXT NOT NULL,
    serial          TEXT NOT NULL,
    accessories     TEXT NOT NULL,
    bought_on       TEXT NOT NULL,
    price_cents     BIGINT NOT NULL CHECK (price_cents >= 0),
    guarantee_until TEXT NOT NULL,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    location_id     TEXT NOT NULL REFERENCES locations (id),
    state           TEXT NOT NULL CHECK (state IN ('stock', 'ready', 'loan', 'check', 'wipe', 'repair', 'lost', 'stolen', 'retired')),
    back_on         TEXT NOT NULL,
    note            TEXT NOT NULL,
    created_at      BIGINT NOT NULL
);
CREATE UNIQUE INDEX devices_one_name ON devices (sort_key) WHERE state <> 'retired' AND sort_key <> '';
CREATE INDEX devices_by_type ON devices (type_id, state);
CREATE INDEX devices_by_state ON devices (state);

-- What happened to a device, never changed. detail is what the step left as proof.
CREATE TABLE device_events (
    id         TEXT PRIMARY KEY,
    device_id  TEXT NOT NULL REFERENCES devices (id),
    at         BIGINT NOT NULL,
    actor      TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state   TEXT NOT NULL,
    detail     TEXT NOT NULL
);
CREATE INDEX device_events_by_device ON device_events (device_id, at);

CREATE TABLE device_costs (
    id        TEXT PRIMARY KEY,
    device_id TEXT NOT NULL REFERENCES devices (id),
    on_day    TEXT NOT NULL,
    cents     BIGINT NOT NULL CHECK (cents >= 0),
    what      TEXT NOT NULL,
    actor     TEXT NOT NULL,
    at        BIGINT NOT NULL
);
CREATE INDEX device_costs_by_device ON device_costs (device_id, on_day);

CREATE TABLE device_kits (
    id         TEXT PRIMARY KEY,
    number     TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    sort_key   TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);

-- A kit is a physical set: a device is in one at most.
CREATE TABLE device_kit_members (
    device_id TEXT PRIMARY KEY REFERENCES devices (id),
    kit_id    TEXT NOT NULL REFERENCES device_kits (id)
);
CREATE INDEX device_kit_members_by_kit ON device_kit_members (kit_id);

CREATE TABLE loan_tariffs (
    code            TEXT PRIMARY KEY,
    name            TEXT NOT NULL,
    deposit_percent BIGINT NOT NULL CHECK (deposit_percent BETWEEN 0 AND 100),
    fee_percent     BIGINT NOT NULL CHECK (fee_percent BETWEEN 0 AND 100)
);

-- birth_month is YYYY-MM, of minors only. household is what the desk calls the people of one address.
CREATE TABLE borrowers (
    id          TEXT PRIMARY KEY,
    number      TEXT NOT NULL UNIQUE,
    category    TEXT NOT NULL CHECK (category IN ('citizen', 'client', 'participant', 'association', 'employee', 'minor')),
    given       TEXT NOT NULL,
    family      TEXT NOT NULL,
    sort_key    TEXT NOT NULL,
    phone       TEXT NOT NULL,
    mail        TEXT NOT NULL,
    birth_month TEXT NOT NULL,
    guardian_id TEXT REFERENCES borrowers (id),
    household   TEXT NOT NULL,
    right_until TEXT NOT NULL,
    person_id   TEXT REFERENCES persons (id),
    created_at  BIGINT NOT NULL,
    CHECK (category <> 'minor' OR guardian_id IS NOT NULL)
);
CREATE INDEX borrowers_by_name ON borrowers (sort_key, id);
CREATE INDEX borrowers_by_household ON borrowers (household);
CREATE INDEX borrowers_by_guardian ON borrowers (guardian_id);
CREATE UNIQUE INDEX borrowers_by_person ON borrowers (person_id) WHERE person_id IS NOT NULL;

-- Why somebody pays less: of the OCMW alone. The desk sees the tariff that it comes to.
CREATE TABLE borrower_grounds (
    borrower_id TEXT PRIMARY KEY REFERENCES borrowers (id),
    tariff      TEXT NOT NULL REFERENCES loan_tariffs (code),
    ground      TEXT NOT NULL,
    until_on    TEXT NOT NULL,
    actor       TEXT NOT NULL,
    at          BIGINT NOT NULL
);

CREATE TABLE borrower_blocks (
    id          TEXT PRIMARY KEY,
    borrower_id TEXT NOT NULL REFERENCES borrowers (id),
    from_on     TEXT NOT NULL,
    until_on    TEXT NOT NULL,
    reason      TEXT NOT NULL,
    actor       TEXT NOT NULL,
    at          BIGINT NOT NULL,
    act_id      TEXT NOT NULL,
    lifted_at   BIGINT,
    CHECK (until_on >= from_on)
);
CREATE INDEX borrower_blocks_by_borrower ON borrower_blocks (borrower_id, until_on);

CREATE TABLE loan_regulations (
    id         TEXT PRIMARY KEY,
    from_on    TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    actor      TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- category and type_id are '' for all.
CREATE TABLE loan_figures (
    regulation_id TEXT NOT NULL REFERENCES loan_regulations (id),
    category      TEXT NOT NULL,
    type_id       TEXT NOT NULL,
    param         TEXT NOT NULL,
    value         BIGINT NOT NULL,
    PRIMARY KEY (regulation_id, category, type_id, param)
);

-- Which body decided what is charged, and until when that holds.
CREATE TABLE loan_decisions (
    regulation_id TEXT NOT NULL REFERENCES loan_regulations (id),
    param         TEXT NOT NULL,
    body          TEXT NOT NULL,
    decided_on    TEXT NOT NULL,
    valid_until   TEXT NOT NULL,
    PRIMARY KEY (regulation_id, param)
);

CREATE TABLE loan_contracts (
    id          TEXT PRIMARY KEY,
    number      TEXT NOT NULL UNIQUE,
    borrower_id TEXT REFERENCES borrowers (id),
    begun_on    TEXT NOT NULL,
    regulation  TEXT NOT NULL,
    actor       TEXT NOT NULL,
    at          BIGINT NOT NULL,
    closed_at   BIGINT
);
CREATE INDEX loan_contracts_by_borrower ON loan_contracts (borrower_id);

-- rules are the figures as they were when the device was lent. ended is '' while the loan is open.
CREATE TABLE loans (
    id              TEXT PRIMARY KEY,
    contract_id     TEXT NOT NULL REFERENCES loan_contracts (id),
    device_id       TEXT NOT NULL REFERENCES devices (id),
    type_id         TEXT NOT NULL REFERENCES device_types (id),
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    location_id     TEXT NOT NULL REFERENCES locations (id),
    borrower_id     TEXT REFERENCES borrowers (id),
    category        TEXT NOT NULL,
    tariff          TEXT NOT NULL,
    lent_at         BIGINT NOT NULL,
    lent_on         TEXT NOT NULL,
    lent_by         TEXT NOT NULL,
    due_on          TEXT NOT NULL,
    shifts          TEXT NOT NULL,
    renewals        BIGINT NOT NULL,
    regulation      TEXT NOT NULL,
    rules           TEXT NOT NULL,
    accessories     TEXT NOT NULL,
    condition       TEXT NOT NULL,
    deposit_cents   BIGINT NOT NULL CHECK (deposit_cents >= 0),
    fee_cents       BIGINT NOT NULL CHECK (fee_cents >= 0),
    booking_id      TEXT NOT NULL,
    entered_why     TEXT NOT NULL,
    ended           TEXT NOT NULL CHECK (ended IN ('', 'returned', 'lost', 'stolen', 'undone')),
    ended_at        BIGINT,
    ended_on        TEXT NOT NULL,
    ended_by        TEXT NOT NULL,
    missing         TEXT NOT NULL,
    back_condition  TEXT NOT NULL,
    late_days       BIGINT NOT NULL,
    CHECK ((ended = '') = (ended_at IS NULL)),
    CHECK (due_on >= lent_on)
);
CREATE UNIQUE INDEX loans_one_open_per_device ON loans (device_id) WHERE ended = '';
CREATE INDEX loans_open_by_due ON loans (due_on) WHERE ended = '';
CREATE INDEX loans_by_device ON loans (device_id, lent_at);
CREATE INDEX loans_by_borrower ON loans (borrower_id, lent_on);
CREATE INDEX loans_by_contract ON loans (contract_id);
CREATE INDEX loans_by_end ON loans (ended_on);

-- What was done to a loan. before is what an undo puts back; reverses is the act that this one undid.
CREATE TABLE loan_acts (
    id         TEXT PRIMARY KEY,
    loan_id    TEXT NOT NULL REFERENCES loans (id),
    kind       TEXT NOT NULL CHECK (kind IN ('lend', 'renew', 'return', 'lost', 'undo')),
    at         BIGINT NOT NULL,
    real_at    BIGINT NOT NULL,
    actor      TEXT NOT NULL,
    account_id TEXT NOT NULL,
    before     TEXT NOT NULL,
    reverses   TEXT UNIQUE
);
CREATE INDEX loan_acts_by_loan ON loan_acts (loan_id, at);

-- Nothing here is ever changed: what was wrong is reversed by an entry of the opposite amount, once.
CREATE TABLE loan_ledger (
    id              TEXT PRIMARY KEY,
    loan_id         TEXT NOT NULL REFERENCES loans (id),
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    act_id          TEXT NOT NULL,
    at              BIGINT NOT NULL,
    on_day          TEXT NOT NULL,
    kind            TEXT NOT NULL CHECK (kind IN ('received', 'returned', 'withheld', 'charged', 'paid', 'waived')),
    what            TEXT NOT NULL CHECK (what IN ('deposit', 'fee', 'fine', 'damage')),
    cents           BIGINT NOT NULL CHECK (cents <> 0),
    method          TEXT NOT NULL CHECK (method IN ('', 'cash', 'bancontact', 'transfer')),
    iban            TEXT NOT NULL,
    note            TEXT NOT NULL,
    actor           TEXT NOT NULL,
    reverses        TEXT UNIQUE REFERENCES loan_ledger (id),
    CHECK ((reverses IS NULL) = (cents > 0)),
    CHECK ((method <> '') = (kind IN ('received', 'returned', 'paid')))
);
CREATE INDEX loan_ledger_by_loan ON loan_ledger (loan_id, at);
CREATE INDEX loan_ledger_by_day ON loan_ledger (on_day, organisation_id);

CREATE TABLE loan_cash_counts (
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    on_day          TEXT NOT NULL,
    counted_cents   BIGINT NOT NULL,
    expected_cents  BIGINT NOT NULL,
    note            TEXT NOT NULL,
    actor           TEXT NOT NULL,
    at              BIGINT NOT NULL,
    PRIMARY KEY (organisation_id, on_day)
);

-- Who accepted which text: out when the device was handed over, in when it came back. hash goes over the row and the
-- one before; what names somebody goes in as salted hashes, so that it can be erased and the chain still holds.
CREATE TABLE loan_signatures (
    seq         BIGINT PRIMARY KEY,
    contract_id TEXT NOT NULL REFERENCES loan_contracts (id),
    kind        TEXT NOT NULL CHECK (kind IN ('out', 'in')),
    at          BIGINT NOT NULL,
    way         TEXT NOT NULL CHECK (way IN ('screen', 'paper')),
    name        TEXT NOT NULL,
    text        TEXT NOT NULL,
    salt        TEXT NOT NULL,
    name_hash   TEXT NOT NULL,
    text_hash   TEXT NOT NULL,
    prev        TEXT NOT NULL,
    hash        TEXT NOT NULL,
    UNIQUE (contract_id, kind)
);

-- device_id is the device that is kept free; named tells that it was asked for and not just assigned.
CREATE TABLE device_bookings (
    id            TEXT PRIMARY KEY,
    number        TEXT NOT NULL UNIQUE,
    type_id       TEXT NOT NULL REFERENCES device_types (id),
    device_id     TEXT NOT NULL REFERENCES devices (id),
    named         BOOLEAN NOT NULL,
    borrower_id   TEXT REFERENCES borrowers (id),
    category      TEXT NOT NULL,
    from_on       TEXT NOT NULL,
    to_on         TEXT NOT NULL,
    pick_up_until TEXT NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('offered', 'booked', 'ready', 'fetched', 'cancelled', 'missed')),
    actor         TEXT NOT NULL,
    at            BIGINT NOT NULL,
    CHECK (to_on >= from_on)
);
CREATE INDEX device_bookings_by_device ON device_bookings (device_id, state);
CREATE INDEX device_bookings_by_type ON device_bookings (type_id, state);
CREATE INDEX device_bookings_by_day ON device_bookings (state, from_on);
CREATE INDEX device_bookings_by_borrower ON device_bookings (borrower_id);

-- Who waits for a device of a type, first come first served.
CREATE TABLE device_waits (
    id          TEXT PRIMARY KEY,
    type_id     TEXT NOT NULL REFERENCES device_types (id),
    borrower_id TEXT NOT NULL REFERENCES borrowers (id),
    from_on     TEXT NOT NULL,
    to_on       TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('waiting', 'offered', 'taken', 'lapsed', 'withdrawn')),
    offer_until TEXT NOT NULL,
    booking_id  TEXT NOT NULL,
    at          BIGINT NOT NULL,
    CHECK (to_on >= from_on)
);
CREATE INDEX device_waits_by_type ON device_waits (type_id, state, at);
CREATE INDEX device_waits_by_borrower ON device_waits (borrower_id);

CREATE TABLE loan_ladder (
    step       BIGINT PRIMARY KEY,
    days       BIGINT NOT NULL,
    letter     TEXT NOT NULL,
    channel    TEXT NOT NULL CHECK (channel IN ('call', 'letter', 'mail', 'text', 'registered', 'social')),
    block_days BIGINT NOT NULL CHECK (block_days >= 0)
);

-- round is the number of renewals before it: each due day has a ladder of its own. act_id is the act that cancelled it.
CREATE TABLE loan_notices (
    id      TEXT PRIMARY KEY,
    loan_id TEXT NOT NULL REFERENCES loans (id),
    round   BIGINT NOT NULL,
    step    BIGINT NOT NULL,
    plan_on TEXT NOT NULL,
    letter  TEXT NOT NULL,
    channel TEXT NOT NULL,
    block_days BIGINT NOT NULL,
    state   TEXT NOT NULL CHECK (state IN ('planned', 'done', 'cancelled')),
    done_at BIGINT,
    actor   TEXT NOT NULL,
    act_id  TEXT NOT NULL,
    UNIQUE (loan_id, round, step)
);
CREATE INDEX loan_notices_due ON loan_notices (plan_on) WHERE state = 'planned';

-- +goose Down
DROP TABLE loan_notices;
DROP TABLE loan_ladder;
DROP TABLE device_waits;
DROP TABLE device_bookings;
DROP TABLE loan_signatures;
DROP TABLE loan_cash_counts;
DROP TABLE loan_ledger;
DROP TABLE loan_acts;
DROP TABLE loans;
DROP TABLE loan_contracts;
DROP TABLE loan_decisions;
DROP TABLE loan_figures;
DROP TABLE loan_regulations;
DROP TABLE borrower_blocks;
DROP TABLE borrower_grounds;
DROP TABLE borrowers;
DROP TABLE loan_tariffs;
DROP TABLE device_kit_members;
DROP TABLE device_kits;
DROP TABLE device_costs;
DROP TABLE device_events;
DROP TABLE devices;
DROP TABLE device_types;
DROP TABLE loan_settings;
DROP TABLE loan_serials;
