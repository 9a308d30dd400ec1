package tradecanvas.ingest.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import tradecanvas.ingest.internal.DigestRoutes;
import tradecanvas.ingest.internal.InternalConfig;
import tradecanvas.ingest.internal.InternalListener;
import tradecanvas.ingest.internal.InternalRoute;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.candle.SeriesCandles;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.compare.Comparison;
import tradecanvas.store.compare.ComparisonBounds;
import tradecanvas.store.compare.ComparisonListener;
import tradecanvas.store.compare.ComparisonSummary;
import tradecanvas.store.compare.Confirmation;
import tradecanvas.store.compare.Drift;
import tradecanvas.store.compare.Stores;
import tradecanvas.store.digest.RowBits;
import tradecanvas.store.postgres.PostgresSchema;
import tradecanvas.store.postgres.PostgresSettings;
import tradecanvas.store.postgres.PostgresSettings.Timescale;
import tradecanvas.store.postgres.PostgresStore;
import tradecanvas.store.remote.RemoteReconciliation;
import tradecanvas.store.repair.AuditedFix;
import tradecanvas.store.repair.FixOutcome;
import tradecanvas.store.repair.Repair;
import tradecanvas.store.repair.RepairListener;
import tradecanvas.store.repair.RepairReport;
import tradecanvas.store.servers.TestServers;
import tradecanvas.store.sqlite.SqliteSettings;
import tradecanvas.store.sqlite.SqliteStore;

/** A real file and a real PostgreSQL with the mirror between them; comparison and repair go over the internal listener. */
@ParameterizedClass(name = "timescale {0}")
@ValueSource(booleans = {true, false})
class ReconcileIT {
    private static final int SERIES = 50;
    private static final int ROWS_PER_SERIES = 4_000;
    private static final int PLANTS = 200;
    private static final long START = 1_700_000_040;
    private static final long MINUTE = 60;
    private static final double[] ROUNDING = {
        0.0000005, 2.5e-6, 100.1000005, Double.MIN_VALUE, 1e-310, 1e300, 0.1 + 0.2, 0, -1.5, Double.MAX_VALUE
    };

    private record Config() implements MirrorConfig, InternalConfig {
        @Override
        public int mirrorWaitMs() {
            return 250;
        }

        @Override
        public int mirrorTimeoutMs() {
            return 10_000;
        }

        @Override
        public int mirrorBackoffMaxMs() {
            return 100;
        }

        @Override
        public int mirrorBatchRowsMax() {
            return 5_000;
        }

        @Override
        public int mirrorPipelineMax() {
            return 4;
        }

        @Override
        public int backfillWriteMs() {
            return 50;
        }

        @Override
        public String internalHost() {
            return "127.0.0.1";
        }

        @Override
        public OptionalInt internalPort() {
            return OptionalInt.of(0);
        }

        @Override
        public int internalConnectionsMax() {
            return 16;
        }
    }

    /** Keeps all that a comparison finds. */
    private static final class Findings implements ComparisonListener {
        private final List<Drift> drift = new ArrayList<>();
        private final List<Drift> unconfirmed = new ArrayList<>();

        @Override
        public void drift(Drift found) {
            drift.add(found);
        }

        @Override
        public void unconfirmed(Drift suspect) {
            unconfirmed.add(suspect);
        }

        Set<String> keys() {
            return drift.stream()
                    .map(found -> found.kind() + " " + found.seriesId() + " " + found.time())
                    .collect(Collectors.toSet());
        }
    }

    @TempDir
    Path directory;

    private final Timescale timescale;
    private final String schema = "tc_digest_" + ProcessHandle.current().pid() + "_" + System.nanoTime() % 1_000_000;
    private final Vertx vertx = Vertx.vertx();
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final List<SeriesId> series = new ArrayList<>();
    private final TreeMap<String, RowBits> written = new TreeMap<>();
    private final TreeSet<String> planted = new TreeSet<>();
    private final Set<String> used = new TreeSet<>();
    private final ComparisonBounds bounds = ComparisonBounds.STANDARD;
    private Pool admin;
    private SqliteStore truth;
    private PostgresStore postgres;
    private Mirroring mirroring;
    private InternalListener listener;
    private RemoteReconciliation remote;
    private Stores stores;

