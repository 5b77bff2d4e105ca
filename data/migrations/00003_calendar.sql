-- When a location is open. Times of day are minutes since midnight on the wall (0 to 1440, half-open), days
-- YYYY-MM-DD, spans of days inclusive, weekday as in Go: 0 is Sunday.

-- +goose Up
CREATE TABLE locations (
    id              TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    name            TEXT NOT NULL,
    sort_key        TEXT NOT NULL,
    created_at      BIGINT NOT NULL,
    UNIQUE (organisation_id, sort_key)
);

CREATE TABLE location_seasons (
    location_id TEXT NOT NULL REFERENCES locations (id),
    from_on     TEXT NOT NULL,
    until_on    TEXT NOT NULL,
    name        TEXT NOT NULL,
    PRIMARY KEY (location_id, from_on),
    CHECK (until_on >= from_on)
);

-- season_on is the first day of a season, or '' for the ordinary week.
CREATE TABLE location_hours (
    location_id TEXT NOT NULL REFERENCES locations (id),
    season_on   TEXT NOT NULL,
    weekday     BIGINT NOT NULL CHECK (weekday BETWEEN 0 AND 6),
    opens       BIGINT NOT NULL CHECK (opens >= 0),
    closes      BIGINT NOT NULL CHECK (closes <= 1440),
    PRIMARY KEY (location_id, season_on, weekday, opens),
    CHECK (closes > opens)
);

CREATE TABLE location_half_days (
    location_id TEXT NOT NULL REFERENCES locations (id),
    on_day      TEXT NOT NULL,
    keep_from   BIGINT NOT NULL CHECK (keep_from >= 0),
    keep_until  BIGINT NOT NULL CHECK (keep_until <= 1440),
    note        TEXT NOT NULL,
    PRIMARY KEY (location_id, on_day),
    CHECK (keep_until > keep_from)
);

CREATE TABLE location_closures (
    location_id TEXT NOT NULL REFERENCES locations (id),
    from_on     TEXT NOT NULL,
    until_on    TEXT NOT NULL,
    reason      TEXT NOT NULL,
    PRIMARY KEY (location_id, from_on),
    CHECK (until_on >= from_on)
);

-- The holidays and local days that close a location.
CREATE TABLE location_ticks (
    location_id TEXT NOT NULL REFERENCES locations (id),
    code        TEXT NOT NULL,
    PRIMARY KEY (location_id, code)
);

-- Days that an organisation announces for the year: its locations follow them when they tick the kind.
CREATE TABLE local_days (
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    on_day          TEXT NOT NULL,
    kind            TEXT NOT NULL CHECK (kind IN ('fair', 'bridge')),
    PRIMARY KEY (organisation_id, on_day)
);

-- Dates that the Flemish government published: they go before the rule. school_year is the year in which
-- it begins.
CREATE TABLE school_holidays (
    school_year BIGINT NOT NULL,
    code        TEXT NOT NULL CHECK (code IN ('school_autumn', 'school_christmas', 'school_carnival', 'school_easter', 'school_summer')),
    from_on     TEXT NOT NULL,
    until_on    TEXT NOT NULL,
    PRIMARY KEY (school_year, code),
    CHECK (until_on >= from_on)
);

-- +goose Down
DROP TABLE school_holidays;
DROP TABLE local_days;
DROP TABLE location_ticks;
DROP TABLE location_closures;
DROP TABLE location_half_days;
DROP TABLE location_hours;
DROP TABLE location_seasons;
DROP TABLE locations;
