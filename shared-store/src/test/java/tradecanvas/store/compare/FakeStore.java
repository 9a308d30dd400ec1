package tradecanvas.store.compare;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tradecanvas.store.api.StoreException;
import tradecanvas.store.digest.Digest;
import tradecanvas.store.digest.DigestReader;
import tradecanvas.store.digest.PartDigests;
import tradecanvas.store.digest.RowBits;
import tradecanvas.store.digest.SeriesSpan;
import tradecanvas.store.digest.TimeParts;

/** A store in memory that keeps to the bounds of the port. Threads: any. */
final class FakeStore implements DigestReader {
    private final TreeMap<String, TreeMap<Long, RowBits>> rows = new TreeMap<>();
    long rowsRead;
    /** Runs ahead of each answer. */
    Runnable beforeAnswer = () -> {};
    /** A series that cannot be read. */
    @Nullable
    String broken;

    synchronized void put(String seriesId, RowBits row) {
        rows.computeIfAbsent(seriesId, _ -> new TreeMap<>()).put(row.time(), row);
    }

    synchronized @Nullable RowBits get(String seriesId, long time) {
        return of(seriesId).get(time);
    }

    synchronized List<Long> allTimes(String seriesId) {
        return List.copyOf(of(seriesId).keySet());
    }

    synchronized void remove(String seriesId, long time) {
        of(seriesId).remove(time);
    }

    synchronized void removeBefore(String seriesId, long time) {
        of(seriesId).headMap(time).clear();
    }

    private NavigableMap<Long, RowBits> of(String seriesId) {
        return rows.getOrDefault(seriesId, new TreeMap<>());
    }

    @Override
    public CompletionStage<List<SeriesSpan>> series(String after, int max) {
        beforeAnswer.run();
        synchronized (this) {
            return CompletableFuture.completedStage(rows.tailMap(after, false).entrySet().stream()
                    .filter(series -> !series.getValue().isEmpty())
                    .map(series -> new SeriesSpan(
                            series.getKey(),
                            series.getValue().firstKey(),
                            series.getValue().lastKey()))
                    .limit(max)
                    .toList());
        }
    }

    @Override
    public CompletionStage<List<Digest>> digests(String seriesId, TimeParts parts, int rowsMax) {
        beforeAnswer.run();
        if (seriesId.equals(broken)) {
            return CompletableFuture.failedStage(new StoreException("unreadable", new IllegalStateException()));
        }
        PartDigests digests = new PartDigests(seriesId, parts, rowsMax);
        synchronized (this) {
            of(seriesId).subMap(parts.from(), true, parts.to(), true).values().stream()
                    .limit(digests.rowsWanted())
                    .forEach(row -> {
                        rowsRead++;
                        digests.add(row.time(), row.open(), row.high(), row.low(), row.close(), row.volume());
                    });
        }
        return CompletableFuture.completedStage(digests.complete());
    }

    @Override
    public CompletionStage<List<RowBits>> rows(String seriesId, long from, long to, int max) {
        beforeAnswer.run();
        synchronized (this) {
            List<RowBits> page = of(seriesId).subMap(from, true, to, true).values().stream()
                    .limit(max)
                    .toList();
            rowsRead += page.size();
            return CompletableFuture.completedStage(page);
        }
    }
}
