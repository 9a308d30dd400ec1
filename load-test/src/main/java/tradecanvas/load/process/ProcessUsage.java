package tradecanvas.load.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process has used so far, from {@code /proc}.
 *
 * <p>Units: {@code cpuMicros} is user plus system time in steps of 10 ms, {@code rssBytes} is resident memory.
 */
public record ProcessUsage(long cpuMicros, long rssBytes) {
    /** {@code USER_HZ}, which is 100 on every Linux that this runs on. */
    private static final long MICROS_PER_TICK = 10_000;

    private static final int FIELD_UTIME = 11; // counted from the state, the first field after the name
    private static final int FIELD_STIME = 12;
    private static final long BYTES_PER_KB = 1_024;

    /** Errors: IOException when the process is gone. */
    public static ProcessUsage of(long pid) throws IOException {
        Path directory = Path.of("/proc", Long.toString(pid));
        return parse(Files.readString(directory.resolve("stat")), Files.readString(directory.resolve("status")));
    }

    ProcessUsage plus(ProcessUsage other) {
        return new ProcessUsage(cpuMicros + other.cpuMicros, rssBytes + other.rssBytes);
    }

    static ProcessUsage parse(String stat, String status) {
        // the name stands in parentheses and may hold blanks and parentheses itself
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[FIELD_UTIME]) + Long.parseLong(fields[FIELD_STIME]);
        return new ProcessUsage(ticks * MICROS_PER_TICK, rssKb(status) * BYTES_PER_KB);
    }

    private static long rssKb(String status) {
        return status.lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }
}
