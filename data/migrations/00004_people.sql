-- People before accounts: what payroll calls somebody, who employs them for how much of a full week, who
-- stands in for a head, and the rooms of a location. Fractions are ten-thousandths of a full week.

-- +goose Up
-- number is what payroll calls the person (personeelsnummer): how a list that comes back is matched. It is never
-- the national number.
ALTER TABLE persons ADD COLUMN number TEXT;
CREATE UNIQUE INDEX persons_by_number ON persons (number) WHERE number IS NOT NULL;

-- employer is who else pays the person (an interim office, a neighbouring town); '' for the service's own
-- organisation.
ALTER TABLE employments ADD COLUMN fraction BIGINT NOT NULL DEFAULT 10000 CHECK (fraction BETWEEN 1 AND 10000);
ALTER TABLE employments ADD COLUMN employer TEXT NOT NULL DEFAULT '';

-- A service that is over keeps its people's past: it is closed, not deleted.
ALTER TABLE services ADD COLUMN closed_on TEXT;

-- Who acts as head of a service or cluster besides head_id, for a span of days.
CREATE TABLE service_standins (
    service_id TEXT NOT NULL REFERENCES services (id),
    person_id  TEXT NOT NULL REFERENCES persons (id),
    from_on    TEXT NOT NULL,
    until_on   TEXT,
    PRIMARY KEY (service_id, person_id),
    CHECK (until_on IS NULL OR until_on >= from_on)
);
CREATE INDEX service_standins_by_person ON service_standins (person_id);

CREATE TABLE rooms (
    id          TEXT PRIMARY KEY,
    location_id TEXT NOT NULL REFERENCES locations (id),
    name        TEXT NOT NULL,
    sort_key    TEXT NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('ocr', 'cafetaria', 'testlokaal', 'balie', 'leslokaal', 'vergaderzaal')),
    seats       BIGINT NOT NULL CHECK (seats BETWEEN 0 AND 500),
    pcs         BIGINT NOT NULL CHECK (pcs BETWEEN 0 AND 500),
    created_at  BIGINT NOT NULL,
    UNIQUE (location_id, sort_key)
);

-- +goose Down
DROP TABLE rooms;
DROP TABLE service_standins;
ALTER TABLE services DROP COLUMN closed_on;
ALTER TABLE employments DROP COLUMN employer;
ALTER TABLE employments DROP COLUMN fraction;
DROP INDEX persons_by_number;
ALTER TABLE persons DROP COLUMN number;
