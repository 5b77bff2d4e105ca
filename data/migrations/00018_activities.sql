-- Activities for children, such as a week of the Kinderclub: half-days with places, the children and who may fetch them,
-- who came and who left with whom. Days are YYYY-MM-DD, minutes those of the wall in Brussels. There is no national number
-- and no address in it, by design: it serves no fiscal attest. '' means none where a column is NOT NULL; things that are
-- only read as a whole are JSON.

-- +goose Up
-- After keep_until, what names a child is purged; purged_on is the day on which that was done.
CREATE TABLE activities (
    id          TEXT PRIMARY KEY,
    title       TEXT NOT NULL,
    sort_key    TEXT NOT NULL,
    location_id TEXT NOT NULL REFERENCES locations (id),
    room_id     TEXT REFERENCES rooms (id),
    first_on    TEXT NOT NULL,
    last_on     TEXT NOT NULL,
    age_groups  TEXT NOT NULL,
    keep_until  TEXT NOT NULL,
    purged_on   TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    CHECK (last_on >= first_on AND keep_until >= last_on)
);
CREATE INDEX activities_by_day ON activities (last_on, first_on);
CREATE INDEX activities_by_end ON activities (purged_on, keep_until);

CREATE TABLE activity_half_days (
    id          TEXT PRIMARY KEY,
    activity_id TEXT NOT NULL REFERENCES activities (id),
    on_day      TEXT NOT NULL,
    part        TEXT NOT NULL CHECK (part IN ('morning', 'afternoon')),
    from_min    BIGINT NOT NULL CHECK (from_min >= 0),
    until_min   BIGINT NOT NULL CHECK (until_min <= 1440),
    capacity    BIGINT NOT NULL CHECK (capacity BETWEEN 1 AND 500),
    cancelled   TEXT NOT NULL,
    CHECK (until_min > from_min)
);
CREATE UNIQUE INDEX activity_half_days_once ON activity_half_days (activity_id, on_day, part);
CREATE INDEX activity_half_days_by_day ON activity_half_days (on_day, from_min);

-- born is YYYY, or YYYY-MM where the year alone doesn't tell the age group. alone is 1 for who may go home alone.
CREATE TABLE activity_children (
    id             TEXT PRIMARY KEY,
    given          TEXT NOT NULL,
    family         TEXT NOT NULL,
    sort_key       TEXT NOT NULL,
    born           TEXT NOT NULL,
    guardian       TEXT NOT NULL,
    phone          TEXT NOT NULL,
    second_contact TEXT NOT NULL,
    alone          BIGINT NOT NULL CHECK (alone IN (0, 1)),
    fetchers       TEXT NOT NULL,
    note           TEXT NOT NULL,
    created_at     BIGINT NOT NULL
);
CREATE INDEX activity_children_by_name ON activity_children (sort_key, id);

-- seat is from 1, and 0 for who has none; child_id is NULL once the child was purged. untold is 1 for who got a place from
-- the waiting list, or lost one, and wasn't called yet. left_min and arrived_min are 0 for none.
CREATE TABLE activity_places (
    id          TEXT PRIMARY KEY,
    half_day_id TEXT NOT NULL REFERENCES activity_half_days (id),
    child_id    TEXT REFERENCES activity_children (id),
    age_group   TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('booked', 'waiting', 'cancelled')),
    seat        BIGINT NOT NULL CHECK (seat BETWEEN 0 AND 500),
    queued_at   BIGINT NOT NULL,
    untold      BIGINT NOT NULL CHECK (untold IN (0, 1)),
    mark        TEXT NOT NULL CHECK (mark IN ('expected', 'here', 'gone', 'absent')),
    arrived_min BIGINT NOT NULL,
    left_min    BIGINT NOT NULL,
    left_how    TEXT NOT NULL CHECK (left_how IN ('', 'guardian', 'listed', 'alone', 'other')),
    left_by     TEXT NOT NULL,
    left_why    TEXT NOT NULL,
    ended_at    BIGINT NOT NULL,
    CHECK ((state = 'booked') = (seat > 0)),
    CHECK ((mark = 'gone') = (left_how <> ''))
);
CREATE UNIQUE INDEX activity_places_one_seat ON activity_places (half_day_id, seat) WHERE seat > 0;
CREATE UNIQUE INDEX activity_places_one_active ON activity_places (half_day_id, child_id) WHERE state IN ('booked', 'waiting');
CREATE INDEX activity_places_by_half_day ON activity_places (half_day_id, state);
CREATE INDEX activity_places_by_child ON activity_places (child_id, state);

-- +goose Down
DROP TABLE activity_places;
DROP TABLE activity_children;
DROP TABLE activity_half_days;
DROP TABLE activities;
