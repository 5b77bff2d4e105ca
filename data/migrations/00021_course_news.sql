-- Who must still hear what about courses, and what people have of it in their calendars. Instants are Unix milliseconds
-- UTC. Written in the transaction of what it is about, so that nobody is forgotten.

-- +goose Up
-- How somebody wants to be told; '' is by mail where there is an address, else by phone, else by letter. The address is
-- of the letter alone: '' means that the desk hands it over.
ALTER TABLE participants ADD COLUMN channel TEXT NOT NULL DEFAULT '' CHECK (channel IN ('', 'mail', 'phone', 'letter'));
ALTER TABLE participants ADD COLUMN address TEXT NOT NULL DEFAULT '';

-- One row for each thing that a participant (enrolment_id) or a trainer (trainer_id) must hear; told_at is 0 until that is
-- done, how is in what way. heard is 1 for who was there when it happened: only a mail or a letter brings it again.
CREATE TABLE course_news (
    id           TEXT PRIMARY KEY,
    series_id    TEXT NOT NULL REFERENCES course_series (id),
    enrolment_id TEXT REFERENCES enrolments (id),
    trainer_id   TEXT REFERENCES trainers (id),
    about        TEXT NOT NULL CHECK (about IN ('booked', 'waiting', 'approval', 'offered', 'refused', 'lapsed', 'cancelled', 'moved', 'stopped', 'going', 'lessons')),
    heard        BIGINT NOT NULL CHECK (heard IN (0, 1)),
    at           BIGINT NOT NULL,
    told_at      BIGINT NOT NULL,
    how          TEXT NOT NULL,
    CHECK ((enrolment_id IS NULL) <> (trainer_id IS NULL))
);
CREATE UNIQUE INDEX course_news_once ON course_news (enrolment_id, series_id, about) WHERE told_at = 0 AND enrolment_id IS NOT NULL;
CREATE UNIQUE INDEX course_news_trainer_once ON course_news (trainer_id, series_id, about) WHERE told_at = 0 AND trainer_id IS NOT NULL;
CREATE INDEX course_news_by_time ON course_news (told_at, at);
CREATE INDEX course_news_by_enrolment ON course_news (enrolment_id, at);

-- The lessons that somebody was sent for a calendar, as they were sent last. holder is a participant or a trainer; event
-- is an ics.Event as JSON.
CREATE TABLE course_invited (
    holder     TEXT NOT NULL,
    session_id TEXT NOT NULL REFERENCES course_sessions (id),
    event      TEXT NOT NULL,
    PRIMARY KEY (holder, session_id)
);

-- Who was on the list of whom to call stays on it.
INSERT INTO course_news (id, series_id, enrolment_id, trainer_id, about, heard, at, told_at, how)
SELECT v.id, v.series_id, v.enrolment_id, NULL, CASE WHEN v.act = 'series' AND s.state = 'cancelled' THEN 'stopped' WHEN v.act = 'series' THEN 'lessons' ELSE v.act END, 0, v.at, 0, ''
FROM enrolment_events v JOIN enrolments e ON e.id = v.enrolment_id JOIN course_series s ON s.id = v.series_id
WHERE (v.act IN ('series', 'moved') OR v.act IN ('offered', 'booked') AND v.at > e.queued_at) AND e.state IN ('waiting', 'offered', 'booked', 'cancelled')
    AND NOT EXISTS (SELECT 1 FROM enrolment_events w WHERE w.enrolment_id = v.enrolment_id AND w.act IN ('told', 'accepted', 'offered', 'booked', 'series', 'moved')
        AND (w.at > v.at OR w.at = v.at AND w.id > v.id));

-- +goose Down
DROP TABLE course_invited;
DROP TABLE course_news;
ALTER TABLE participants DROP COLUMN address;
ALTER TABLE participants DROP COLUMN channel;
