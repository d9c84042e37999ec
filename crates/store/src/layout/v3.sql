-- What has happened to things that are not statements: charters, mandates, reviews and the like; append-only.
CREATE TABLE event (seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, at INTEGER NOT NULL, actor TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX event_of ON event (kind, subject);

-- Evidence handed out: to whom, by whom, as what; and which entities went along.
CREATE TABLE disclosure (no INTEGER PRIMARY KEY, at INTEGER NOT NULL, recipient TEXT NOT NULL, actor TEXT NOT NULL, what TEXT NOT NULL);
CREATE TABLE disclosed (entity INTEGER NOT NULL, disclosure INTEGER NOT NULL, PRIMARY KEY (entity, disclosure)) WITHOUT ROWID;

-- Erased entities: number of the tombstone, number of the entity, salted digest of the id that it had, markings it had.
CREATE TABLE tombstone (no INTEGER PRIMARY KEY, entity INTEGER NOT NULL UNIQUE, digest BLOB NOT NULL, needs TEXT NOT NULL, at INTEGER NOT NULL);
-- Salt of those digests, drawn at the first erasure; one row.
CREATE TABLE salt (no INTEGER PRIMARY KEY CHECK (no = 0), salt BLOB NOT NULL);

-- Entities that somebody restricted, and since when; what goes along with them, such as links, follows from the statements.
CREATE TABLE restricted (entity INTEGER PRIMARY KEY, at INTEGER NOT NULL);

-- The running number at which an entity's documents went out of date without a new statement; -1 where it was one.
ALTER TABLE unindexed ADD COLUMN since INTEGER NOT NULL DEFAULT -1;
