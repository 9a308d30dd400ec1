package tradecanvas.store.postgres;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import tradecanvas.store.api.StoreUnavailableException;

/**
 * Asks the server whether it offers TLS, on a socket of its own, before the client connects.
 *
 * <p>For two weaknesses of the client: in the modes that take TLS where it is offered it leaves a socket behind at each
 * refusal, and a connection that a hanging server has accepted cannot be ended until the server answers. What asks here
 * can be. Threads: any.
 */
final class ServerGreeting {
    /** Its length, and the code that the protocol has for the question. */
    private static final Buffer TLS_QUESTION = Buffer.buffer().appendInt(8).appendInt(80_877_103);

    private static final byte OFFERED = 'S';

    private final NetClient client;
    private final PgConnectOptions options;
    private final Duration waitMax;

    ServerGreeting(Vertx vertx, PgConnectOptions options, Duration waitMax) {
        this.options = options;
        this.waitMax = waitMax;
        client = vertx.createNetClient(new NetClientOptions().setConnectTimeout((int) waitMax.toMillis()));
    }

    /** What to connect with; fails where the server does not answer in time. */
    Future<PgConnectOptions> options() {
        return client.connect(options.getPort(), options.getHost())
                .compose(this::isTlsOffered)
                .map(this::options);
    }

    private Future<Boolean> isTlsOffered(NetSocket socket) {
        Promise<Boolean> answer = Promise.promise();
        socket.handler(bytes -> answer.tryComplete(bytes.getByte(0) == OFFERED));
        socket.closeHandler(closed -> answer.tryFail("the server has closed the connection"));
        return socket.write(TLS_QUESTION)
                .compose(written -> answer.future())
                .timeout(waitMax.toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(end -> socket.close());
    }

    private PgConnectOptions options(boolean tlsOffered) {
        return switch (options.getSslMode()) {
            case DISABLE -> options;
            case ALLOW, PREFER ->
                new PgConnectOptions(options).setSslMode(tlsOffered ? SslMode.REQUIRE : SslMode.DISABLE);
            case REQUIRE, VERIFY_CA, VERIFY_FULL -> {
                if (!tlsOffered) {
                    throw new StoreUnavailableException(
                            "the server offers no TLS, and sslmode is " + options.getSslMode().value);
                }
                yield options;
            }
        };
    }

    void close() {
        client.close();
    }
}
