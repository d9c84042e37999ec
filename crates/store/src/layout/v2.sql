-- The newest checkpoint with what witnesses have said of it; one row.
CREATE TABLE cosigned (no INTEGER PRIMARY KEY CHECK (no = 0), size INTEGER NOT NULL, note TEXT NOT NULL);