    ReconcileIT(boolean on) {
        timescale = on ? Timescale.STANDARD : Timescale.OFF;
    }

    @BeforeEach
    void open() {
        PostgresSettings settings = PostgresSettings.of(TestServers.postgresDsn(), schema)
                .withTimescale(timescale)
                .withReadTimeout(Duration.ofSeconds(20));
        PostgresSchema.prepare(settings);
        postgres = PostgresStore.open(settings, vertx);
        admin = PgBuilder.pool()
                .connectingTo(PgConnectOptions.fromUri(TestServers.postgresDsn()))
                .using(vertx)
                .build();
        truth = SqliteStore.open(
                SqliteSettings.of(directory.resolve("market.db")).withOutbox(true));
        join(truth.outbox().rememberMirror(schema));
        Config config = new Config();
        mirroring = Mirroring.start(
                truth.outbox(), postgres.mirror(), config, InstantSource.system(), new SimpleMeterRegistry());
        List<InternalRoute> routes = new ArrayList<>(new DigestRoutes(truth.digests()).routes());
        routes.addAll(new RepairRoutes(new MirrorSwitch(mirroring), truth.repairs()).routes());
        listener = InternalListener.open(vertx, config, 0, routes);
        remote = new RemoteReconciliation(
                vertx, URI.create("http://127.0.0.1:" + listener.port()), RemoteReconciliation.BOUNDS);
        stores = new Stores(remote, postgres.digests(), remote);
    }

    @AfterEach
    void close() {
        remote.close();
        listener.close();
        mirroring.close();
        truth.close();
        postgres.close();
        sql("DROP SCHEMA " + schema + " CASCADE", Tuple.tuple());
        admin.close();
        join(vertx.close().toCompletionStage());
    }

    @Test
    void namesAllThatWasPlantedRepairsItAndKeepsTheEvidence() throws InterruptedException {
        fill();
        Findings before = new Findings();
        ComparisonSummary equal = compare(before);
        assertThat(before.keys()).as("rounding causes no drift").isEmpty();
        assertThat(equal.equal()).isTrue();
        assertThat(equal.rows()).isEqualTo(SERIES * ROWS_PER_SERIES);
        assertThat(equal.wholeMirror()).isTrue();

        for (int plant = 0; plant < PLANTS; plant++) {
            plant();
        }
        plantSeriesOfTheMirror();
        Findings found = new Findings();
        ComparisonSummary drift = compare(found);
        assertThat(found.keys()).as("seed " + seed).containsExactlyInAnyOrderElementsOf(planted);
        assertThat(drift.drift()).isEqualTo(planted.size());
        assertThat(found.unconfirmed).isEmpty();
        found.drift.forEach(
                each -> assertThat(each.truth()).isEqualTo(written.get(each.seriesId() + " " + each.time())));

        Repair repair = new Repair(
                remote, new Confirmation(stores, bounds, System::nanoTime), bounds, 10_000, new RepairListener() {});
        assertThat(repair.dryRun(found.drift).planned()).isEqualTo(planted.size());
        assertThat(audit()).as("a dry run writes nothing").isEmpty();
        assertThat(compare(new Findings()).drift()).isEqualTo(planted.size());

        RepairReport report = repair.run("run-1", found.drift);
        assertThat(report.complete()).as(report.toString()).isTrue();
        assertThat(compare(new Findings()).equal()).isTrue();
        List<AuditedFix> audit = audit();
        assertThat(audit).allMatch(fix -> fix.outcome() == FixOutcome.REPAIRED && fix.settledAtMs() > 0);
        assertThat(audit.stream().map(AuditedFix::evidence).toList()).containsExactlyInAnyOrderElementsOf(found.drift);

        assertThat(repair.run("run-1", found.drift).complete()).as("again").isTrue();
        assertThat(audit()).hasSize(planted.size());
        assertThat(compare(new Findings()).equal()).isTrue();
    }

