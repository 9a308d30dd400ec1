package tradecanvas.load.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import tradecanvas.load.process.ProcessUsage;

/**
 * CPU of the processes that serve one database, found by their titles in {@code /proc}, which also shows the processes of
 * containers. Stateless.
 */
final class BackendUsage {
    private BackendUsage() {}

    /** User and system time so far, summed; NaN where none is seen, say of a server on another machine. */
    static double cpuMicros(String database) {
        long sum = 0;
        boolean seen = false;
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (serves(title(process), database)) {
                    sum += cpuMicrosOf(process);
                    seen = true;
                }
            }
        } catch (IOException _) {
            return Double.NaN;
        }
        return seen ? sum : Double.NaN;
    }

    /** A title reads {@code postgres: [cluster: ]user database host(port) activity}. */
    static boolean serves(String title, String database) {
        return title.startsWith("postgres: ") && title.contains(" " + database + " ");
    }

    private static String title(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException _) {
            return ""; // it has just ended
        }
    }

    private static long cpuMicrosOf(Path process) {
        try {
            return ProcessUsage.of(Long.parseLong(process.getFileName().toString()))
                    .cpuMicros();
        } catch (IOException _) {
            return 0;
        }
    }
}
