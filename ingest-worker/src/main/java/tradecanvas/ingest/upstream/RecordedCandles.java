package tradecanvas.ingest.upstream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;

/**
 * Candles of a file, repeated without end over all times.
 *
 * <p>Which row stands for which time depends on the time alone, so a replay that was stopped goes on where the clock is,
 * with the candles it would have had. Immutable.
 */
final class RecordedCandles {
    private static final String CLASSPATH = "classpath:";
    private static final int COLUMNS = 6;

    private final SeriesId series;
    private final List<Candle> rows;

    RecordedCandles(SeriesId series, List<Candle> rows) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("no recorded candles for series " + series);
        }
        this.series = series;
        this.rows = List.copyOf(rows);
    }

    /** Reads a {@code series=file} pair of the settings. */
    static RecordedCandles load(String seriesAndFile) throws IOException {
        int split = seriesAndFile.indexOf('=');
        if (split < 0) {
            throw new IllegalArgumentException("replay file '" + seriesAndFile + "' is not series=file");
        }
        SeriesId series = SeriesId.parse(seriesAndFile.substring(0, split));
        String file = seriesAndFile.substring(split + 1);
        try (BufferedReader in = new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
            List<Candle> rows = new ArrayList<>();
            in.readLine(); // the header
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                rows.add(row(file, line));
            }
            return new RecordedCandles(series, rows);
        }
    }

    SeriesId series() {
        return series;
    }

    /** The candle for an open time that is a multiple of the timeframe. Unix seconds. */
    Candle at(long openTime) {
        long period = openTime / series.timeframe().seconds();
        Candle row = rows.get((int) Math.floorMod(period, (long) rows.size()));
        return new Candle(openTime, row.open(), row.high(), row.low(), row.close(), row.volume());
    }

    private static InputStream open(String file) throws IOException {
        if (!file.startsWith(CLASSPATH)) {
            return Files.newInputStream(Path.of(file));
        }
        InputStream resource =
                Thread.currentThread().getContextClassLoader().getResourceAsStream(file.substring(CLASSPATH.length()));
        if (resource == null) {
            throw new IOException("no such resource: " + file);
        }
        return resource;
    }

    private static Candle row(String file, String line) {
        String[] cells = line.split(",", -1);
        if (cells.length != COLUMNS) {
            throw new IllegalArgumentException("row '" + line + "' of " + file + " has not " + COLUMNS + " columns");
        }
        return new Candle(
                Long.parseLong(cells[0]),
                Double.parseDouble(cells[1]),
                Double.parseDouble(cells[2]),
                Double.parseDouble(cells[3]),
                Double.parseDouble(cells[4]),
                Double.parseDouble(cells[5]));
    }
}
