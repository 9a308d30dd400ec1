package tradecanvas.model.bus;

import java.util.Locale;

/** Where live events come from. */
public enum FeedSource {
    /** The worker in the same process. */
    LOCAL,
    REDIS,
    /** The worker's internal feed. */
    WORKER,
    /** Nowhere: neither Redis nor the worker says anything. */
    NONE;

    /** The word in JSON, metrics and logs. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
