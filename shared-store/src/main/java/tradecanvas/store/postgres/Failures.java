package tradecanvas.store.postgres;

import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.pgclient.PgException;
import java.util.Set;
import tradecanvas.store.api.StoreException;
import tradecanvas.store.api.StoreOverloadedException;
import tradecanvas.store.api.StoreUnavailableException;
import tradecanvas.store.outbox.MirrorRefusedException;

/** What a failure of the client or the server means to the callers of a store. */
final class Failures {
    /** Classes of SQLSTATE: connection, resources, operator intervention and timeouts, system. */
    private static final Set<String> UNAVAILABLE_CLASSES = Set.of("08", "53", "57", "58");

    /** Classes of SQLSTATE: a key twice in one write, data, constraints, limits of rows and indexes. */
    private static final Set<String> CONTENT_CLASSES = Set.of("21", "22", "23", "54");

    private static final int CLASS_CHARS = 2;

    private Failures() {}

    /** Of a connection that was not had. */
    static StoreException ofConnecting(Throwable failure) {
        return failure instanceof ConnectionPoolTooBusyException
                ? new StoreOverloadedException("no more reads may wait for PostgreSQL: " + failure.getMessage())
                : unavailable(failure);
    }

    /** Of a statement that reads. */
    static StoreException ofReading(Throwable failure) {
        if (failure instanceof StoreException explained) {
            return explained;
        }
        boolean unavailable = failure instanceof PgException refusal
                ? UNAVAILABLE_CLASSES.contains(sqlStateClass(refusal))
                : !isMistake(failure);
        return unavailable
                ? unavailable(failure)
                : new StoreException("PostgreSQL did not read: " + failure.getMessage(), failure);
    }

    /** Of a statement that writes to the mirror. */
    static StoreException ofWriting(Throwable failure) {
        if (failure instanceof StoreException explained) {
            return explained;
        }
        return failure instanceof PgException refusal && CONTENT_CLASSES.contains(sqlStateClass(refusal))
                ? new MirrorRefusedException(
                        refusal.getSqlState(), "PostgreSQL refuses: " + refusal.getMessage(), refusal)
                : unavailable(failure);
    }

    static StoreUnavailableException unavailable(Throwable failure) {
        return new StoreUnavailableException("PostgreSQL does not answer: " + failure.getMessage(), failure);
    }

    /** A value that no candle may have, or an error of this code; the client's own failures are none. */
    private static boolean isMistake(Throwable failure) {
        return failure instanceof RuntimeException && !(failure instanceof VertxException);
    }

    private static String sqlStateClass(PgException refusal) {
        String sqlState = String.valueOf(refusal.getSqlState());
        return sqlState.substring(0, Math.min(CLASS_CHARS, sqlState.length()));
    }
}
