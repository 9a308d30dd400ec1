package tradecanvas.system.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.MarketSocket;
import tradecanvas.system.client.SeriesApi;
import tradecanvas.system.client.SocketSwarm;
import tradecanvas.system.client.SwarmSocket;
import tradecanvas.system.process.TradeCanvas;

/** A client that leaves its socket unread while candles go on. */
class SlowReaderIT {
    private static final long BEGIN = 1_700_000_040;
    private static final int RECEIVE_BUFFER_BYTES = 4096;
    private static final int QUEUE_BYTES_MAX = 65_536;
    private static final int BATCH = 100;
    private static final int BATCHES_MAX = 400;
    private static final String SERIES = "test:spot:slow:1m";

    @TempDir
    Path directory;

    private final SocketSwarm swarm = SocketSwarm.open();
    private TradeCanvas server;
    private Api api;
    private SeriesApi series;

    @BeforeEach
    void prepare() {
        server = TradeCanvas.in(directory)
                .withOpenGates()
                .with("TRADE_CANVAS_WS_QUEUE_BYTES_MAX", Integer.toString(QUEUE_BYTES_MAX));
        api = new Api(HttpClient.newHttpClient(), server.http());
        series = new SeriesApi(api, SERIES);
    }

    @AfterEach
    void end() {
        swarm.close();
        server.close();
    }

    @Test
    void whoeverReadsOnLearnsThatItWasSlowAndResumesWithoutLoss() {
        server.with("TRADE_CANVAS_WS_CLOSE_TIMEOUT_MS", "20000").start();
        List<Watcher> quick = List.of(watch(false), watch(true), watch(false));
        Watcher slow = watchWithoutReading();

        postUntilSlow(quick);
        slow.socket().readOn();

        assertThat(slow.socket().awaitClose()).isEqualTo(new MarketSocket.Closed(1013, "slow_consumer"));
        assertResumesBehindWhatItGot(slow);
        Watcher.verify(quick, series);
    }

    @Test
    void whoeverNeverReadsOnIsDroppedWithItsQueue() {
        server.with("TRADE_CANVAS_WS_CLOSE_TIMEOUT_MS", "100").start();
        List<Watcher> quick = List.of(watch(true));
        Watcher slow = watchWithoutReading();

        postUntilSlow(quick);

        await().until(() -> metrics().contains("tradecanvas_gateway_sockets 1.0"));
        slow.socket().readOn();
        assertThat(slow.socket().awaitClose()).isEqualTo(SwarmSocket.CONNECTION_ENDED);
        assertResumesBehindWhatItGot(slow);
        Watcher.verify(quick, series);
    }

    @Test
    void stalledReaderFindsTheNewestFormingUpdateAndEveryClosedCandle() {
        server.with("TRADE_CANVAS_WS_QUEUE_BYTES_MAX", "4194304").start();
        HistoryChecker history = new HistoryChecker(SERIES, null);
        List<String> formingSeen = new CopyOnWriteArrayList<>();
        SwarmSocket slow = swarm.connect(server.marketSocket(), RECEIVE_BUFFER_BYTES, message -> {
            history.receive(message);
            if (message.contains("\"candle_forming\"")) {
                formingSeen.add(message);
            }
        });
        slow.subscribe(SERIES, null, false);
        Watcher quick = watch(true);
        series.post(BEGIN);
        await().until(() -> Objects.equals(history.lastClosed(), BEGIN));

        slow.stopReading();
        int filling = 40 * BATCH; // far more bytes than the kernel takes for a client that does not read
        series.postBatch(time(1), filling);
        postForming(time(1 + filling));
        series.post(time(1 + filling));
        postForming(time(2 + filling));
        slow.readOn();

        await().untilAsserted(() -> assertThat(formingSeen).isNotEmpty());
        history.verify(series.stored(0));
        assertThat(formingSeen)
                .singleElement()
                .asString()
                .contains("\"candle_time\":" + time(2 + filling) + ",")
                .contains("\"volume\":50.0");
        Watcher.verify(List.of(quick), series);
    }

    private Watcher watch(boolean supportsBatch) {
        return Watcher.connect(swarm, server.marketSocket(), SERIES).subscribe(null, supportsBatch);
    }

    private Watcher watchWithoutReading() {
        Watcher slow = Watcher.connect(swarm, server.marketSocket(), RECEIVE_BUFFER_BYTES, SERIES)
                .subscribe(null, false);
        slow.settle();
        slow.socket().stopReading();
        return slow;
    }

    /** The quick ones have every candle before the next is posted. */
    private void postUntilSlow(List<Watcher> quick) {
        for (int batch = 0; !metrics().contains("tradecanvas_fanout_slow_closes_total 1.0"); batch++) {
            assertThat(batch).isLessThan(BATCHES_MAX);
            series.postBatch(time(batch * BATCH), BATCH);
            long newest = time((batch + 1) * BATCH - 1);
            quick.forEach(watcher -> watcher.awaitClosed(newest));
        }
    }

    private void postForming(long time) {
        for (int volume = 1; volume <= 50; volume++) {
            series.postForming(time, volume);
        }
    }

    private void assertResumesBehindWhatItGot(Watcher slow) {
        assertThat(slow.history().lastClosed()).isNotNull();
        Watcher resumed = Watcher.connect(swarm, server.marketSocket(), SERIES).resume(slow, true);
        long head = series.stored(0).getLast().get("candle_time").longValue();
        series.post(head + SeriesApi.STEP_S);
        Watcher.verify(List.of(resumed), series);
    }

    private String metrics() {
        return api.get("q/metrics").body();
    }

    private static long time(int candle) {
        return BEGIN + candle * SeriesApi.STEP_S;
    }
}
