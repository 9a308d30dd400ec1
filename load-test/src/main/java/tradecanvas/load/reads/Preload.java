package tradecanvas.load.reads;

import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tradecanvas.load.client.CandleSource;
import tradecanvas.load.client.ClosedLoopPosters;
import tradecanvas.load.client.MirrorWatch;
import tradecanvas.load.client.PostRequest;
import tradecanvas.load.client.TextClient;
import tradecanvas.load.postgres.RunDatabase;
import tradecanvas.load.process.DualWrite;
import tradecanvas.load.process.ServerProcess;
import tradecanvas.load.process.Standalone;
import tradecanvas.load.report.Progress;

/**
 * Fills the stores once, through a server's own ingest: a SQLite file, and PostgreSQL where it takes part. The servers of
 * all rounds read the same candles.
 */
final class Preload {
    private static final int POSTERS = 2; // one is parsed while another is written
    private static final Duration TIME_MAX = Duration.ofHours(1);
    private static final int ROWS_BETWEEN_STEPS = 500_000;

    private final ReadsPlan plan;
    private final Progress progress;

    Preload(ReadsPlan plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * Leaves a directory in which a server finds its file, the database filled, and the answers as files for nginx.
     *
     * @param answers where the files go, by limit and number of the series
     */
    void fill(Standalone plain, @Nullable RunDatabase database, Path directory, Path answers)
            throws IOException, InterruptedException {
        Standalone server = database == null ? plain : plain.with(DualWrite.writing(database.dsn()));
        long start = System.nanoTime();
        try (ServerProcess process = ServerProcess.start(server, directory, plan.cores(), TIME_MAX)) {
            Iterator<byte[]> batches = batches(process.base());
            new ClosedLoopPosters(process.base()).postAll(Collections.nCopies(POSTERS, batches), TIME_MAX);
            if (database != null) {
                progress.step("preload: all posted, waiting for the mirror");
                try (MirrorWatch mirror = new MirrorWatch(process.base())) {
                    mirror.awaitDrained(TIME_MAX);
                }
            }
            keepAnswers(process.base(), answers);
        }
        progress.step(String.format(
                "preload: %,d candles after %d s",
                (long) plan.series() * plan.candlesASeries(),
                Duration.ofNanos(System.nanoTime() - start).toSeconds()));
    }

    private void keepAnswers(URI base, Path answers) throws IOException, InterruptedException {
        int last = plan.series() - 1;
        int[] numbers = plan.contenders().contains(Contender.nginx)
                ? IntStream.rangeClosed(0, last).toArray()
                : new int[] {0, last}; // enough to compare the others with
        try (TextClient http = new TextClient()) {
            for (int limit : plan.limits()) {
                Files.createDirectories(answers.resolve(Integer.toString(limit)));
                progress.update("preload: answers of " + limit + " candles as files");
                for (int number : numbers) {
                    byte[] answer = http.get(base.resolve(SeriesNames.of(SeriesNames.apiPattern(limit), number)));
                    Files.write(SeriesNames.file(answers, limit, number), answer);
                }
            }
        }
    }

    private Iterator<byte[]> batches(URI base) {
        int candles = plan.candlesASeries();
        int seriesBetweenSteps = Math.max(1, ROWS_BETWEEN_STEPS / candles);
        return IntStream.range(0, plan.series())
                .mapToObj(number -> {
                    if (number % seriesBetweenSteps == 0) {
                        progress.update("preload: series " + number + " of " + plan.series());
                    }
                    CandleSource source = new CandleSource(SeriesNames.series(number));
                    return PostRequest.batch(base, source.seriesId(), source.next(candles));
                })
                .iterator();
    }

    /** Copies the file of a server that has ended; none of them ever uses the original and a copy at once. */
    static void copyFile(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(from, "market.db{,-wal}")) {
            all.forEach(files::add);
        }
        for (Path file : files) {
            Files.copy(file, to.resolve(file.getFileName()));
        }
    }
}
