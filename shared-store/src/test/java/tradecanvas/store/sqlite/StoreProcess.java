package tradecanvas.store.sqlite;

import static tradecanvas.store.api.CandleStoreContract.candle;
import static tradecanvas.store.api.CandleStoreContract.unit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.api.StoreException;

/**
 * Another JVM that opens a store and saves units of three candles until it is killed. It tells each acknowledged unit
 * by a line {@code saved <number>;}, or why it could not open the store.
 */
final class StoreProcess implements AutoCloseable {
    static final SeriesId SERIES = SeriesId.parse("crash:1m");
    static final int ROWS_A_UNIT = 3;
    private static final int UNITS_UNDER_WAY_MAX = 20;

    private final Process process;
    private final BufferedReader output;

    private StoreProcess(Process process) {
        this.process = process;
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static StoreProcess start(Path database, long firstUnit) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                StoreProcess.class.getName(),
                database.toString(),
                Long.toString(firstUnit));
        return new StoreProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    public static void main(String[] arguments) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (SqliteStore store = SqliteStore.open(SqliteSettings.of(Path.of(arguments[0])))) {
            Semaphore underWay = new Semaphore(UNITS_UNDER_WAY_MAX);
            for (long unit = Long.parseLong(arguments[1]); ; unit++) {
                underWay.acquire();
                long number = unit;
                var _ = store.writer()
                        .save(List.of(
                                unit(SERIES, candle(time(unit)), candle(time(unit) + 60), candle(time(unit) + 120))))
                        .thenRun(() -> {
                            out.println("saved " + number + ";");
                            underWay.release();
                        });
            }
        } catch (StoreException refused) {
            out.println(refused.getMessage());
        }
    }

    /** The time of a unit's first candle. */
    static long time(long unit) {
        return 60 * ROWS_A_UNIT * unit;
    }

    @Nullable
    String readLine() throws IOException {
        return output.readLine();
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL; returns when the process is gone. Through its handle, which leaves its last output to be read. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
