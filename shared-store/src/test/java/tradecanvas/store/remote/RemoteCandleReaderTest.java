package tradecanvas.store.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;
import tradecanvas.model.wire.JsonBuffer;
import tradecanvas.store.api.CandlePage;
import tradecanvas.store.api.GapSummary;
import tradecanvas.store.api.SeriesExtent;
import tradecanvas.store.api.StoreOverloadedException;
import tradecanvas.store.api.StoreUnavailableException;

class RemoteCandleReaderTest {
    private static final SeriesId SERIES = SeriesId.parse("a:b:ü &+%/日本:1m");
    private static final String SERIES_IN_QUERY = "series_id=a%3Ab%3A%C3%BC+%26%2B%25%2F%E6%97%A5%E6%9C%AC%3A1m";
    private static final RemoteBounds BOUNDS =
            RemoteBounds.STANDARD.withConnectionsMax(2).withTimeout(Duration.ofSeconds(20));

    private final Vertx vertx = Vertx.vertx();
    private final FakeWorker worker = new FakeWorker(vertx);
    private final List<RemoteCandleReader> readers = new ArrayList<>();

    @AfterEach
    void close() {
        readers.forEach(RemoteCandleReader::close);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void eachQuestionHasItsPathAndItsParameters() {
        RemoteCandleReader reader = reader(BOUNDS);
        answers(StoreAnswers.page(CandlePage.EMPTY));
        result(reader.newest(SERIES, 5));
        result(reader.after(SERIES, -60, 0));
        answers(StoreAnswers.candles(List.of()));
        result(reader.range(SERIES, Long.MIN_VALUE, Long.MAX_VALUE, 20_000));
        answers(StoreAnswers.count(0));
        result(reader.count(SERIES, 1, 2));
        answers(StoreAnswers.extent(new SeriesExtent(null, null, 0)));
        result(reader.extent(SERIES));
        answers(StoreAnswers.gaps(new GapSummary(0, 0, List.of())));
        result(reader.gaps(SERIES, 50));

        assertThat(worker.asked)
                .containsExactly(
                        "/internal/candles/newest?" + SERIES_IN_QUERY + "&limit=5",
                        "/internal/candles/after?" + SERIES_IN_QUERY + "&since=-60&limit=0",
                        "/internal/candles/range?" + SERIES_IN_QUERY
                                + "&from=-9223372036854775808&to=9223372036854775807&limit=20000",
                        "/internal/candles/count?" + SERIES_IN_QUERY + "&from=1&to=2",
                        "/internal/candles/extent?" + SERIES_IN_QUERY,
                        "/internal/candles/gaps?" + SERIES_IN_QUERY + "&limit=50");
        assertThat(worker.connections).as("connections are kept").hasValueLessThanOrEqualTo(2);
    }

    @Test
    void answersComeBackAsTheyWereWritten() {
        RemoteCandleReader reader = reader(BOUNDS);
        CandlePage page = new CandlePage(List.of(new Candle(60, 1, 2, 0.5, 1.5, 10)), 120L);
        answers(StoreAnswers.page(page));
        assertThat(result(reader.newest(SERIES, 1))).isEqualTo(page);
        answers(StoreAnswers.count(Long.MAX_VALUE));
        assertThat(result(reader.count(SERIES, 0, 1))).isEqualTo(Long.MAX_VALUE);
        SeriesExtent extent = new SeriesExtent(Long.MIN_VALUE, 0L, 2);
        answers(StoreAnswers.extent(extent));
        assertThat(result(reader.extent(SERIES))).isEqualTo(extent);
        GapSummary gaps = new GapSummary(3, 240, List.of(new GapSummary.Gap(600, 840), new GapSummary.Gap(1, 2)));
        answers(StoreAnswers.gaps(gaps));
        assertThat(result(reader.gaps(SERIES, 2))).isEqualTo(gaps);
    }

    @Test
    void doublesAreExactToTheBit() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Candle> candles = new ArrayList<>();
        for (int time = 0; time < 20_000; time++) {
            candles.add(new Candle(
                    time, finite(random), finite(random), finite(random), finite(random), random.nextDouble()));
        }
        candles.add(new Candle(20_000, Double.MIN_VALUE, Double.MAX_VALUE, -Double.MIN_NORMAL, 0.1 + 0.2, 1e22));
        answers(StoreAnswers.candles(candles));
        assertThat(result(reader(BOUNDS).range(SERIES, 0, 30_000, 20_000)))
                .as("seed %d", seed)
                .isEqualTo(candles);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{",
                "{}",
                "{} {}",
                "{\"candles\":7}",
                "{\"candles\":[7]}",
                "{\"candles\":[{\"candle_time\":1}]}",
                "{\"candles\":[{\"candle_time\":1,\"open\":1e999,\"high\":1,\"low\":1,\"close\":1,\"volume\":1}]}"
            })
    void answerThatCannotBeReadIsAFailureOfTheRemoteStore(String body) {
        worker.answers(200, body);
        assertThat(failure(reader(BOUNDS).newest(SERIES, 1)))
                .isInstanceOf(RemoteStoreException.class)
                .hasMessageStartingWith("worker's answer cannot be read");
    }

