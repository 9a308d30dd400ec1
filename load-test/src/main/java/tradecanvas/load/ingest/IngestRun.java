package tradecanvas.load.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tradecanvas.load.client.MirrorWatch;
import tradecanvas.load.postgres.RunDatabase;
import tradecanvas.load.process.Cores;
import tradecanvas.load.process.DualWrite;
import tradecanvas.load.process.ServerProcess;
import tradecanvas.load.process.Standalone;
import tradecanvas.load.report.Progress;

/**
 * The rounds of ingest: in each, fresh servers and plain databases take turns, way by way.
 *
 * <p>Threads: one owner.
 */
final class IngestRun {
    private static final int WARMUP_POSTERS = 16;
    private static final int WARMUP_BATCH_ROWS = 500;
    private static final int DUAL_SECONDS_MAX = 300; // of a drain after each measurement

    private final Standalone standalone;
    private final Plan plan;
    private final IngestReport report;
    private final Progress progress;

    /** What is the same in every round. */
    record Plan(List<Integer> posters, List<Integer> batches, Duration time, Duration warmup, int rounds, Cores cores) {
        Plan {
            posters = List.copyOf(posters);
            batches = List.copyOf(batches);
        }

        /** After this a server ends by itself: all measurements with their slowest answers and drains, and room. */
        Duration serverLifeMax() {
            int measurements = 1 + 2 * posters.size() + 4 * batches.size();
            return warmup.plus(time.plusSeconds(40 + DUAL_SECONDS_MAX).multipliedBy(measurements))
                    .plusSeconds(60);
        }
    }

    IngestRun(Standalone standalone, Plan plan, IngestReport report, Progress progress) {
        this.standalone = standalone;
        this.plan = plan;
        this.report = report;
        this.progress = progress;
    }

    /** One round. The database is null where there is no dual write. */
    void round(int round, Path workDir, @Nullable RunDatabase database)
            throws IOException, InterruptedException, SQLException {
        try (ServerProcess process = start(standalone, workDir.resolve("server"))) {
            ServerIngest ingest = new ServerIngest(process.base(), null);
            warmUp(ingest);
            if (database == null) {
                measure(round, workDir, ingest, null);
                return;
            }
            Standalone mirrored = standalone.with(DualWrite.writing(database.dsn()));
            try (ServerProcess second = start(mirrored, workDir.resolve("dual"));
                    MirrorWatch mirror = new MirrorWatch(second.base())) {
                ServerIngest dual = new ServerIngest(second.base(), mirror);
                warmUp(dual);
                measure(round, workDir, ingest, new Dual(dual, database));
            }
        }
    }

    /** The second server and its database. */
    private record Dual(ServerIngest ingest, RunDatabase database) {}

    private void measure(int round, Path workDir, ServerIngest ingest, @Nullable Dual dual)
            throws IOException, InterruptedException, SQLException {
        Duration time = plan.time();
        add(round, new Way(Way.Kind.SQLITE, 1), sqlite(workDir, 1));
        for (int count : plan.posters()) {
            add(round, new Way(Way.Kind.POSTERS, count), ingest.singles(count, time));
            if (dual != null) {
                add(round, new Way(Way.Kind.DUAL_POSTERS, count), dual.ingest().singles(count, time));
            }
        }
        for (int rows : plan.batches()) {
            add(round, new Way(Way.Kind.SQLITE, rows), sqlite(workDir, rows));
            add(round, new Way(Way.Kind.BATCHES, rows), ingest.batches(rows, time));
            if (dual != null) {
                IngestFigures plain = PlainPostgres.write(dual.database(), rows, time);
                add(round, new Way(Way.Kind.POSTGRES, rows), plain);
                add(round, new Way(Way.Kind.DUAL_BATCHES, rows), dual.ingest().batches(rows, time));
            }
        }
    }

    private ServerProcess start(Standalone server, Path directory) throws IOException, InterruptedException {
        progress.update("starting");
        return ServerProcess.start(server, directory, plan.cores(), plan.serverLifeMax());
    }

    private void warmUp(ServerIngest ingest) throws IOException, InterruptedException {
        progress.update("warm-up");
        if (plan.warmup().isPositive()) {
            ingest.singles(WARMUP_POSTERS, plan.warmup());
            ingest.batches(WARMUP_BATCH_ROWS, Duration.ofSeconds(1));
        }
    }

    private IngestFigures sqlite(Path workDir, int rowsPerCommit) throws IOException, SQLException {
        Path directory = Files.createDirectories(workDir.resolve("sqlite-" + rowsPerCommit));
        return PlainSqlite.write(directory.resolve("market.db"), rowsPerCommit, plan.time());
    }

    private void add(int round, Way way, IngestFigures figures) {
        report.add(round, way, figures);
        progress.step(String.format(
                "round %d of %d, %s: %,.0f rows/s, p50 %.2f ms, p99 %.2f ms",
                round, plan.rounds(), way.name(), figures.rowsPerSecond(), figures.p50Ms(), figures.p99Ms()));
    }
}
