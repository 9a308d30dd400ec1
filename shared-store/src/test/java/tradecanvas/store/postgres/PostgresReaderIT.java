package tradecanvas.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tradecanvas.store.api.CandleStoreContract.await;
import static tradecanvas.store.api.CandleStoreContract.candle;
import static tradecanvas.store.api.CandleStoreContract.failureOf;
import static tradecanvas.store.api.CandleStoreContract.times;

import io.vertx.pgclient.PgConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.api.CandlePage;
import tradecanvas.store.api.CandleReader;
import tradecanvas.store.api.GapSummary;
import tradecanvas.store.api.StoreException;
import tradecanvas.store.api.StoreOverloadedException;
import tradecanvas.store.api.StoreUnavailableException;
import tradecanvas.store.outbox.Fence;
import tradecanvas.store.outbox.MirrorRow;
import tradecanvas.store.outbox.MirrorSession;
import tradecanvas.store.postgres.PostgresSettings.Pool;
import tradecanvas.store.postgres.PostgresSettings.Timescale;

class PostgresReaderIT {
    private static final SeriesId SERIES = SeriesId.parse("binance:futures:BTC/USDT:1m");
    private static final SeriesId NUL = SeriesId.parse("a\0b:1m");

    private static TestSchema schema;

    private PostgresStore store;
    private CandleReader reader;

    @BeforeAll
    static void prepare() {
        schema = TestSchema.prepared(Timescale.STANDARD);
    }

    @AfterAll
    static void drop() {
        schema.close();
    }

    @BeforeEach
    void open() {
        schema.sql("TRUNCATE {s}.candles");
        store = PostgresStore.open(schema.settings(), schema.vertx());
        reader = store.reader();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void save(LongStream times) {
        MirrorSession session = await(store.mirror().claim(new Fence("truth", 1), true));
        await(session.save(times.mapToObj(time -> new MirrorRow(SERIES.text(), candle(time)))
                .toList()));
        session.close();
    }

    @Test
    void headThatWentBackIsFoundAgain() {
        save(LongStream.of(60, 120, 6_000_000));
        assertThat(await(reader.newest(SERIES, 2)).head()).isEqualTo(6_000_000L);
        schema.sql("DELETE FROM {s}.candles WHERE candle_time > 120");
        assertThat(await(reader.after(SERIES, 60, 5)).head()).isEqualTo(120L);
        save(LongStream.of(6_000_000));
        assertThat(await(reader.after(SERIES, 60, 5)).head()).isEqualTo(6_000_000L);
        schema.sql("DELETE FROM {s}.candles WHERE candle_time > 120");
        assertThat(times(await(reader.newest(SERIES, 5)).candles())).containsExactly(60L, 120L);
        assertThat(await(reader.newest(SERIES, 0)).head()).isEqualTo(120L);
    }

    @Test
    void pageReachesOverAHoleThatIsLongerThanItsSpan() {
        save(LongStream.of(60, 120, 6_000_000, 6_000_060));
        for (int again = 0; again < 2; again++) {
            assertThat(times(await(reader.newest(SERIES, 3)).candles())).containsExactly(120L, 6_000_000L, 6_000_060L);
            CandlePage after = await(reader.after(SERIES, 60, 2));
            assertThat(times(after.candles())).containsExactly(120L, 6_000_000L);
            assertThat(after.head()).isEqualTo(6_000_060L);
        }
    }

    @Test
    void anyPageIsThatOfASortedSet() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        TreeSet<Long> all = new TreeSet<>();
        for (int i = 0; i < 400; i++) {
            all.add(60L * random.nextInt(300) + (random.nextBoolean() ? 0 : 20_000_000));
        }
        save(all.stream().mapToLong(Long::longValue));
        List<Long> sorted = List.copyOf(all);
        for (int i = 0; i < 150; i++) {
            int limit = random.nextInt(350);
            long since = random.nextInt(10) == 0 ? 19_000_000 : 60L * random.nextInt(320);
            CandlePage newest = await(reader.newest(SERIES, limit));
            CandlePage after = await(reader.after(SERIES, since, limit));
            assertThat(times(newest.candles()))
                    .as("newest %d, seed %d", limit, seed)
                    .isEqualTo(sorted.subList(Math.max(0, sorted.size() - limit), sorted.size()));
            assertThat(times(after.candles()))
                    .as("after %d limit %d, seed %d", since, limit, seed)
                    .isEqualTo(all.tailSet(since, false).stream().limit(limit).toList());
            assertThat(List.of(newest.head(), after.head())).containsOnly(all.last());
        }
    }

    @Test
    void gapsAreFoundOverManyFetches() {
        save(LongStream.range(0, 50_000)
                .filter(minute -> minute % 10_000 != 5_000)
                .map(minute -> minute * 60));
        assertThat(await(reader.gaps(SERIES, 1)))
                .isEqualTo(new GapSummary(5, 120, List.of(new GapSummary.Gap(44_999 * 60, 45_001 * 60))));
    }

