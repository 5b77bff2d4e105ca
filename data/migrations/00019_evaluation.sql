-- What participants thought of a course, without who thought it: the answers of a form have no name, no time and no link
-- to the token that let somebody in. A token says of which series it is and whether it was used, nothing else.

-- +goose Up
CREATE TABLE evaluation_tokens (
    token_hash TEXT PRIMARY KEY,
    series_id  TEXT NOT NULL REFERENCES course_series (id),
    used       BIGINT NOT NULL CHECK (used IN (0, 1))
);
CREATE INDEX evaluation_tokens_by_series ON evaluation_tokens (series_id, used);

-- id is random, and the rows of a series are written anew in its order at each answer: not even the place of a row on
-- disk tells who was first.
CREATE TABLE evaluation_answers (
    id        TEXT PRIMARY KEY,
    series_id TEXT NOT NULL REFERENCES course_series (id),
    answers   TEXT NOT NULL
);
CREATE INDEX evaluation_answers_by_series ON evaluation_answers (series_id, id);

-- From its closing on a series takes no answers, and its totals can be read.
CREATE TABLE evaluation_closings (
    series_id TEXT PRIMARY KEY REFERENCES course_series (id),
    on_day    TEXT NOT NULL,
    actor     TEXT NOT NULL
);

-- +goose Down
DROP TABLE evaluation_closings;
DROP TABLE evaluation_answers;
DROP TABLE evaluation_tokens;
