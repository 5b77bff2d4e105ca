-- One stock of places in a room for lessons, activities and the PCs of visitors. A visitor sits at a PC with a number, and
-- of a PC there is one holder per quarter of an hour; who sits there, and who seated them, is not kept. From now on the
-- half-days of activities hold their room as lessons do.
--
-- That somebody is a client of the OCMW shows social aid, and leaves the register of the courses: such a participant is a
-- resident from now on, and a fee for clients one for residents of whom somebody saw a proof.

-- +goose Up
ALTER TABLE room_quarters ADD COLUMN pc BIGINT NOT NULL DEFAULT 0 CHECK (pc >= 0);
CREATE UNIQUE INDEX room_quarters_one_pc ON room_quarters (room_id, quarter, pc) WHERE pc > 0;
ALTER TABLE room_visits ADD COLUMN pc BIGINT NOT NULL DEFAULT 0 CHECK (pc >= 0);
ALTER TABLE room_visits DROP COLUMN name;
ALTER TABLE room_visits DROP COLUMN actor;

-- The half-days that are still to come hold their room, except where somebody else has it already: that one "activity
-- check" names. Neither engine knows the other's dates, so they are counted here: the day as a number of days since 1970,
-- and Brussels two hours ahead of UTC from the last Sunday of March to that of October, one hour in the rest of the year.
-- (All half-days lie between six in the morning and eight in the evening, far from the hour at which the clock changes.)
INSERT INTO room_quarters (room_id, quarter, holder, places, exclusive)
WITH RECURSIVE
counts (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counts WHERE n < 95),
dates AS (
    SELECT h.id, a.room_id, h.from_min, h.until_min, h.capacity, CAST(substr(h.on_day, 1, 4) AS BIGINT) AS y, CAST(substr(h.on_day, 6, 2) AS BIGINT) AS m,
        CAST(substr(h.on_day, 9, 2) AS BIGINT) AS d
    FROM activity_half_days h JOIN activities a ON a.id = h.activity_id
    WHERE a.room_id IS NOT NULL AND h.cancelled = '' AND h.on_day >= CAST(CURRENT_DATE AS TEXT)),
turned AS ( -- a year that begins in March, so that its leap day is the last one
    SELECT id, room_id, from_min, until_min, capacity, y, d, CASE WHEN m > 2 THEN y ELSE y - 1 END AS ty, CASE WHEN m > 2 THEN m - 3 ELSE m + 9 END AS tm FROM dates),
numbered AS (
    SELECT id, room_id, from_min, until_min, capacity, 365 * ty + ty / 4 - ty / 100 + ty / 400 + (153 * tm + 2) / 5 + d - 719469 AS day,
        365 * y + y / 4 - y / 100 + y / 400 + 30 - 719468 AS spring, 365 * y + y / 4 - y / 100 + y / 400 + 244 - 719468 AS autumn FROM turned),
ahead AS (
    SELECT id, room_id, from_min, until_min, capacity, day,
        CASE WHEN day >= spring - (spring + 4) % 7 AND day < autumn - (autumn + 4) % 7 THEN 120 ELSE 60 END AS wall FROM numbered),
spans AS (
    SELECT id, room_id, capacity, (day * 1440 + from_min - wall) / 15 AS q, (day * 1440 + until_min - wall + 14) / 15 AS beyond FROM ahead)
SELECT s.room_id, s.q + c.n, s.id, s.capacity, CASE WHEN coalesce(r.mode, 'exclusive') = 'exclusive' THEN 1 ELSE 0 END
FROM spans s JOIN counts c ON s.q + c.n < s.beyond LEFT JOIN course_rooms r ON r.room_id = s.room_id
WHERE NOT EXISTS (SELECT 1 FROM room_quarters t WHERE t.room_id = s.room_id AND t.quarter >= s.q AND t.quarter < s.beyond)
ON CONFLICT DO NOTHING;

UPDATE participants SET category = 'resident' WHERE category = 'client';
UPDATE enrolments SET category = 'resident' WHERE category = 'client';
UPDATE enrolments SET fee = replace(fee, '"category":"client"', '"category":"resident"') WHERE fee LIKE '%"category":"client"%';
UPDATE course_fee_rules SET details = replace(details, '"category":"client"', '"category":"resident","reduced":true,"proof_days":365') WHERE details LIKE '%"category":"client"%';
UPDATE courses SET details = replace(details, '"client"', '"resident"') WHERE details LIKE '%"client"%';

-- +goose Down
DELETE FROM room_quarters WHERE holder IN (SELECT id FROM activity_half_days);
DROP INDEX room_quarters_one_pc;
ALTER TABLE room_quarters DROP COLUMN pc;
ALTER TABLE room_visits DROP COLUMN pc;
ALTER TABLE room_visits ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE room_visits ADD COLUMN actor TEXT NOT NULL DEFAULT '';
