package tradecanvas.model.bus;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a feed is at a moment.
 *
 * @param ready whether a process with this feed should be given clients
 * @param details what operators are shown, by name, in this order
 */
public record FeedState(FeedSource source, boolean ready, Map<String, String> details) {
    public FeedState {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }
}
