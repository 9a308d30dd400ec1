package tradecanvas.store.servers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * {@code scripts/services} of a repository.
 *
 * <p>Threads: any; the script itself lets one caller at a time touch an instance.
 */
final class ServicesScript {
    /** The first start on a machine makes a folder of half a gigabyte. */
    private static final int END_MAX_S = 600;

    private static final String EXPORT = "export ";

    private final Path script;

    ServicesScript(Path repository) {
        this.script = repository.resolve("scripts").resolve("services").toAbsolutePath();
    }

    /** The script of the repository that is being tested; Maven's modules are one folder below it. */
    static ServicesScript ofThisRepository() {
        return new ServicesScript(Path.of(System.getProperty("tradecanvas.repository", "..")));
    }

    /**
     * Runs a command to its end and returns the variables that it prints.
     *
     * <p>Errors: IllegalStateException with all that it printed, if its exit code is not 0.
     */
    Map<String, String> run(String... arguments) {
        try {
            Path output = Files.createTempFile("services", ".out");
            Path errors = Files.createTempFile("services", ".err");
            try {
                return run(List.of(arguments), output, errors);
            } finally {
                Files.delete(output);
                Files.delete(errors);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Map<String, String> run(List<String> arguments, Path output, Path errors) throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        String ended = end(process);
        if (!ended.equals("0")) {
            throw new IllegalStateException(String.join(" ", command) + " ended with " + ended + ":\n"
                    + Files.readString(output) + Files.readString(errors));
        }
        return exports(Files.readString(output));
    }

    private static String end(Process process) {
        try {
            if (process.waitFor(END_MAX_S, TimeUnit.SECONDS)) {
                return Integer.toString(process.exitValue());
            }
            process.destroy();
            return "a kill after " + END_MAX_S + " s";
        } catch (InterruptedException interrupted) {
            process.destroy();
            Thread.currentThread().interrupt();
            return "an interrupt";
        }
    }

    private static Map<String, String> exports(String output) {
        return output.lines()
                .filter(line -> line.startsWith(EXPORT))
                .map(line -> line.substring(EXPORT.length()).split("=", 2))
                .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]));
    }
}
