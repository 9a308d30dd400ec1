package tradecanvas.system.process;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code scripts/run} as a user calls it, on what was built last. Owner: one test. */
public final class ScriptRun implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final int END_MAX_S = 30;
    private static final String READY = "ready http://";

    private final Path output;
    private final Process process;

    private ScriptRun(Path output, Process process) {
        this.output = output;
        this.process = process;
    }

    /** Starts the script from another directory than its own; what it prints goes to a file there. */
    public static ScriptRun start(Path directory, String... options) {
        try {
            List<String> command = new ArrayList<>();
            command.add(TradeCanvas.repository()
                    .resolve("scripts/run")
                    .toAbsolutePath()
                    .toString());
            command.addAll(List.of(options));
            Path output = Files.createTempFile(directory, "run", ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("TRADE_CANVAS_"));
            builder.environment().put("TRADE_CANVAS_RUN_BUILD", "never"); // this may run inside a build
            return new ScriptRun(output, builder.start());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Waits for the line with the address and returns the address. */
    public URI awaitReady() {
        await().atMost(START_MAX).pollInterval(Duration.ofMillis(20)).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("ended before it was ready:\n" + output());
            }
            return output().lines().anyMatch(line -> line.startsWith(READY));
        });
        String line = output().lines()
                .filter(text -> text.startsWith(READY))
                .findFirst()
                .orElseThrow();
        return URI.create(line.substring(line.indexOf(' ') + 1));
    }

    /** Sends SIGTERM and returns the exit code. */
    public int stop() {
        process.destroy();
        return awaitEnd();
    }

    /** Waits for the end and returns the exit code. */
    public int awaitEnd() {
        try {
            if (!process.waitFor(END_MAX_S, TimeUnit.SECONDS)) {
                throw new IllegalStateException("did not end within " + END_MAX_S + " s:\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** What it has printed so far. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
