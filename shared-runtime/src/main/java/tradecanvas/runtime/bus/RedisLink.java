package tradecanvas.runtime.bus;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to Redis that is opened again when it is lost.
 *
 * <p>Redis that takes connections and does not answer is noticed by the first publish that waits too long, and at the opening;
 * a link that only receives must be watched by its owner. Threads: any may call; its state belongs to one context, on which
 * the listener runs.
 */
public final class RedisLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);

    /** Published messages that may wait for Redis' answer; past it further ones are dropped. */
    private static final int WAITING_MAX = 16_384;

    /** Their bytes; one message may be as long as Redis takes it. */
    private static final long WAITING_BYTES_MAX = 64L << 20;

    private static final Duration ANSWER_MAX = Duration.ofSeconds(2);

    /** What the link tells, one call at a time, on its context. */
    public interface Listener {
        /** Connected, and subscribed to all channels; again after each loss. */
        void opened();

        /** A message of a subscribed channel. */
        void received(String channel, byte[] text);

        /** The connection was lost, or the first attempt to open it failed; the link goes on trying. */
        void lost(Throwable cause);
    }

    /**
     * Pauses before it connects again, each random up to a bound that doubles.
     *
     * @param first the bound after a loss
     * @param last the bound at most
     * @param connectMax that an attempt may take until it is subscribed
     */
    public record Pace(Duration first, Duration last, Duration connectMax) {
        public static final Pace STANDARD =
                new Pace(Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofSeconds(2));
    }

    private final Vertx vertx;
    private final Context context;
    private final RedisOptions options;
    private final String address;
    private final List<String> channels;
    private final Listener listener;
    private final Pace pace;
    private final DoubleSupplier random;
    private final LongAdder published = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder opens = new LongAdder();

    /** Names the present attempt or connection; what an earlier one still says is not heard. */
    private int attempt;

    private @Nullable Redis client;
    private @Nullable RedisConnection connection;
    private boolean failureTold;
    private Duration pauseMax;
    private int waiting;
    private long waitingBytes;
    private volatile boolean open;
    private volatile boolean closed;

    /**
     * @param context where everything runs
     * @param url {@code redis://user:password@host:port/database}, or {@code rediss://} over TLS
     * @param channels to subscribe to; none for a link that publishes, since a subscribed connection may not
     * @param random between 0 and 1
     * @throws IllegalArgumentException with what is wrong with the URL, without its password
     */
    public RedisLink(
            Vertx vertx,
            Context context,
            String url,
            List<String> channels,
            Listener listener,
            Pace pace,
            DoubleSupplier random) {
        this.vertx = vertx;
        this.context = context;
        this.address = requireAddress(vertx, url);
        this.options = new RedisOptions()
                .setConnectionString(url)
                .setMaxPoolSize(1)
                .setMaxPoolWaiting(1)
                .setMaxWaitingHandlers(WAITING_MAX + 2)
                .setNetClientOptions(new NetClientOptions()
                        .setConnectTimeout((int) pace.connectMax().toMillis())
                        .setTcpNoDelay(true)
                        .setTcpKeepAlive(true)
                        .setHostnameVerificationAlgorithm("HTTPS")); // Vert.x refuses TLS without one
        this.channels = List.copyOf(channels);
        this.listener = listener;
        this.pace = pace;
        this.random = random;
        this.pauseMax = pace.first();
    }

    /** Connects, and connects again whenever the connection is lost. Returns at once. */
    public void open() {
        context.runOnContext(_ -> connect());
    }

    /**
     * Publishes in the order of the calls, without waiting.
     *
     * <p>What finds the link closed, or too much waiting for Redis' answer, is dropped and counted.
     */
    public void publish(String channel, byte[] text) {
        context.runOnContext(_ -> send(channel, text));
    }

    /** Ends a connection that seems to be dead; another one is opened. */
    public void reopen(String why) {
        context.runOnContext(_ -> lose(attempt, new TimeoutException(why)));
    }

    public boolean isOpen() {
        return open;
    }

    /** Messages that Redis has taken. */
    public long published() {
        return published.sum();
    }

    /** Messages that found no connection or too many others waiting, or got no answer. */
    public long dropped() {
        return dropped.sum();
    }

    /** Attempts to open that failed, and connections that were lost. */
    public long failures() {
        return failures.sum();
    }

    /** Connections that were opened. */
    public long opens() {
        return opens.sum();
    }

    /** Closes the connection; the listener hears nothing more. */
    @Override
    public void close() {
        closed = true;
        context.runOnContext(_ -> drop());
    }

    private void connect() {
        if (closed) {
            return;
        }
        int mine = ++attempt;
        Redis connecting = Redis.createClient(vertx, options);
        client = connecting;
        long timeout = vertx.setTimer(
                pace.connectMax().toMillis(),
                _ -> context.runOnContext(_ -> {
                    if (connection == null) {
                        lose(mine, new TimeoutException("no connection in " + pace.connectMax()));
                    }
                }));
        connecting
                .connect()
                .compose(made -> listen(mine, made))
                .onComplete(done -> context.runOnContext(_ -> {
                    vertx.cancelTimer(timeout);
                    if (mine != attempt || closed) {
                        connecting.close();
                    } else if (done.failed()) {
                        lose(mine, done.cause());
                    } else {
                        opened(done.result());
                    }
                }));
    }

    private Future<RedisConnection> listen(int mine, RedisConnection made) {
        made.handler(message -> context.runOnContext(_ -> receive(mine, message)));
        made.exceptionHandler(failure -> context.runOnContext(_ -> lose(mine, failure)));
        made.endHandler(
                _ -> context.runOnContext(_ -> lose(mine, new IllegalStateException("Redis closed the connection"))));
        if (channels.isEmpty()) {
            return made.send(Request.cmd(Command.PING)).map(made);
        }
        Request subscribe = Request.cmd(Command.SUBSCRIBE);
        channels.forEach(subscribe::arg);
        return made.send(subscribe).map(made);
    }

    private void opened(RedisConnection made) {
        connection = made;
        open = true;
        if (!channels.isEmpty()) {
            proven();
        }
        opens.increment();
        LOG.info("redis opened address={} channels={}", address, channels.size());
        listener.opened();
    }

    /** The connection does what it is for: a link that publishes may be refused that though it was let in. */
    private void proven() {
        failureTold = false;
        pauseMax = pace.first();
    }

    private void receive(int mine, Response message) {
        if (mine != attempt || closed || message.size() != 3) {
            return;
        }
        if ("message".equals(message.get(0).toString())) {
            listener.received(message.get(1).toString(), message.get(2).toBytes());
        }
    }

    private void send(String channel, byte[] text) {
        RedisConnection to = connection;
        if (to == null || waiting >= WAITING_MAX || (waiting > 0 && waitingBytes + text.length > WAITING_BYTES_MAX)) {
            dropped.increment();
            return;
        }
        int mine = attempt;
        waiting++;
        waitingBytes += text.length;
        long timeout = vertx.setTimer(
                ANSWER_MAX.toMillis(),
                _ -> context.runOnContext(_ -> lose(mine, new TimeoutException("no answer in " + ANSWER_MAX))));
        to.send(Request.cmd(Command.PUBLISH).arg(channel).arg(io.vertx.core.buffer.Buffer.buffer(text)))
                .onComplete(answer -> context.runOnContext(_ -> {
                    vertx.cancelTimer(timeout);
                    if (answer.failed()) {
                        dropped.increment();
                        lose(mine, answer.cause());
                    } else {
                        published.increment();
                        proven();
                    }
                    if (mine == attempt) {
                        waiting--;
                        waitingBytes -= text.length;
                    }
                }));
    }

    private void lose(int which, Throwable cause) {
        if (which != attempt || closed || client == null) {
            return;
        }
        drop();
        failures.increment();
        if (!failureTold) {
            failureTold = true;
            LOG.warn("redis away address={} cause={}", address, cause.toString());
            listener.lost(cause);
        }
        long pauseMs = 1 + (long) (pauseMax.toMillis() * random.getAsDouble());
        pauseMax = pauseMax.multipliedBy(2).compareTo(pace.last()) < 0 ? pauseMax.multipliedBy(2) : pace.last();
        vertx.setTimer(pauseMs, _ -> context.runOnContext(_ -> connect()));
    }

    private void drop() {
        attempt++;
        open = false;
        connection = null;
        waiting = 0;
        waitingBytes = 0;
        if (client != null) {
            client.close();
            client = null;
        }
    }

    /**
     * The host and port of a URL, which is checked in full: the client reads it at each attempt, and what it refuses there would
     * end the link without a word.
     *
     * @throws IllegalArgumentException with what is wrong with it, without its password
     */
    public static String requireAddress(Vertx vertx, String url) {
        URI uri = parse(url);
        try {
            Redis.createClient(vertx, url).close();
        } catch (RuntimeException refused) {
            throw new IllegalArgumentException("Redis URL has a port or database that is none", null);
        }
        return uri.getHost() + ":" + uri.getPort();
    }

    private static URI parse(String url) {
        try {
            URI uri = new URI(url);
            if (!"redis".equals(uri.getScheme()) && !"rediss".equals(uri.getScheme())) {
                throw new IllegalArgumentException("Redis URL begins with neither redis:// nor rediss://");
            }
            if (uri.getHost() == null) {
                throw new IllegalArgumentException("Redis URL names no host");
            }
            return uri;
        } catch (URISyntaxException invalid) {
            throw new IllegalArgumentException("Redis URL is malformed at character " + invalid.getIndex(), null);
        }
    }
}
