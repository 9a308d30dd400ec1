package tradecanvas.store.sqlite;

import java.util.List;

/** The candle table. Other programs open the same file, so its definition is fixed, the second index included. */
final class CandleSchema {
    static final String NAMESPACE = "candles";

    static final List<Migration> MIGRATIONS = List.of(new Migration(
            1, List.of("""
            CREATE TABLE IF NOT EXISTS candles (
                series_id TEXT NOT NULL,
                candle_time INTEGER NOT NULL,
                open REAL NOT NULL,
                high REAL NOT NULL,
                low REAL NOT NULL,
                close REAL NOT NULL,
                volume REAL NOT NULL,
                PRIMARY KEY (series_id, candle_time)
            )""", "CREATE INDEX IF NOT EXISTS idx_candles_series_time ON candles(series_id, candle_time)")));

    private CandleSchema() {}
}
