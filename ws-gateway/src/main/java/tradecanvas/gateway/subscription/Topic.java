package tradecanvas.gateway.subscription;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A series that somebody on this gateway watches, and the event loops that have watchers.
 *
 * <p>{@link #published} rises with each event <em>before</em> the loops get it. A store read that began at the present
 * value therefore misses nothing that a subscription made now would not get live.
 */
final class Topic {
    private static final LoopSubscriptions[] NONE = {};

    final String series;
    final AtomicLong published = new AtomicLong();
    private volatile LoopSubscriptions[] loops = NONE;

    Topic(String series) {
        this.series = series;
    }

    LoopSubscriptions[] loops() {
        return loops;
    }

    /** Called under the lock of the topic's map entry. */
    Topic with(LoopSubscriptions loop) {
        LoopSubscriptions[] more = Arrays.copyOf(loops, loops.length + 1);
        more[loops.length] = loop;
        loops = more;
        return this;
    }

    /** Called under the lock of the topic's map entry; false when no loop is left. */
    boolean without(LoopSubscriptions loop) {
        loops = Arrays.stream(loops).filter(other -> other != loop).toArray(LoopSubscriptions[]::new);
        return loops.length > 0;
    }
}
