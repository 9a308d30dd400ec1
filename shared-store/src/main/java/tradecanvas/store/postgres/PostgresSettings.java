package tradecanvas.store.postgres;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which server and schema, and what each wait and pool may grow to.
 *
 * @param schema the contract writes it unquoted, so PostgreSQL reads it in lower case and shortens it: so it is kept here,
 *     and quoted wherever it stands in a statement
 * @param connectTimeout how long a connection may take; whole seconds towards the driver of the migrations
 * @param readTimeout how long a read may take, waiting for a connection included
 */
public record PostgresSettings(
        PostgresDsn dsn, String schema, Timescale timescale, Duration connectTimeout, Pool pool, Duration readTimeout) {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    /** Longer names are shortened by the server; the characters allowed are one byte each. */
    private static final int IDENTIFIER_CHARS_MAX = 63;

    /**
     * Whether the candles are a hypertable.
     *
     * @param chunkIntervalSeconds how much time a chunk covers; of no effect where off
     */
    public record Timescale(boolean on, long chunkIntervalSeconds) {
        public static final Timescale STANDARD = new Timescale(true, 604_800);
        public static final Timescale OFF = new Timescale(false, STANDARD.chunkIntervalSeconds());

        public Timescale {
            requireAtLeast(1, chunkIntervalSeconds, "chunkIntervalSeconds");
        }
    }

    /**
     * Connections that read.
     *
     * @param sizeMin connections that opening asks for at once; none is given up for being idle
     * @param sizeMax connections at most
     * @param waitingAConnectionMax reads that may wait, times {@code sizeMax}; at the bound a read is refused
     */
    public record Pool(int sizeMin, int sizeMax, int waitingAConnectionMax) {
        /** At 0.5 ms a read, the last of 256 waits an eighth of a second. */
        public static final Pool STANDARD = new Pool(1, 10, 256);

        public Pool {
            requireAtLeast(1, sizeMin, "sizeMin");
            requireAtLeast(sizeMin, sizeMax, "sizeMax");
            requireAtLeast(1, waitingAConnectionMax, "waitingAConnectionMax");
        }

        int waitingMax() {
            return (int) Math.min(Integer.MAX_VALUE, (long) sizeMax * waitingAConnectionMax);
        }
    }

    public PostgresSettings {
        schema = folded(schema);
        requireMillis(connectTimeout, "connectTimeout");
        requireMillis(readTimeout, "readTimeout");
    }

    /**
     * A server and a schema with the standard bounds.
     *
     * @throws IllegalArgumentException with the contract's texts, or what is wrong with the DSN
     */
    public static PostgresSettings of(String dsn, String schema) {
        if (dsn.isBlank()) {
            throw new IllegalArgumentException("postgres_dsn_required_when_pg_store_enabled");
        }
        return new PostgresSettings(
                PostgresDsn.parse(dsn),
                schema,
                Timescale.STANDARD,
                Duration.ofSeconds(5),
                Pool.STANDARD,
                Duration.ofSeconds(5));
    }

    public PostgresSettings withTimescale(Timescale changed) {
        return new PostgresSettings(dsn, schema, changed, connectTimeout, pool, readTimeout);
    }

    public PostgresSettings withConnectTimeout(Duration changed) {
        return new PostgresSettings(dsn, schema, timescale, changed, pool, readTimeout);
    }

    public PostgresSettings withPool(Pool changed) {
        return new PostgresSettings(dsn, schema, timescale, connectTimeout, changed, readTimeout);
    }

    public PostgresSettings withReadTimeout(Duration changed) {
        return new PostgresSettings(dsn, schema, timescale, connectTimeout, pool, changed);
    }

    /** The DSN's own wait goes before that of the settings. */
    Duration connectWaitMax() {
        Duration ofDsn = dsn.session().connectTimeout();
        return ofDsn == null ? connectTimeout : ofDsn;
    }

    String quotedSchema() {
        return '"' + schema + '"';
    }

    private static String folded(String schema) {
        if (schema.isBlank()) {
            throw new IllegalArgumentException("postgres_schema_required");
        }
        if (!IDENTIFIER.matcher(schema).matches()) {
            throw new IllegalArgumentException("postgres_schema_invalid:" + schema);
        }
        String lower = schema.toLowerCase(Locale.ROOT);
        return lower.substring(0, Math.min(lower.length(), IDENTIFIER_CHARS_MAX));
    }

    private static void requireAtLeast(long bound, long value, String name) {
        if (value < bound) {
            throw new IllegalArgumentException(name + " " + value + " is below " + bound);
        }
    }

    private static void requireMillis(Duration value, String name) {
        if (value.toMillis() < 1 || value.toMillis() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(name + " " + value + " is not within 1.." + Integer.MAX_VALUE + " ms");
        }
    }
}
