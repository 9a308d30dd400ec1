-- one row: who may write; each write to the mirror checks it
CREATE TABLE IF NOT EXISTS ${schema}.tc_mirror_writer (
    id SMALLINT PRIMARY KEY CHECK (id = 1),
    truth_id TEXT NOT NULL,
    epoch BIGINT NOT NULL,
    session BIGINT NOT NULL,
    claimed_at TIMESTAMPTZ NOT NULL
);
