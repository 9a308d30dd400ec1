package tradecanvas.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tradecanvas.store.api.CandleStoreContract.await;
import static tradecanvas.store.api.CandleStoreContract.failureOf;

import io.vertx.pgclient.PgConnection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import tradecanvas.model.candle.Candle;
import tradecanvas.store.outbox.Fence;
import tradecanvas.store.outbox.MirrorFencedException;
import tradecanvas.store.outbox.MirrorRefusedException;
import tradecanvas.store.outbox.MirrorRow;
import tradecanvas.store.outbox.MirrorSession;
import tradecanvas.store.outbox.MirrorStore;
import tradecanvas.store.postgres.PostgresSettings.Timescale;

@ParameterizedClass(name = "timescale {0}")
@ValueSource(booleans = {true, false})
class PostgresMirrorIT {
    private static final String SERIES = "binance:futures:BTC/USDT:1m";
    private static final String ROWS = "SELECT series_id || ' ' || candle_time || ' ' || open FROM {s}.candles"
            + " ORDER BY series_id, candle_time";

    private final Timescale timescale;
    private TestSchema schema;
    private PostgresStore store;
    private MirrorStore mirror;

    PostgresMirrorIT(boolean on) {
        timescale = on ? Timescale.STANDARD : Timescale.OFF;
    }

    @BeforeEach
    void open() {
        schema = TestSchema.prepared(timescale);
        store = PostgresStore.open(schema.settings(), schema.vertx());
        mirror = store.mirror();
    }

    @AfterEach
    void close() {
        store.close();
        schema.close();
    }

    private MirrorSession claim(String truthId, long epoch) {
        return await(mirror.claim(new Fence(truthId, epoch), true));
    }

    private static MirrorRow row(long time, double value) {
        return new MirrorRow(SERIES, new Candle(time, value, value, value, value, value));
    }

    @Test
    void sessionEndsWithTheNextClaimOfTheSameEpoch() {
        MirrorSession earlier = claim("truth", 3);
        await(earlier.save(List.of(row(60, 1))));
        MirrorSession later = claim("truth", 3);
        await(later.save(List.of(row(60, 2))));

        assertThat(failureOf(earlier.save(List.of(row(60, 3))))).isInstanceOf(MirrorFencedException.class);
        assertThat(failureOf(earlier.delete(SERIES, 0, 100, List.of()))).isInstanceOf(MirrorFencedException.class);
        assertThat(schema.column(ROWS)).containsExactly(SERIES + " 60 2");
        earlier.close();
        await(later.save(List.of(row(120, 4))));
    }

    @Test
    void lowerEpochOfTheSameTruthMayNotClaim() {
        MirrorSession held = claim("truth", 7);
        assertThat(failureOf(mirror.claim(new Fence("truth", 6), true)))
                .isInstanceOf(MirrorFencedException.class)
                .hasMessageContaining("epoch 7")
                .hasMessageContaining("epoch 6");
        await(held.save(List.of(row(60, 1))));
        claim("truth", 8);
        assertThat(failureOf(held.save(List.of(row(60, 2))))).isInstanceOf(MirrorFencedException.class);
    }

    @Test
    void anotherTruthTakesOverWhateverItsEpoch() {
        MirrorSession held = claim("truth", 7);
        MirrorSession other = claim("other", 1);
        assertThat(failureOf(held.save(List.of(row(60, 2))))).isInstanceOf(MirrorFencedException.class);
        await(other.save(List.of(row(60, 1))));
        assertThat(schema.column("SELECT truth_id || ' ' || epoch || ' ' || session FROM {s}.tc_mirror_writer"))
                .containsExactly("other 1 2");
    }

