package tradecanvas.load.reads;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import tradecanvas.load.client.TextClient;
import tradecanvas.load.postgres.RunDatabase;
import tradecanvas.load.process.DualWrite;
import tradecanvas.load.process.ServerProcess;
import tradecanvas.load.process.ServerUnderTest;
import tradecanvas.load.process.Standalone;
import tradecanvas.load.report.Progress;

/**
 * The rounds: in each, hot and cold, all contenders start afresh on the candles of the preload, warm up, and take turns
 * case by case.
 *
 * <p>Those that do not have their turn are idle. Threads: one owner.
 */
final class ReadsRun {
    private static final double MIRROR_SHARE_MIN = 0.99;

    private final ReadsPlan plan;
    private final Standalone standalone;
    private final @Nullable RunDatabase database;
    private final Path workDir;
    private final Wrk wrk;
    private final @Nullable Nginx nginx;
    private final ReadsReport report;
    private final Progress progress;

    /** Errors: MissingPrerequisiteException where wrk or nginx is needed and not installed. */
    ReadsRun(ReadsPlan plan, Standalone standalone, @Nullable RunDatabase database, Path workDir, Progress progress)
            throws IOException {
        this.plan = plan;
        this.standalone = standalone;
        this.database = database;
        this.workDir = workDir;
        this.progress = progress;
        wrk = Wrk.in(workDir, plan.cores(), plan.load().connections());
        nginx = plan.contenders().contains(Contender.nginx) ? Nginx.serving(answers()) : null;
        report = new ReadsReport();
    }

    ReadsReport run(int rounds) throws IOException, InterruptedException {
        new Preload(plan, progress).fill(standalone, database, directory(Contender.postgres), answers());
        Preload.copyFile(directory(Contender.postgres), directory(Contender.sqlite));
        for (int round = 1; round <= rounds; round++) {
            for (ReadCase.Mode mode : plan.modes()) {
                measure(round, rounds, mode);
            }
        }
        return report;
    }

    private void measure(int round, int rounds, ReadCase.Mode mode) throws InterruptedException {
        Map<Contender, CandleAnswerer> answerers = new EnumMap<>(Contender.class);
        try {
            start(answerers, round, mode);
            for (ReadCase what : plan.cases(mode)) {
                for (Contender who : inTurn(List.copyOf(answerers.keySet()), round)) {
                    measure(round, rounds, what, who, answerers.get(who));
                }
            }
        } finally {
            answerers.values().forEach(CandleAnswerer::close);
        }
    }

    /** One that does not start or does not answer right takes no part in the round; the others' figures are worth having. */
    private void start(Map<Contender, CandleAnswerer> answerers, int round, ReadCase.Mode mode)
            throws InterruptedException {
        for (Contender who : plan.contenders()) {
            progress.update("round " + round + ", " + who.title() + ": starting");
            try {
                CandleAnswerer answerer = open(who, mode);
                answerers.put(who, answerer);
                check(answerer);
                warmUp(round, who, answerer, mode);
            } catch (IOException | SQLException | IllegalStateException failure) {
                fail("round " + round + ", " + who.title(), failure);
                CandleAnswerer started = answerers.remove(who);
                if (started != null) {
                    started.close();
                }
            }
        }
    }

    private void warmUp(int round, Contender who, CandleAnswerer answerer, ReadCase.Mode mode)
            throws IOException, InterruptedException, SQLException {
        int seconds = plan.times().warmupSeconds(who);
        if (seconds > 0) {
            for (ReadCase what : plan.cases(mode)) {
                progress.update("round " + round + ", " + who.title() + ": warm-up");
                answerer.measure(what, Duration.ofSeconds(seconds));
            }
        }
    }

    private CandleAnswerer open(Contender who, ReadCase.Mode mode)
            throws IOException, InterruptedException, SQLException {
        return switch (who) {
            case sqlite -> http(who, standalone.with(environment(mode)), SeriesNames::apiPattern, () -> Double.NaN);
            case postgres -> {
                RunDatabase known = required(database);
                Standalone reading =
                        standalone.with(DualWrite.reading(known.dsn())).with(environment(mode));
                yield http(who, reading, SeriesNames::apiPattern, known::backendCpuMicros);
            }
            case nginx -> http(who, required(nginx), SeriesNames::filePattern, () -> Double.NaN);
            case sqlite_jdbc -> {
                String url = "jdbc:sqlite:file:" + directory(Contender.sqlite).resolve("market.db") + "?mode=ro";
                yield JdbcAnswerer.open(
                        () -> DriverManager.getConnection(url), plan.load().threads(), plan.series(), () -> Double.NaN);
            }
            case pgjdbc -> {
                RunDatabase known = required(database);
                yield JdbcAnswerer.open(known::connect, plan.load().threads(), plan.series(), known::backendCpuMicros);
            }
        };
    }

