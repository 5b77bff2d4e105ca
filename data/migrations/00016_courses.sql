-- Courses: the catalogue, rooms and trainers, series with their sessions, who is enrolled, attendance, needs. Days are
-- YYYY-MM-DD and minutes those of the wall in Brussels; start_at and end_at are derived from them, Unix milliseconds
-- UTC. A quarter is 15 minutes: Unix milliseconds divided by 900 000. '' means none where a column is NOT NULL;
-- things that are only read as a whole are JSON.

-- +goose Up
-- details is the rest of what the catalogue says of a course: goals, audience, material, the outline of the lessons.
CREATE TABLE courses (
    id         TEXT PRIMARY KEY,
    code       TEXT NOT NULL UNIQUE,
    title      TEXT NOT NULL,
    sort_key   TEXT NOT NULL,
    domain     TEXT NOT NULL,
    level      BIGINT NOT NULL CHECK (level BETWEEN 1 AND 4),
    details    TEXT NOT NULL,
    retired_on TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- The fee rules as data; course_id is '' for all courses.
CREATE TABLE course_fee_rules (
    id         TEXT PRIMARY KEY,
    course_id  TEXT NOT NULL,
    details    TEXT NOT NULL,
    from_on    TEXT NOT NULL,
    until_on   TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- What courses must know of a room besides its seats and PCs. keep_free are PCs that stay for visitors during a lesson.
CREATE TABLE course_rooms (
    room_id   TEXT PRIMARY KEY REFERENCES rooms (id),
    mode      TEXT NOT NULL CHECK (mode IN ('exclusive', 'capacity')),
    capacity  BIGINT NOT NULL CHECK (capacity BETWEEN 0 AND 500),
    keep_free BIGINT NOT NULL CHECK (keep_free >= 0),
    equipment TEXT NOT NULL,
    windows   TEXT NOT NULL
);

CREATE TABLE course_room_closures (
    id       TEXT PRIMARY KEY,
    room_id  TEXT NOT NULL REFERENCES rooms (id),
    from_on  TEXT NOT NULL,
    until_on TEXT NOT NULL,
    reason   TEXT NOT NULL,
    CHECK (until_on >= from_on)
);
CREATE INDEX course_room_closures_by_room ON course_room_closures (room_id, from_on);

-- Trainers are often volunteers or firms: person_id is NULL for who has no file here. allowance_cents is per hour.
CREATE TABLE trainers (
    id              TEXT PRIMARY KEY,
    person_id       TEXT REFERENCES persons (id),
    name            TEXT NOT NULL,
    sort_key        TEXT NOT NULL,
    kind            TEXT NOT NULL CHECK (kind IN ('staff', 'volunteer', 'firm')),
    phone           TEXT NOT NULL,
    mail            TEXT NOT NULL,
    allowance_cents BIGINT NOT NULL CHECK (allowance_cents >= 0),
    travel_minutes  BIGINT NOT NULL CHECK (travel_minutes BETWEEN 0 AND 240),
    windows         TEXT NOT NULL,
    ended_on        TEXT NOT NULL,
    created_at      BIGINT NOT NULL
);
CREATE UNIQUE INDEX trainers_by_person ON trainers (person_id) WHERE person_id IS NOT NULL;

CREATE TABLE trainer_leave (
    id         TEXT PRIMARY KEY,
    trainer_id TEXT NOT NULL REFERENCES trainers (id),
    from_on    TEXT NOT NULL,
    until_on   TEXT NOT NULL,
    CHECK (until_on >= from_on)
);
CREATE INDEX trainer_leave_by_trainer ON trainer_leave (trainer_id, from_on);

-- Minutes between two locations, a before b; where none are said a trainer's own travel_minutes hold.
CREATE TABLE course_travel (
    a       TEXT NOT NULL REFERENCES locations (id),
    b       TEXT NOT NULL REFERENCES locations (id),
    minutes BIGINT NOT NULL CHECK (minutes BETWEEN 0 AND 240),
    PRIMARY KEY (a, b),
    CHECK (a < b)
);

-- Who takes courses. Only what enrolment needs; no national number, by design.
CREATE TABLE participants (
    id         TEXT PRIMARY KEY,
    person_id  TEXT REFERENCES persons (id),
    given      TEXT NOT NULL,
    family     TEXT NOT NULL,
    sort_key   TEXT NOT NULL,
    phone      TEXT NOT NULL,
    mail       TEXT NOT NULL,
    category   TEXT NOT NULL,
    language   TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX participants_by_person ON participants (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX participants_by_name ON participants (sort_key, id);
CREATE INDEX participants_by_phone ON participants (phone);

-- A series is a course that is given at set times. The rules of enrolment are copied here from the course when it is
-- made, so that a change of the catalogue changes nothing that was promised.
CREATE TABLE course_series (
    id           TEXT PRIMARY KEY,
    course_id    TEXT NOT NULL REFERENCES courses (id),
    code         TEXT NOT NULL UNIQUE,
    location_id  TEXT NOT NULL REFERENCES locations (id),
    state        TEXT NOT NULL CHECK (state IN ('draft', 'published', 'going', 'cancelled', 'closed')),
    least        BIGINT NOT NULL CHECK (least >= 0),
    seats        BIGINT NOT NULL CHECK (seats BETWEEN 1 AND 500),
    promotion    TEXT NOT NULL CHECK (promotion IN ('direct', 'offer')),
    offer_days   BIGINT NOT NULL CHECK (offer_days BETWEEN 1 AND 30),
    decide_on    TEXT NOT NULL,
    enrol_until  BIGINT NOT NULL,
    stop_minutes BIGINT NOT NULL CHECK (stop_minutes >= 0),
    auto         BIGINT NOT NULL CHECK (auto IN (0, 1)),
    approval     BIGINT NOT NULL CHECK (approval IN (0, 1)),
    details      TEXT NOT NULL,
    first_at     BIGINT NOT NULL,
    last_at      BIGINT NOT NULL,
    created_at   BIGINT NOT NULL
);
CREATE INDEX course_series_by_course ON course_series (course_id, first_at);
CREATE INDEX course_series_by_state ON course_series (state, first_at);

-- sequence rises each time that a session moves: it is the SEQUENCE of its invitation.
CREATE TABLE course_sessions (
    id        TEXT PRIMARY KEY,
    series_id TEXT NOT NULL REFERENCES course_series (id),
    number    BIGINT NOT NULL CHECK (number >= 1),
    on_day    TEXT NOT NULL,
    from_min  BIGINT NOT NULL CHECK (from_min >= 0),
    until_min BIGINT NOT NULL CHECK (until_min <= 1440),
    start_at  BIGINT NOT NULL,
    end_at    BIGINT NOT NULL,
    room_id   TEXT NOT NULL REFERENCES rooms (id),
    state     TEXT NOT NULL CHECK (state IN ('planned', 'cancelled')),
    sequence  BIGINT NOT NULL,
    note      TEXT NOT NULL,
    CHECK (end_at > start_at AND until_min > from_min)
);
CREATE UNIQUE INDEX course_sessions_numbered ON course_sessions (series_id, number);
CREATE INDEX course_sessions_by_time ON course_sessions (start_at);
CREATE INDEX course_sessions_by_room ON course_sessions (room_id, start_at);

CREATE TABLE course_session_trainers (
    session_id TEXT NOT NULL REFERENCES course_sessions (id),
    trainer_id TEXT NOT NULL REFERENCES trainers (id),
    PRIMARY KEY (session_id, trainer_id)
);
CREATE INDEX course_session_trainers_by_trainer ON course_session_trainers (trainer_id, session_id);

-- Who holds a room in a quarter of an hour: a session, or a visitor who reserved PCs. Of an exclusive room only one.
CREATE TABLE room_quarters (
    room_id   TEXT NOT NULL REFERENCES rooms (id),
    quarter   BIGINT NOT NULL,
    holder    TEXT NOT NULL,
    places    BIGINT NOT NULL CHECK (places >= 0),
    exclusive BIGINT NOT NULL CHECK (exclusive IN (0, 1)),
    PRIMARY KEY (room_id, quarter, holder)
);
CREATE UNIQUE INDEX room_quarters_exclusive ON room_quarters (room_id, quarter) WHERE exclusive = 1;
CREATE INDEX room_quarters_by_holder ON room_quarters (holder);

CREATE TABLE trainer_quarters (
    trainer_id TEXT NOT NULL REFERENCES trainers (id),
    quarter    BIGINT NOT NULL,
    session_id TEXT NOT NULL REFERENCES course_sessions (id),
    PRIMARY KEY (trainer_id, quarter)
);
CREATE INDEX trainer_quarters_by_session ON trainer_quarters (session_id);

-- A visitor's PCs in a room.
CREATE TABLE room_visits (
    id       TEXT PRIMARY KEY,
    room_id  TEXT NOT NULL REFERENCES rooms (id),
    start_at BIGINT NOT NULL,
    end_at   BIGINT NOT NULL,
    places   BIGINT NOT NULL CHECK (places >= 1),
    name     TEXT NOT NULL,
    actor    TEXT NOT NULL,
    CHECK (end_at > start_at)
);
CREATE INDEX room_visits_by_room ON room_visits (room_id, start_at);

-- seat is from 1, and 0 for who has none. Who waits together shares pair. fee is the fee as it was when the person
-- enrolled, with the rule that gave it.
CREATE TABLE enrolments (
    id             TEXT PRIMARY KEY,
    series_id      TEXT NOT NULL REFERENCES course_series (id),
    participant_id TEXT NOT NULL REFERENCES participants (id),
    state          TEXT NOT NULL CHECK (state IN ('approval', 'waiting', 'offered', 'booked', 'cancelled', 'lapsed', 'refused', 'moved')),
    seat           BIGINT NOT NULL CHECK (seat >= 0),
    priority       BIGINT NOT NULL,
    queued_at      BIGINT NOT NULL,
    pair           TEXT NOT NULL,
    source         TEXT NOT NULL CHECK (source IN ('self', 'desk', 'kiosk', 'coordinator', 'import')),
    category       TEXT NOT NULL,
    fee            TEXT NOT NULL,
    paid           TEXT NOT NULL CHECK (paid IN ('free', 'due', 'paid', 'waived', 'unknown')),
    offer_until    TEXT NOT NULL,
    approved_by    TEXT NOT NULL,
    reason         TEXT NOT NULL,
    ended_at       BIGINT NOT NULL,
    CHECK ((state IN ('offered', 'booked')) = (seat > 0))
);
CREATE UNIQUE INDEX enrolments_one_active ON enrolments (series_id, participant_id) WHERE state IN ('approval', 'waiting', 'offered', 'booked');
CREATE UNIQUE INDEX enrolments_one_seat ON enrolments (series_id, seat) WHERE seat > 0;
CREATE INDEX enrolments_by_series ON enrolments (series_id, state);
CREATE INDEX enrolments_by_participant ON enrolments (participant_id, state);

-- What happened to an enrolment, and to whom it was passed: only added to.
CREATE TABLE enrolment_events (
    id           TEXT PRIMARY KEY,
    enrolment_id TEXT NOT NULL REFERENCES enrolments (id),
    series_id    TEXT NOT NULL REFERENCES course_series (id),
    at           BIGINT NOT NULL,
    actor        TEXT NOT NULL,
    act          TEXT NOT NULL,
    detail       TEXT NOT NULL
);
CREATE INDEX enrolment_events_by_enrolment ON enrolment_events (enrolment_id, at);
CREATE INDEX enrolment_events_by_series ON enrolment_events (series_id, at);

-- Attendance stays with the session when that moves. A participant of another series may catch up in a session: then
-- instead is the session that was missed.
CREATE TABLE attendance (
    session_id   TEXT NOT NULL REFERENCES course_sessions (id),
    enrolment_id TEXT NOT NULL REFERENCES enrolments (id),
    mark         TEXT NOT NULL CHECK (mark IN ('present', 'excused', 'absent', 'late', 'expected')),
    instead      TEXT NOT NULL,
    at           BIGINT NOT NULL,
    actor        TEXT NOT NULL,
    PRIMARY KEY (session_id, enrolment_id)
);
CREATE INDEX attendance_by_enrolment ON attendance (enrolment_id, session_id);

-- What somebody should learn: from the assessment, from the person or from the coordinator. levels is how many levels
-- of the domain are missing.
CREATE TABLE training_needs (
    id             TEXT PRIMARY KEY,
    participant_id TEXT NOT NULL REFERENCES participants (id),
    course_id      TEXT NOT NULL REFERENCES courses (id),
    levels         BIGINT NOT NULL CHECK (levels BETWEEN 1 AND 3),
    source         TEXT NOT NULL CHECK (source IN ('assessment', 'person', 'coordinator')),
    slots          TEXT NOT NULL,
    service_id     TEXT NOT NULL,
    enrolment_id   TEXT NOT NULL,
    closed_on      TEXT NOT NULL,
    why_closed     TEXT NOT NULL,
    created_at     BIGINT NOT NULL
);
CREATE UNIQUE INDEX training_needs_one_open ON training_needs (participant_id, course_id) WHERE closed_on = '';
CREATE INDEX training_needs_by_course ON training_needs (course_id, closed_on);

-- +goose Down
DROP TABLE training_needs;
DROP TABLE attendance;
DROP TABLE enrolment_events;
DROP TABLE enrolments;
DROP TABLE room_visits;
DROP TABLE trainer_quarters;
DROP TABLE room_quarters;
DROP TABLE course_session_trainers;
DROP TABLE course_sessions;
DROP TABLE course_series;
DROP TABLE participants;
DROP TABLE course_travel;
DROP TABLE trainer_leave;
DROP TABLE trainers;
DROP TABLE course_room_closures;
DROP TABLE course_rooms;
DROP TABLE course_fee_rules;
DROP TABLE courses;