    @Test
    void writesTakeEffectInTheOrderOfTheCallsWithoutWaitingForEachOther() {
        MirrorSession session = claim("truth", 1);
        List<Integer> completed = Collections.synchronizedList(new ArrayList<>());
        List<CompletableFuture<?>> writes = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            int number = i;
            writes.add(session.save(List.of(row(60, i), row(120, i)))
                    .thenRun(() -> completed.add(number))
                    .toCompletableFuture());
            writes.add(session.delete(SERIES, 120, 120, List.of()).toCompletableFuture());
        }
        await(CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new)));
        assertThat(completed)
                .containsExactlyElementsOf(IntStream.range(0, 500).boxed().toList());
        assertThat(schema.column(ROWS)).containsExactly(SERIES + " 60 499");
    }

    @Test
    void callsFromACompletionDoNotOvertakeEarlierOnes() {
        MirrorSession session = claim("truth", 1);
        for (int round = 0; round < 50; round++) {
            CompletionStage<Void> first = session.save(List.of(row(60, 1)));
            CompletionStage<Void> nested = first.thenCompose(done -> session.save(List.of(row(60, 2))));
            await(nested);
        }
        assertThat(schema.column(ROWS)).containsExactly(SERIES + " 60 2");
    }

    @Test
    void refusedContentDoesNotEndTheSession() {
        MirrorSession session = claim("truth", 1);
        CompletionStage<Void> before = session.save(List.of(row(60, 1)));
        CompletionStage<Void> refused = session.save(
                List.of(row(120, 1), new MirrorRow("a\0b:1m", row(60, 1).candle())));
        CompletionStage<Void> refusedDelete = session.delete("a\0b:1m", 0, 1, List.of());
        CompletionStage<Void> after = session.save(List.of(row(180, 1)));
        await(before);
        await(after);
        assertThat(failureOf(refused))
                .isInstanceOfSatisfying(
                        MirrorRefusedException.class,
                        refusal -> assertThat(refusal.sqlState()).isEqualTo("22021"));
        assertThat(failureOf(refusedDelete)).isInstanceOf(MirrorRefusedException.class);
        assertThat(schema.column(ROWS)).containsExactly(SERIES + " 60 1", SERIES + " 180 1");
    }

    @Test
    void keyTwiceInOneWriteIsRefused() {
        MirrorSession session = claim("truth", 1);
        assertThat(failureOf(session.save(List.of(row(60, 1), row(60, 2))))).isInstanceOf(MirrorRefusedException.class);
        assertThatThrownBy(() -> session.save(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void idThatNoIndexTakesIsRefused() {
        MirrorSession session = claim("truth", 1);
        StringBuilder id = new StringBuilder();
        new Random(1).ints(20_000, 'a', 0xd000).forEach(character -> id.append((char) character));
        Candle candle = row(60, 1).candle();
        assertThat(failureOf(session.save(List.of(new MirrorRow(id.toString(), candle)))))
                .isInstanceOfSatisfying(
                        MirrorRefusedException.class,
                        refusal -> assertThat(refusal.sqlState()).isEqualTo("54000"));
    }

    @Test
    void deleteSparesWhatIsToBeKeptAndWhatIsOutsideTheRange() {
        MirrorSession session = claim("truth", 1);
        MirrorRow other = new MirrorRow("other:1m", row(120, 1).candle());
        await(session.save(List.of(row(60, 1), row(120, 1), row(180, 1), row(240, 1), row(300, 1), other)));
        await(session.delete(SERIES, 120, 240, List.of(180L, 999L)));
        await(session.delete(SERIES, 5_000, 6_000, List.of()));
        assertThat(schema.column(ROWS))
                .containsExactly(SERIES + " 60 1", SERIES + " 180 1", SERIES + " 300 1", "other:1m 120 1");
    }

    @Test
    void timesAtBothEndsOfTheLongsAreWrittenAndDeleted() {
        MirrorSession session = claim("truth", 1);
        await(session.save(List.of(row(Long.MIN_VALUE, 1), row(-1, 1), row(Long.MAX_VALUE, 1))));
        await(session.save(List.of(row(Long.MIN_VALUE, 2), row(Long.MAX_VALUE, 2))));
        assertThat(schema.column(ROWS))
                .containsExactly(
                        SERIES + " " + Long.MIN_VALUE + " 2", SERIES + " -1 1", SERIES + " " + Long.MAX_VALUE + " 2");
        await(session.delete(SERIES, Long.MIN_VALUE, Long.MAX_VALUE, List.of(-1L)));
        assertThat(schema.column(ROWS)).containsExactly(SERIES + " -1 1");
    }

    @Test
    void rowsThatLookEqualAreOverwrittenToo() {
        MirrorSession session = claim("truth", 1);
        schema.sql("INSERT INTO {s}.candles VALUES ('" + SERIES + "', 60, '-0', '-0', '-0', '-0', '-0')");
        await(session.save(List.of(row(60, 0))));
        assertThat(schema.column("SELECT open::text || volume::text FROM {s}.candles"))
                .containsExactly("00");
    }

    @Test
    void claimWaitsForTheWriteThatIsUnderWay() throws Exception {
        MirrorSession earlier = claim("truth", 1);
        PgConnection blocker = schema.connect();
        schema.sql(blocker, "BEGIN");
        schema.sql(blocker, "INSERT INTO {s}.candles VALUES ('" + SERIES + "', 60, 9, 9, 9, 9, 9)");
        CompletableFuture<Void> underWay = earlier.save(List.of(row(60, 1))).toCompletableFuture();
        awaitBlocked(1);
        CompletableFuture<MirrorSession> claiming =
                mirror.claim(new Fence("truth", 2), true).toCompletableFuture();
        awaitBlocked(2);
        assertThat(underWay).isNotDone();
        assertThat(claiming).isNotDone();

        schema.sql(blocker, "ROLLBACK");
        underWay.get(10, TimeUnit.SECONDS);
        await(claiming.get(10, TimeUnit.SECONDS).save(List.of(row(60, 2))));
        assertThat(schema.column(ROWS)).containsExactly(SERIES + " 60 2");
    }

    @Test
    void writeThatWaitsForAClaimIsRefusedAfterIt() {
        MirrorSession earlier = claim("truth", 1);
        PgConnection claimant = schema.connect();
        schema.sql(claimant, "BEGIN");
        schema.sql(claimant, "UPDATE {s}.tc_mirror_writer SET session = session + 1");
        CompletionStage<Void> late = earlier.save(List.of(row(60, 1)));
        CompletionStage<Void> lateDelete = earlier.delete(SERIES, 0, 100, List.of());
        awaitBlocked(1);
        schema.sql(claimant, "COMMIT");
        assertThat(failureOf(late)).isInstanceOf(MirrorFencedException.class);
        assertThat(failureOf(lateDelete)).isInstanceOf(MirrorFencedException.class);
        assertThat(schema.column(ROWS)).isEmpty();
    }

    private void awaitBlocked(int statements) {
        Awaitility.await()
                .untilAsserted(() -> assertThat(schema.column("SELECT pid FROM pg_stat_activity"
                                + " WHERE wait_event_type = 'Lock' AND query LIKE '%{s}%'"))
                        .hasSize(statements));
    }

    @Test
    void anyMixOfWritesEndsInWhatAMapHoldsAfterIt() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        MirrorSession session = claim("truth", 1);
        TreeMap<Long, Double> expected = new TreeMap<>();
        List<CompletableFuture<?>> writes = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            if (random.nextInt(4) > 0) {
                TreeMap<Long, Double> batch = new TreeMap<>();
                for (int rows = 1 + random.nextInt(40); rows > 0; rows--) {
                    batch.put(60L * random.nextInt(2_000) * (random.nextInt(10) == 0 ? 500 : 1), random.nextDouble());
                }
                expected.putAll(batch);
                List<MirrorRow> rows = new ArrayList<>();
                batch.forEach((time, value) -> rows.add(row(time, value)));
                Collections.shuffle(rows, random);
                writes.add(session.save(rows).toCompletableFuture());
            } else {
                long from = 60L * random.nextInt(2_000);
                long to = from + 60L * random.nextInt(300);
                TreeSet<Long> kept =
                        new TreeSet<>(expected.subMap(from, true, to, true).keySet());
                kept.removeIf(time -> random.nextInt(3) > 0);
                expected.subMap(from, true, to, true).keySet().removeIf(time -> !kept.contains(time));
                writes.add(session.delete(SERIES, from, to, List.copyOf(kept)).toCompletableFuture());
            }
        }
        await(CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new)));
        TreeMap<Long, Double> actual = new TreeMap<>();
        schema.sql("SELECT candle_time, close FROM {s}.candles")
                .forEach(row -> actual.put(row.getLong(0), row.getDouble(1)));
        assertThat(actual).as("seed " + seed).isEqualTo(expected);
    }
}
