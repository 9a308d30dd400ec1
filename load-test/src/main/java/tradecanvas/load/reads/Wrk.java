package tradecanvas.load.reads;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tradecanvas.load.process.Cores;
import tradecanvas.load.process.SystemTool;

/**
 * The HTTP client: Debian's {@code wrk} on the client's core, one thread, a number of connections that each ask again as
 * soon as they are answered.
 */
record Wrk(Path binary, Path script, Cores cores, int connections) {
    private static final String SCRIPT = "in-turn.lua";
    private static final int EXTRA_SECONDS_MAX = 30;

    /** Puts the script into a directory. Errors: MissingPrerequisiteException where wrk is not installed. */
    static Wrk in(Path directory, Cores cores, int connections) throws IOException {
        Path binary = SystemTool.find("wrk", "wrk");
        Path script = Files.createDirectories(directory).resolve(SCRIPT).toAbsolutePath();
        try (InputStream resource = Wrk.class.getResourceAsStream(SCRIPT)) {
            if (resource == null) {
                throw new IllegalStateException(SCRIPT + " is not beside the code");
            }
            Files.write(script, resource.readAllBytes());
        }
        return new Wrk(binary, script, cores, connections);
    }

    /**
     * Asks for {@code count} paths in turn.
     *
     * @param pattern a path with {@code %04d} for its number, or none where all are the same
     */
    WrkOutput run(URI base, String pattern, int count, Duration time) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("timeout", "--kill-after=5", Long.toString(time.toSeconds() + EXTRA_SECONDS_MAX)));
        command.addAll(cores.clientPrefix());
        command.addAll(List.of(
                binary.toString(),
                "--threads",
                "1",
                "--connections",
                Integer.toString(connections),
                "--duration",
                time.toSeconds() + "s",
                "--timeout",
                "10s",
                "--script",
                script.toString(),
                base.toString(),
                "--",
                pattern,
                Integer.toString(count)));
        Process wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!wrk.waitFor(EXTRA_SECONDS_MAX, TimeUnit.SECONDS) || wrk.exitValue() != 0) {
            wrk.destroyForcibly();
            throw new IOException("wrk failed: " + output);
        }
        return WrkOutput.parse(output);
    }
}
