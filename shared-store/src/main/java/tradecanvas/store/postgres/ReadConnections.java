package tradecanvas.store.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Lends the connections of the pool to reads, and ends those that do not answer in time. Threads: any. */
final class ReadConnections {
    private final Pool pool;
    private final Duration readTimeout;

    /** @param pool gives up waiting for a connection after {@code readTimeout} too */
    ReadConnections(Pool pool, Duration readTimeout) {
        this.pool = pool;
        this.readTimeout = readTimeout;
    }

    <T> CompletionStage<T> ask(Function<SqlConnection, Future<T>> query) {
        long startNanos = System.nanoTime();
        return pool.getConnection()
                .recover(failure -> Future.failedFuture(Failures.ofConnecting(failure)))
                .compose(connection -> ask(connection, query, left(startNanos)))
                .recover(failure -> Future.failedFuture(Failures.ofReading(failure)))
                .toCompletionStage();
    }

    private static <T> Future<T> ask(
            SqlConnection connection, Function<SqlConnection, Future<T>> query, Duration left) {
        return Future.<SqlConnection>succeededFuture(connection)
                .compose(query)
                .timeout(left.toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(end -> {
                    if (end.cause() instanceof TimeoutException) {
                        Sockets.end(connection); // and not back into the pool: the next read would wait behind this one
                    } else {
                        connection.close();
                    }
                });
    }

    private Duration left(long startNanos) {
        Duration left = readTimeout.minusNanos(System.nanoTime() - startNanos);
        return left.toMillis() < 1 ? Duration.ofMillis(1) : left;
    }
}
