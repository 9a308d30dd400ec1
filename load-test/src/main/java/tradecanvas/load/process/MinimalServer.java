package tradecanvas.load.process;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The floor of fan-out: the C server beside the sources, compiled on first use. */
public record MinimalServer(Path binary, List<String> arguments) implements ServerUnderTest {
    private static final int COMPILE_SECONDS_MAX = 60;

    public MinimalServer {
        arguments = List.copyOf(arguments);
    }

    /** The same with its candles from the bus, beside what is posted. */
    public MinimalServer over(URI redis) {
        return new MinimalServer(binary, List.of("--redis-port", Integer.toString(redis.getPort())));
    }

    /** The same with frames in a file that every subscriber gets first. */
    public MinimalServer withHistory(Path frames) {
        return new MinimalServer(
                binary, List.of("--history", frames.toAbsolutePath().toString()));
    }

    /** Compiles the source with gcc -O2. Errors: IOException with the compiler's words, or that there is none. */
    public static MinimalServer compile(Path source, Path binary) throws IOException, InterruptedException {
        Files.createDirectories(binary.toAbsolutePath().getParent());
        Process compiler = new ProcessBuilder(
                        SystemTool.find("gcc", "gcc").toString(), "-O2", "-o", binary.toString(), source.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!compiler.waitFor(COMPILE_SECONDS_MAX, TimeUnit.SECONDS)) {
            compiler.destroyForcibly();
            throw new IOException("gcc did not end within " + COMPILE_SECONDS_MAX + " s");
        }
        if (compiler.exitValue() != 0) {
            throw new IOException("gcc failed on " + source + ": " + output);
        }
        return new MinimalServer(binary, List.of());
    }

    @Override
    public String name() {
        return "minimal";
    }

    @Override
    public boolean isJvm() {
        return false;
    }

    @Override
    public List<String> command(int port) {
        List<String> command = new ArrayList<>(List.of(binary.toAbsolutePath().toString(), Integer.toString(port)));
        command.addAll(arguments);
        return command;
    }

    @Override
    public Map<String, String> environment(int port, Path workDir) {
        return Map.of();
    }
}