    @Test
    void fieldsThatANewerWorkerAddsAreSkipped() {
        worker.answers(
                200,
                "{\"more\":{\"a\":[1]},\"candles\":[{\"x\":[],\"candle_time\":1,\"open\":1,\"high\":1,\"low\":1,"
                        + "\"close\":1,\"volume\":1}],\"head_time\":1}");
        assertThat(result(reader(BOUNDS).newest(SERIES, 1)))
                .isEqualTo(new CandlePage(List.of(new Candle(1, 1, 1, 1, 1, 1)), 1L));
    }

    @Test
    void statusesBecomeTheErrorsOfAStore() {
        RemoteCandleReader reader = reader(BOUNDS);
        worker.answers(503, "{\"detail\":\"store_overloaded\"}");
        assertThat(failure(reader.extent(SERIES))).isInstanceOf(StoreOverloadedException.class);
        worker.answers(503, "{\"detail\":\"server_shutting_down\"}");
        assertThat(failure(reader.extent(SERIES))).isInstanceOf(StoreUnavailableException.class);
        worker.answers(500, "{\"detail\":\"store_failed\"}");
        assertThat(failure(reader.extent(SERIES)))
                .isInstanceOf(RemoteStoreException.class)
                .hasMessage("worker answered 500 store_failed");
        worker.answers(404, "<html>");
        assertThat(failure(reader.extent(SERIES))).hasMessage("worker answered 404");
    }

    @Test
    void silentWorkerIsUnavailableAfterTheTimeout() {
        worker.isSilent();
        RemoteCandleReader reader = reader(BOUNDS.withTimeout(Duration.ofMillis(100)));
        assertThat(failure(reader.extent(SERIES)))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("worker did not answer within 100 ms");
        worker.answers(200, "{\"count\":1}");
        assertThat(result(reader(BOUNDS).extent(SERIES))).isEqualTo(new SeriesExtent(null, null, 1));
    }

    @Test
    void workerThatIsGoneIsUnavailable() {
        RemoteCandleReader reader = reader(BOUNDS);
        worker.close();
        assertThat(failure(reader.extent(SERIES)))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageStartingWith("worker cannot be reached")
                .hasCauseInstanceOf(UnreachableException.class);
    }

    @Test
    void connectionThatBreaksWithinAnAnswerIsUnavailable() {
        worker.answer = request -> {
            request.response().setChunked(true).write("{\"count\":1");
            vertx.setTimer(10, _ -> request.connection().close());
        };
        assertThat(failure(reader(BOUNDS).extent(SERIES)))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageStartingWith("connection to the worker broke");
    }

    @Test
    void longerAnswerThanTheBoundIsGivenUp() {
        Buffer endless = Buffer.buffer("x".repeat(600));
        worker.answer = request -> request.response()
                .setChunked(true)
                .write(endless)
                .onSuccess(_ -> request.response().write(endless));
        assertThat(failure(reader(BOUNDS.withAnswerBytesMax(1_000)).extent(SERIES)))
                .isInstanceOf(RemoteStoreException.class)
                .hasMessage("worker's answer exceeds 1000 bytes");
    }

    @Test
    void requestsPastTheBoundsAreRefusedAndTheOthersAnswered() {
        List<Runnable> held = Collections.synchronizedList(new ArrayList<>());
        worker.answer = request -> held.add(() -> request.response().end("{\"count\":1}"));
        RemoteCandleReader reader = reader(BOUNDS.withConnectionsMax(1).withWaitingMax(1));
        CompletionStage<SeriesExtent> first = reader.extent(SERIES);
        await().until(() -> held.size() == 1);
        CompletionStage<SeriesExtent> second = reader.extent(SERIES);
        assertThat(failure(reader.extent(SERIES)))
                .isInstanceOf(StoreOverloadedException.class)
                .hasMessage("1 requests wait for the worker, no more may");
        held.getFirst().run();
        result(first);
        await().until(() -> held.size() == 2);
        held.getLast().run();
        result(second);
    }

    @Test
    void limitsOfTheProtocolAreMistakesOfTheCaller() {
        RemoteCandleReader reader = reader(BOUNDS);
        assertThatThrownBy(() -> reader.newest(SERIES, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> reader.range(SERIES, 0, 1, 20_001)).hasMessage("limit 20001 is not within 0..20000");
        assertThatThrownBy(() -> reader.gaps(SERIES, 51)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://w:1", "w:1", "http:///x", "http://w:1/path", "http://w:1?q", "http://u@w:1"})
    void addressThatIsNoWorkerIsRefusedAtOnce(String address) {
        assertThatThrownBy(() -> new RemoteCandleReader(vertx, URI.create(address), BOUNDS))
                .hasMessage("worker address '" + address + "' is not http://host:port");
    }

    private static double finite(Random random) {
        double value = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(value) ? value : random.nextGaussian();
    }

    private void answers(JsonBuffer json) {
        worker.answer = request -> request.response().end(Buffer.buffer(json.toByteArray()));
    }

    private RemoteCandleReader reader(RemoteBounds bounds) {
        RemoteCandleReader reader = new RemoteCandleReader(vertx, worker.address(), bounds);
        readers.add(reader);
        return reader;
    }

    private static <T> T result(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static Throwable failure(CompletionStage<?> stage) {
        Throwable failure = catchThrowable(() -> result(stage));
        return failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
    }
}
