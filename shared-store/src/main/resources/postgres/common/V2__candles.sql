CREATE TABLE IF NOT EXISTS ${schema}.candles (
    series_id TEXT NOT NULL,
    candle_time BIGINT NOT NULL,
    open DOUBLE PRECISION NOT NULL,
    high DOUBLE PRECISION NOT NULL,
    low DOUBLE PRECISION NOT NULL,
    close DOUBLE PRECISION NOT NULL,
    volume DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (series_id, candle_time)
);

CREATE TABLE IF NOT EXISTS ${schema}.factor_series_state (
    series_id TEXT PRIMARY KEY,
    head_time BIGINT NOT NULL,
    updated_at_ms BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS ${schema}.overlay_series_state (
    series_id TEXT PRIMARY KEY,
    head_time BIGINT NOT NULL,
    updated_at_ms BIGINT NOT NULL
);
