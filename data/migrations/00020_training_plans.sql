-- The plan of training groups in the making, so that a coordinator whose line is cut goes on where it was: there is one at a
-- time, id 'open'. version rises at each change, so that of two people who change it the second one hears of it. plan is
-- JSON: what was chosen and the groups that came of it, by ids. The row goes when the plan becomes series.

-- +goose Up
CREATE TABLE training_plans (
    id         TEXT PRIMARY KEY CHECK (id = 'open'),
    version    BIGINT NOT NULL CHECK (version >= 1),
    plan       TEXT NOT NULL,
    actor      TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);

-- +goose Down
DROP TABLE training_plans;
