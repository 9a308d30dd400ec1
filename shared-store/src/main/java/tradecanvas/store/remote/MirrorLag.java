package tradecanvas.store.remote;

import java.util.Set;

/**
 * What the worker says about its mirror.
 *
 * @param epoch of the worker that says so
 * @param leaseMs milliseconds for which it may be believed, counted from when it was asked; 0: not at all
 * @param behind the series with a write that is older than what the lease allows and not in the mirror
 */
public record MirrorLag(long epoch, State state, long leaseMs, Set<String> behind) {
    /** Whether the truth is mirrored. */
    public enum State {
        /** The mirror lacks nothing but the writes of the series that are behind. */
        UP,
        /** The mirror may lack anything. */
        DOWN,
        /** Nothing is mirrored; who reads the mirror has chosen to. */
        OFF
    }

    public MirrorLag {
        behind = Set.copyOf(behind);
        if (leaseMs < 0) {
            throw new IllegalArgumentException("lease of " + leaseMs + " ms is negative");
        }
    }
}