    /** Without the events of debugging; and cold without the cache of answers, which would share some of them. */
    private static Map<String, String> environment(ReadCase.Mode mode) {
        return switch (mode) {
            case hot -> Map.of("TRADE_CANVAS_ENABLE_DEBUG_API", "0");
            case cold -> Map.of("TRADE_CANVAS_ENABLE_DEBUG_API", "0", "TRADE_CANVAS_READ_CACHE_BYTES_MAX", "0");
        };
    }

    private HttpAnswerer http(
            Contender who, ServerUnderTest server, IntFunction<String> pattern, DoubleSupplier databaseCpuMicros)
            throws IOException, InterruptedException {
        ServerProcess process = ServerProcess.start(server, directory(who), plan.cores(), plan.serverLifeMax());
        return new HttpAnswerer(process, wrk, plan.series(), pattern, databaseCpuMicros);
    }

    private void measure(int round, int rounds, ReadCase what, Contender who, @Nullable CandleAnswerer answerer)
            throws InterruptedException {
        if (answerer == null) {
            return;
        }
        String name = "round " + round + " of " + rounds + ", " + what.name() + ", " + who.title();
        progress.update(name);
        try {
            @Nullable RoutedReads before = who == Contender.postgres ? routed(answerer) : null;
            ReadFigures figures =
                    answerer.measure(what, Duration.ofSeconds(plan.times().seconds()));
            report.add(round, what, who, figures);
            progress.step(name + ": " + figures.line());
            if (before != null) {
                checkRoute(name, what, figures.requests(), routed(answerer).since(before));
            }
        } catch (IOException | SQLException | IllegalStateException failure) {
            fail(name, failure);
        }
    }

    /** All who speak HTTP must say the same, or a rate says nothing. */
    private void check(CandleAnswerer answerer) throws IOException, InterruptedException {
        if (answerer instanceof HttpAnswerer http) {
            try (TextClient client = new TextClient()) {
                for (int limit : plan.limits()) {
                    for (int number : new int[] {0, plan.series() - 1}) {
                        URI address = http.address(limit, number);
                        byte[] expected = Files.readAllBytes(SeriesNames.file(answers(), limit, number));
                        if (!Arrays.equals(client.get(address), expected)) {
                            throw new IOException(address + " did not answer as the server of the preload");
                        }
                    }
                }
            }
        }
    }

    private static RoutedReads routed(CandleAnswerer answerer) throws IOException, InterruptedException {
        try (TextClient http = new TextClient()) {
            URI metrics = ((HttpAnswerer) answerer).server().base().resolve(RoutedReads.PATH);
            return RoutedReads.parse(new String(http.get(metrics), StandardCharsets.UTF_8));
        }
    }

    /** A hot answer may come from a cache; cold ones must come from PostgreSQL, or they say nothing about it. */
    private void checkRoute(String name, ReadCase what, long requests, RoutedReads routed) {
        boolean missed = what.mode() == ReadCase.Mode.cold && routed.mirror() < MIRROR_SHARE_MIN * requests;
        if (missed || routed.truth() > (1 - MIRROR_SHARE_MIN) * requests) {
            report.fail(String.format("%s: of %,d requests %s", name, requests, routed));
        }
    }

    private void fail(String name, Exception failure) {
        report.fail(name + " failed: " + failure.getMessage());
        progress.step(name + " failed: " + failure.getMessage());
    }

    private static <T> T required(@Nullable T participant) {
        if (participant == null) {
            throw new IllegalStateException("something takes part that was not prepared");
        }
        return participant;
    }

    private Path directory(Contender who) {
        return workDir.resolve(who.name()).toAbsolutePath();
    }

    private Path answers() {
        return workDir.resolve("answers").toAbsolutePath();
    }

    /** Each round starts with another one. */
    private static List<Contender> inTurn(List<Contender> all, int round) {
        List<Contender> turn = new ArrayList<>(all);
        Collections.rotate(turn, 1 - round);
        return turn;
    }
}
