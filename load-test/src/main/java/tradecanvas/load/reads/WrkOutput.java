package tradecanvas.load.reads;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * What wrk with our script says at its end.
 *
 * @param failed answers other than 2xx and 3xx, and requests that got none
 * @param cpuMicros user and system time of wrk itself
 */
record WrkOutput(long requests, long micros, long p50Micros, long p99Micros, long failed, long cpuMicros) {
    private static final String LINE = "figures ";

    /** Errors: IOException with the whole output when the line or a figure is missing. */
    static WrkOutput parse(String output) throws IOException {
        String line = output.lines()
                .filter(each -> each.startsWith(LINE))
                .findFirst()
                .orElseThrow(() -> new IOException("wrk has printed no figures but:\n" + output));
        Map<String, Long> figures = new HashMap<>();
        for (String word : line.substring(LINE.length()).strip().split(" ", -1)) {
            int equals = word.indexOf('=');
            try {
                figures.put(word.substring(0, equals), Long.valueOf(word.substring(equals + 1)));
            } catch (NumberFormatException | StringIndexOutOfBoundsException _) {
                throw new IOException("'" + word + "' is no figure in: " + line);
            }
        }
        return new WrkOutput(
                figure(figures, "requests"),
                figure(figures, "micros"),
                figure(figures, "p50_micros"),
                figure(figures, "p99_micros"),
                figure(figures, "not_2xx") + figure(figures, "lost"),
                figure(figures, "cpu_micros"));
    }

    private static long figure(Map<String, Long> figures, String name) throws IOException {
        Long value = figures.get(name);
        if (value == null) {
            throw new IOException("wrk has printed no " + name);
        }
        return value;
    }
}
