package tradecanvas.store.route;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How often which store was asked, and why. Threads: any. */
public final class RouteCounters {
    /** Why a store was asked; a read that asks both is counted for both. */
    public enum Route {
        /** The mirror, which has all that was published. */
        MIRROR("mirror", "current"),
        /** The mirror, as the truth does not answer and nobody knows better. */
        MIRROR_LAST("mirror", "truth_unavailable"),
        /** The truth, as the mirror is behind. */
        TRUTH_BEHIND("truth", "behind"),
        /** The truth, as nobody knows whether the mirror is behind. */
        TRUTH_UNKNOWN("truth", "unknown"),
        /** The truth, as the mirror did not answer this read. */
        TRUTH_FAILED("truth", "mirror_failed"),
        /** The truth, as the mirror did not answer an earlier read and has not recovered yet. */
        TRUTH_HELD_OFF("truth", "held_off");

        private final String source;
        private final String reason;

        Route(String source, String reason) {
            this.source = source;
            this.reason = reason;
        }

        /** The store that is asked, as metrics call it. */
        public String source() {
            return source;
        }

        /** Why, as metrics call it. */
        public String reason() {
            return reason;
        }
    }

    private final Map<Route, LongAdder> counts = new EnumMap<>(Route.class);

    public RouteCounters() {
        for (Route route : Route.values()) {
            counts.put(route, new LongAdder());
        }
    }

    void count(Route route) {
        adder(route).increment();
    }

    public long get(Route route) {
        return adder(route).sum();
    }

    private LongAdder adder(Route route) {
        LongAdder adder = counts.get(route);
        if (adder == null) {
            throw new IllegalStateException("no counter of " + route);
        }
        return adder;
    }
}
