-- in the schema where other schemas of this database find it too
CREATE EXTENSION IF NOT EXISTS timescaledb WITH SCHEMA public;
