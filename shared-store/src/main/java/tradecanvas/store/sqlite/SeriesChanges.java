package tradecanvas.store.sqlite;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.api.SeriesVersions;

/** Counts the transactions that touched a series. Bounded by the number of series written. Threads: the writer changes. */
final class SeriesChanges implements SeriesVersions {
    private final Map<String, Long> versions = new ConcurrentHashMap<>();

    void changed(Set<String> seriesIds) {
        seriesIds.forEach(seriesId -> versions.merge(seriesId, 1L, Long::sum));
    }

    @Override
    public OptionalLong of(SeriesId series) {
        return OptionalLong.of(versions.getOrDefault(series.text(), 0L));
    }
}
