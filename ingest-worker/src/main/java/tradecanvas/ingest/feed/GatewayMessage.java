package tradecanvas.ingest.feed;

import java.util.Map;

/** What a gateway says. */
sealed interface GatewayMessage {
    /** Whether it wants events. */
    record Events(boolean on) implements GatewayMessage {}

    /**
     * It has so many watchers of these series.
     *
     * @param ttlMs how long that holds unless it is said again
     * @param series watchers by series id; 0 for no more
     */
    record Demand(long ttlMs, Map<String, Integer> series) implements GatewayMessage {
        public Demand {
            series = Map.copyOf(series);
        }
    }
}
