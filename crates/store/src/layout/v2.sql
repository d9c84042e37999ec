-- The journal's content is sealed by segment: the rows of version 1 are read from `journal_v1` and sealed into `journal` by
-- the program, which then drops the former. `previous` names the tree that the entry's transaction found. The leaf comes
-- early, so that reading many leaves does not drag their contents along.
ALTER TABLE journal RENAME TO journal_v1;
CREATE TABLE journal (
  seq INTEGER PRIMARY KEY, time INTEGER NOT NULL, leaf BLOB NOT NULL, previous TEXT, segment INTEGER NOT NULL, body BLOB NOT NULL
);
CREATE INDEX journal_segment ON journal (segment);
-- Segments, a digest of the key of each, and what became of it: written, rewritten or retired.
CREATE TABLE segment (no INTEGER PRIMARY KEY, key_check BLOB NOT NULL, state TEXT NOT NULL);

-- The newest checkpoint with what witnesses have said of it; one row.
CREATE TABLE cosigned (no INTEGER PRIMARY KEY CHECK (no = 0), size INTEGER NOT NULL, note TEXT NOT NULL);
