package tradecanvas.store.outbox;

/**
 * Who writes to a mirror.
 *
 * @param truthId names the SQLite file, for as long as it exists
 * @param epoch rises at every start of a worker on that file
 */
public record Fence(String truthId, long epoch) {}
