-- In dienst and uit dienst: what was ticked off by hand for who comes or goes. What the house knows by itself (an
-- account, a device that is out) has no row: it is looked up.

-- +goose Up
CREATE TABLE staffing_ticks (
    employment_id TEXT NOT NULL REFERENCES employments (id),
    move          TEXT NOT NULL CHECK (move IN ('join', 'leave')),
    step          TEXT NOT NULL,
    at            BIGINT NOT NULL,
    actor         TEXT NOT NULL,
    PRIMARY KEY (employment_id, move, step)
);

-- +goose Down
DROP TABLE staffing_ticks;
