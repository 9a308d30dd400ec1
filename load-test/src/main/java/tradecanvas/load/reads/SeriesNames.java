package tradecanvas.load.reads;

import java.nio.file.Path;
import java.util.Locale;

/** The series of the benchmark and the paths that ask for them, by number. Stateless. */
final class SeriesNames {
    private static final String SERIES = "binance:futures:R%04d/USDT:1m"; // no character that a query must escape

    private SeriesNames() {}

    static String series(int number) {
        return of(SERIES, number);
    }

    /** With a place for the number. */
    static String apiPattern(int limit) {
        return "/api/market/candles?limit=" + limit + "&series_id=" + SERIES;
    }

    /** With a place for the number. */
    static String filePattern(int limit) {
        return "/" + limit + "/%04d.json";
    }

    /** Where the file of that path is. */
    static Path file(Path root, int limit, int number) {
        return root.resolve(of(filePattern(limit), number).substring(1));
    }

    static String of(String pattern, int number) {
        return String.format(Locale.ROOT, pattern, number);
    }
}
