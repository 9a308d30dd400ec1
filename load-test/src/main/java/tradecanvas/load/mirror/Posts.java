package tradecanvas.load.mirror;

import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import tradecanvas.load.client.CandleSource;
import tradecanvas.load.client.PostRequest;
import tradecanvas.model.candle.Candle;

/**
 * The rows of a run in batches: the same for every way of writing.
 *
 * @param name with which the names of the series begin
 * @param rows of all series, which share them evenly
 * @param batchRows of one batch; the last one of a series may be shorter
 */
record Posts(String name, long rows, int series, int batchRows) {
    Posts {
        if (series < 1 || batchRows < 1 || rows < series) {
            throw new IllegalStateException(
                    rows + " rows of " + series + " series in batches of " + batchRows + ": all must be positive");
        }
    }

    /** One batch of one series. */
    record Batch(String series, List<Candle> candles) {}

    Posts inBatchesOf(int otherRows) {
        return new Posts(name, rows, series, otherRows);
    }

    /** A tenth of the rows, of other series. */
    Posts warmUp() {
        return new Posts(name + "W", Math.max(series, rows / 10), series, batchRows);
    }

    /** All batches, the series in turn. */
    Iterator<Batch> batches() {
        List<SeriesBatches> all = new ArrayList<>(eachSeries());
        return new Iterator<>() {
            private int turn;

            @Override
            public boolean hasNext() {
                return all.stream().anyMatch(SeriesBatches::hasNext);
            }

            @Override
            public Batch next() {
                for (int i = 0; i < all.size(); i++) {
                    SeriesBatches batches = all.get(turn);
                    turn = (turn + 1) % all.size();
                    if (batches.hasNext()) {
                        return batches.next();
                    }
                }
                throw new NoSuchElementException();
            }
        };
    }

    /** The batches as requests, an iterator for each series: batches of one series must not overtake each other. */
    List<Iterator<byte[]>> requests(URI base) {
        return eachSeries().stream()
                .map(batches -> (Iterator<byte[]>) new Requests(base, batches))
                .toList();
    }

    private List<SeriesBatches> eachSeries() {
        long evenly = rows / series;
        long rest = rows - evenly * series;
        return IntStream.range(0, series)
                .mapToObj(number -> new SeriesBatches(
                        new CandleSource("binance:futures:%s%03d/USDT:1m".formatted(name, number)),
                        evenly + (number < rest ? 1 : 0),
                        batchRows))
                .toList();
    }

    private record Requests(URI base, SeriesBatches batches) implements Iterator<byte[]> {
        @Override
        public boolean hasNext() {
            return batches.hasNext();
        }

        @Override
        public byte[] next() {
            Batch batch = batches.next();
            return PostRequest.batch(base, batch.series(), batch.candles());
        }
    }

    private static final class SeriesBatches implements Iterator<Batch> {
        private final CandleSource source;
        private final int batchRows;
        private long left;

        SeriesBatches(CandleSource source, long rows, int batchRows) {
            this.source = source;
            this.left = rows;
            this.batchRows = batchRows;
        }

        @Override
        public boolean hasNext() {
            return left > 0;
        }

        @Override
        public Batch next() {
            if (left <= 0) {
                throw new NoSuchElementException();
            }
            int count = (int) Math.min(left, batchRows);
            left -= count;
            return new Batch(source.seriesId(), source.next(count));
        }
    }
}