    @Test
    void idThatTheServerRefusesIsNoFailureOfTheServer() {
        assertThat(failureOf(reader.newest(NUL, 1))).isExactlyInstanceOf(StoreException.class);
        assertThat(failureOf(reader.gaps(NUL, 1))).isExactlyInstanceOf(StoreException.class);
        assertThat(await(reader.newest(SERIES, 1))).isEqualTo(CandlePage.EMPTY);
    }

    @Test
    void numberThatNoCandleMayHoldFailsTheReadThatMeetsIt() {
        schema.sql("INSERT INTO {s}.candles VALUES ('" + SERIES.text() + "', 60, 'NaN', 1, 1, 1, 1)");
        assertThat(failureOf(reader.newest(SERIES, 1)))
                .isExactlyInstanceOf(StoreException.class)
                .hasMessageContaining("candle 60 holds a number that is not finite");
    }

    @Test
    void negativeLimitIsAMistakeOfTheCaller() {
        assertThatThrownBy(() -> reader.after(SERIES, 0, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> reader.range(SERIES, 0, 1, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> reader.gaps(SERIES, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readThatIsNotAnsweredInTimeFailsAndTheNextOneHasAnotherConnection() {
        save(LongStream.of(60));
        PostgresSettings impatient =
                schema.settings().withPool(new Pool(1, 1, 4)).withReadTimeout(Duration.ofMillis(300));
        try (PostgresStore blocked = PostgresStore.open(impatient, schema.vertx());
                Lock lock = new Lock()) {
            for (int again = 0; again < 3; again++) {
                assertThat(failureOf(blocked.reader().newest(SERIES, 1))).isInstanceOf(StoreUnavailableException.class);
            }
            lock.release();
            assertThat(await(blocked.reader().newest(SERIES, 1)).head()).isEqualTo(60L);
            await(blocked.probe());
        }
    }

    @Test
    void moreReadsThanMayWaitAreRefused() {
        save(LongStream.of(60));
        PostgresSettings narrow = schema.settings().withPool(new Pool(1, 1, 7));
        try (PostgresStore blocked = PostgresStore.open(narrow, schema.vertx());
                Lock lock = new Lock()) {
            await(blocked.probe()); // while connections are made, their reads count as waiting too
            List<CompletionStage<CandlePage>> waiting = new ArrayList<>();
            for (int i = 0; i < 1 + 7; i++) {
                waiting.add(blocked.reader().newest(SERIES, 1));
            }
            assertThat(failureOf(blocked.reader().newest(SERIES, 1))).isInstanceOf(StoreOverloadedException.class);
            lock.release();
            waiting.forEach(read -> assertThat(await(read).head()).isEqualTo(60L));
        }
    }

    /** Nobody reads candles while it is open. */
    private static final class Lock implements AutoCloseable {
        private final PgConnection connection = schema.connect();

        Lock() {
            schema.sql(connection, "BEGIN");
            schema.sql(connection, "LOCK TABLE {s}.candles IN ACCESS EXCLUSIVE MODE");
        }

        void release() {
            schema.sql(connection, "ROLLBACK");
        }

        @Override
        public void close() {
            TestSchema.await(connection::close);
        }
    }

    @Test
    void openingDoesNotNeedTheServerAndReadsSayWhatIsWrong() {
        PostgresSettings nowhere = PostgresSettings.of("postgresql://u@127.0.0.1:1/d", "public");
        try (PostgresStore closed = PostgresStore.open(nowhere, schema.vertx())) {
            assertThat(failureOf(closed.reader().newest(SERIES, 1)))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("refused");
            assertThat(failureOf(closed.probe())).isInstanceOf(StoreUnavailableException.class);
            assertThat(failureOf(closed.mirror().claim(new Fence("truth", 1), true)))
                    .isInstanceOf(StoreUnavailableException.class);
        }
    }

    @Test
    void schemaThatWasNotPreparedFailsReads() {
        PostgresSettings unprepared =
                PostgresSettings.of("postgresql://u@h/d", "x").withReadTimeout(Duration.ofSeconds(5));
        PostgresSettings settings = new PostgresSettings(
                schema.settings().dsn(),
                "tc_not_there",
                Timescale.OFF,
                unprepared.connectTimeout(),
                unprepared.pool(),
                unprepared.readTimeout());
        try (PostgresStore bare = PostgresStore.open(settings, schema.vertx())) {
            assertThat(failureOf(bare.reader().newest(SERIES, 1)))
                    .isExactlyInstanceOf(StoreException.class)
                    .hasMessageContaining("tc_not_there.candles");
            assertThat(failureOf(bare.mirror().claim(new Fence("truth", 1), true)))
                    .isInstanceOf(StoreUnavailableException.class);
        }
    }
}
