package tradecanvas.load.process;

import java.util.Map;

/** The switches of a standalone server that also writes to PostgreSQL. Stateless. */
public final class DualWrite {
    private DualWrite() {}

    /** Writes go to both stores, reads to SQLite. */
    public static Map<String, String> writing(String dsn) {
        return Map.of(
                "TRADE_CANVAS_ENABLE_PG_STORE", "1",
                "TRADE_CANVAS_ENABLE_DUAL_WRITE", "1",
                "TRADE_CANVAS_POSTGRES_DSN", dsn);
    }

    /** Writes go to both stores, reads to PostgreSQL. */
    public static Map<String, String> reading(String dsn) {
        return Map.of(
                "TRADE_CANVAS_ENABLE_PG_STORE", "1",
                "TRADE_CANVAS_ENABLE_DUAL_WRITE", "1",
                "TRADE_CANVAS_ENABLE_PG_READ", "1",
                "TRADE_CANVAS_POSTGRES_DSN", dsn);
    }
}
