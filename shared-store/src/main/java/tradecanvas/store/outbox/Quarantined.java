package tradecanvas.store.outbox;

/**
 * A change that the mirror refused for its content.
 *
 * <p>Units: {@code time} in Unix seconds, {@code atMs} in Unix milliseconds. For a deletion {@code time} is the start of
 * its range.
 */
public record Quarantined(
        OutboxEntry.Kind kind, String seriesId, long time, String sqlState, String message, long atMs) {}
