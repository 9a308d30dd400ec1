package tradecanvas.store.digest;

/** A series that has rows, and the times of the first and the last of them. Unix seconds. */
public record SeriesSpan(String seriesId, long first, long last) {
    public SeriesSpan {
        if (first > last) {
            throw new IllegalArgumentException("series " + seriesId + " spans " + first + ".." + last);
        }
    }
}
