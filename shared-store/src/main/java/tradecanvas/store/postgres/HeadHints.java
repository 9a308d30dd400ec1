package tradecanvas.store.postgres;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tradecanvas.model.series.SeriesId;

/**
 * Where the heads of the series that were read last have been, so that the next read names a time and needs few chunks.
 * A head may have moved since, also back; who uses one must see that. Threads: any.
 */
final class HeadHints {
    /** About 2 MB; the series that was read longest ago is forgotten. */
    private static final int SERIES_MAX = 10_000;

    private final Map<SeriesId, Long> heads = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SeriesId, Long> eldest) {
            return size() > SERIES_MAX;
        }
    };

    synchronized @Nullable Long of(SeriesId series) {
        return heads.get(series);
    }

    synchronized void remember(SeriesId series, @Nullable Long head) {
        if (head == null) {
            heads.remove(series);
        } else {
            heads.put(series, head);
        }
    }
}
