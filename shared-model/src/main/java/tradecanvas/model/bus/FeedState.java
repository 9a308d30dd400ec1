package tradecanvas.model.bus;

import java.util.Map;

/**
 * How a feed is at a moment.
 *
 * @param ready whether a process with this feed should be given clients
 * @param details what operators are shown, by name
 */
public record FeedState(FeedSource source, boolean ready, Map<String, String> details) {
    public FeedState {
        details = Map.copyOf(details);
    }
}
