-- repeated when the interval is changed, which then holds for new chunks; no index on candle_time alone, since every read
-- names its series
SELECT ${extension_schema}.create_hypertable('${schema}.candles', 'candle_time',
    chunk_time_interval => ${chunk_interval_seconds}, if_not_exists => TRUE, migrate_data => TRUE,
    create_default_indexes => FALSE);
SELECT ${extension_schema}.set_chunk_time_interval('${schema}.candles', ${chunk_interval_seconds});
