-- Names that statements refer to by small numbers.
CREATE TABLE symbol (no INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE dataset (no INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE marking (no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
CREATE TABLE source (
  no INTEGER PRIMARY KEY, dataset INTEGER NOT NULL, path TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL,
  UNIQUE (dataset, sha256, path)
);
CREATE TABLE provenance (
  no INTEGER PRIMARY KEY, source INTEGER NOT NULL, marking INTEGER NOT NULL, grade TEXT NOT NULL, kind TEXT NOT NULL,
  status TEXT NOT NULL, method TEXT NOT NULL, actor TEXT NOT NULL, lawful_basis TEXT NOT NULL,
  UNIQUE (source, marking, grade, kind, status, method, actor, lawful_basis)
);

-- Entities in order of first appearance; the number never leaves the store.
CREATE TABLE entity (no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);

-- Append-only. Clustered by entity, so that one entity is one range and a bulk load of new entities only appends.
CREATE TABLE statement (
  entity INTEGER NOT NULL, seq INTEGER NOT NULL, schema INTEGER NOT NULL, prop INTEGER NOT NULL,
  value TEXT NOT NULL, original TEXT, lang TEXT, provenance INTEGER NOT NULL,
  place INTEGER NOT NULL, place_a INTEGER NOT NULL, place_b INTEGER NOT NULL,
  valid_from TEXT, valid_to TEXT, recorded_at INTEGER NOT NULL,
  PRIMARY KEY (entity, seq)
) WITHOUT ROWID;

-- Words on pairs of entities, by machines and people; append-only, the newest by a person outranks any machine's.
CREATE TABLE pair (
  no INTEGER PRIMARY KEY, a INTEGER NOT NULL, b INTEGER NOT NULL, verdict TEXT NOT NULL, needs TEXT NOT NULL, origin TEXT NOT NULL,
  probability REAL, why TEXT NOT NULL, actor TEXT NOT NULL, recorded_at INTEGER NOT NULL
);
CREATE INDEX pair_ab ON pair (a, b);

-- Entities whose index documents are older than their statements.
CREATE TABLE unindexed (entity INTEGER PRIMARY KEY);

-- How far an import of one source by one mapping has come.
CREATE TABLE progress (source INTEGER NOT NULL, recipe TEXT NOT NULL, step INTEGER NOT NULL, next INTEGER NOT NULL, done INTEGER NOT NULL,
  PRIMARY KEY (source, recipe, step)) WITHOUT ROWID;

-- The journal: the public leaf of each entry, and its private content with the seed of the salts. The leaf comes first, so
-- that reading many leaves does not drag their contents along.
CREATE TABLE journal (seq INTEGER PRIMARY KEY, time INTEGER NOT NULL, leaf BLOB NOT NULL, seed BLOB NOT NULL, body TEXT NOT NULL);
-- Tiles of the tree over the leaves: full ones at level 0, and above it also the one that is still growing.
CREATE TABLE tile (level INTEGER NOT NULL, n INTEGER NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY (level, n)) WITHOUT ROWID;
-- Whose log it is and its newest signed checkpoint; one row.
CREATE TABLE log (no INTEGER PRIMARY KEY CHECK (no = 0), origin TEXT NOT NULL, vkey TEXT NOT NULL, size INTEGER NOT NULL, checkpoint TEXT NOT NULL);

-- Running numbers: `seq` is the number of the next statement.
CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO counter VALUES ('seq', 0);
