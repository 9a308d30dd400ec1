package tradecanvas.store.servers;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The PostgreSQL and the Redis that all tests of a run share: those of the environment if it names them, else the
 * instance {@code default} of {@code scripts/services}, started once a JVM and left running.
 *
 * <p>Other tests, also of other work trees, use them at the same time: make a database or schema, and channel names, of
 * your own. Threads: any. Errors: IllegalStateException with the script's output.
 */
public final class TestServers {
    static final String POSTGRES_DSN = "TRADE_CANVAS_POSTGRES_DSN";
    static final String REDIS_URL = "TRADE_CANVAS_REDIS_URL";

    private static final Map<String, String> STARTED = new ConcurrentHashMap<>();

    private TestServers() {}

    /** {@code postgresql://role:password@host:port/database}; the role is a superuser. */
    public static String postgresDsn() {
        return variable(POSTGRES_DSN);
    }

    /** {@code redis://host:port/database}. */
    public static String redisUrl() {
        return variable(REDIS_URL);
    }

    private static String variable(String name) {
        String given = System.getenv(name);
        if (given != null && !given.isBlank()) {
            return given;
        }
        synchronized (STARTED) {
            if (STARTED.isEmpty()) {
                STARTED.putAll(ServicesScript.ofThisRepository().run("up"));
            }
        }
        return Objects.requireNonNull(STARTED.get(name), name);
    }
}