    @Test
    void repairThatWasCutOffIsResumed() throws InterruptedException {
        save(SeriesId.parse("a:b:c:1m"), 100);
        awaitMirror();
        sql("DELETE FROM " + schema + ".candles WHERE candle_time < $1", Tuple.of(START + 10 * MINUTE));
        Findings found = new Findings();
        compare(found);
        assertThat(found.drift).hasSize(10);
        join(remote.submit("cut-off", found.drift));
        assertThat(join(remote.fixes(0, 200, true))).hasSize(10);
        Repair repair = new Repair(
                remote, new Confirmation(stores, bounds, System::nanoTime), bounds, 10_000, new RepairListener() {});
        assertThat(repair.resume().repaired()).isEqualTo(10);
        assertThat(join(remote.fixes(0, 200, true))).isEmpty();
        assertThat(compare(new Findings()).equal()).isTrue();
    }

    @Test
    void writesDuringTheComparisonAreNoDrift() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            series.add(SeriesId.parse("live:spot:S" + i + ":1m"));
            save(series.get(i), 2_000);
        }
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Long> writer = CompletableFuture.supplyAsync(() -> writeUntil(stop));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(8);
        int runs = 0;
        while (System.nanoTime() < end) {
            Findings found = new Findings();
            compare(found);
            assertThat(found.keys()).isEmpty();
            assertThat(found.unconfirmed).isEmpty();
            runs++;
        }
        stop.set(true);
        assertThat(writer.join()).isPositive();
        assertThat(runs).isPositive();
        awaitMirror();
        assertThat(compare(new Findings()).equal()).isTrue();
    }

    private long writeUntil(AtomicBoolean stop) {
        Random own = new Random(seed);
        long candles = 0;
        long[] heads = new long[series.size()];
        Arrays.fill(heads, START + 2_000 * MINUTE);
        while (!stop.get()) {
            for (int i = 0; i < series.size(); i++) {
                List<Candle> batch = new ArrayList<>();
                for (int rows = 0; rows < 10; rows++) {
                    batch.add(candle(heads[i], own));
                    heads[i] += MINUTE;
                }
                batch.add(candle(START + own.nextInt(2_000) * MINUTE, own)); // overwrites
                truth.writer().save(List.of(SeriesCandles.of(series.get(i), batch)));
                candles += batch.size();
                if (own.nextInt(10) == 0) {
                    truth.writer().delete(series.get(i), List.of(START + own.nextInt(2_000) * MINUTE));
                }
                if (own.nextInt(100) == 0) {
                    truth.writer().trim(series.get(i), 1_500);
                }
            }
            pause(50);
        }
        return candles;
    }

    private static void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private ComparisonSummary compare(Findings findings) throws InterruptedException {
        ComparisonSummary summary =
                new Comparison(stores, bounds, findings, InstantSource.system(), System::nanoTime).run();
        assertThat(summary.seriesFailed()).isZero();
        return summary;
    }

    private List<AuditedFix> audit() {
        List<AuditedFix> all = new ArrayList<>();
        List<AuditedFix> page;
        do {
            page = join(remote.fixes(all.isEmpty() ? 0 : all.getLast().id(), 200, false));
            all.addAll(page);
        } while (!page.isEmpty());
        return all;
    }

    private void fill() {
        for (int i = 0; i < SERIES; i++) {
            SeriesId id = SeriesId.parse("binance:futures:S" + i + "/ü\"T:1m");
            series.add(id);
            save(id, ROWS_PER_SERIES);
        }
        awaitMirror();
    }

    private void save(SeriesId id, int rows) {
        List<Candle> candles = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            Candle candle = candle(START + row * MINUTE, random);
            candles.add(candle);
            written.put(id.text() + " " + candle.openTime(), RowBits.of(candle));
        }
        join(truth.writer().save(List.of(new SeriesCandles(id, candles))));
    }

    private static Candle candle(long time, Random random) {
        return new Candle(time, value(random), value(random), value(random), value(random), value(random));
    }

    private static double value(Random random) {
        return random.nextInt(3) == 0 ? ROUNDING[random.nextInt(ROUNDING.length)] : random.nextDouble() * 70_000;
    }

    private void awaitMirror() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(truth.outbox().progress().depth()).isZero());
    }

    private long unusedTime(SeriesId id) {
        long time;
        do {
            time = START + random.nextInt(ROWS_PER_SERIES) * MINUTE;
        } while (!used.add(id.text() + " " + time));
        return time;
    }

    private RowBits rowOf(SeriesId id, long time) {
        return Objects.requireNonNull(written.get(id.text() + " " + time));
    }

    private void plant() {
        SeriesId id = series.get(random.nextInt(series.size()));
        long time = unusedTime(id);
        RowBits row = rowOf(id, time);
        switch (random.nextInt(5)) {
            case 0 -> {
                List<Long> bits = new ArrayList<>(row.bits());
                int column = random.nextInt(RowBits.COLUMNS);
                bits.set(column, bits.get(column) ^ (1L << random.nextInt(64)));
                overwrite(id, time, bits);
                planted.add("DIFFERENT " + id.text() + " " + time);
            }
            case 1 -> {
                remove(id, time);
                planted.add("MISSING " + id.text() + " " + time);
            }
            case 2 -> {
                insert(id.text(), time + 1, row.bits());
                planted.add("EXTRA " + id.text() + " " + (time + 1));
            }
            case 3 -> {
                remove(id, time);
                insert(id.text(), time + 7, row.bits());
                planted.add("MISSING " + id.text() + " " + time);
                planted.add("EXTRA " + id.text() + " " + (time + 7));
            }
            default -> {
                long other = unusedTime(id);
                overwrite(id, time, rowOf(id, other).bits());
                overwrite(id, other, row.bits());
                planted.add("DIFFERENT " + id.text() + " " + time);
                planted.add("DIFFERENT " + id.text() + " " + other);
            }
        }
    }

    private void plantSeriesOfTheMirror() {
        List<Long> foreign = List.of(
                Double.doubleToRawLongBits(Double.NaN),
                Double.doubleToRawLongBits(Double.POSITIVE_INFINITY),
                Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY),
                Double.doubleToRawLongBits(-0.0),
                0L);
        for (long time : new long[] {Long.MIN_VALUE, 0, Long.MAX_VALUE}) {
            insert("no id", time, foreign);
            planted.add("EXTRA no id " + time);
        }
        insert(series.getFirst().text(), Long.MAX_VALUE, foreign);
        planted.add("EXTRA " + series.getFirst().text() + " " + Long.MAX_VALUE);
    }

    private void insert(String id, long time, List<Long> bits) {
        Tuple row = Tuple.of(id, time);
        bits.forEach(each -> row.addDouble(Double.longBitsToDouble(each)));
        sql("INSERT INTO " + schema + ".candles VALUES ($1, $2, $3, $4, $5, $6, $7)", row);
    }

    private void overwrite(SeriesId id, long time, List<Long> bits) {
        remove(id, time);
        insert(id.text(), time, bits);
    }

    private void remove(SeriesId id, long time) {
        sql("DELETE FROM " + schema + ".candles WHERE series_id = $1 AND candle_time = $2", Tuple.of(id.text(), time));
    }

    private void sql(String sql, Tuple parameters) {
        join(admin.preparedQuery(sql).execute(parameters).toCompletionStage());
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
