package tradecanvas.gateway.feed;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tradecanvas.model.bus.BusSource;

/**
 * Which senders are heard.
 *
 * <p>Of the truth that this gateway serves only the newest worker; no worker of another truth, which it makes known by its
 * heartbeats; and any instance that has none, as those of other implementations. What the gateway's own worker says of
 * itself goes before what is heard on the bus. Owner: the feed's event loop.
 */
final class Fence {
    /** What a sender is to this gateway. */
    enum Verdict {
        /** The worker of the truth. */
        WORKER,
        /** The same, for the first time. */
        NEW_WORKER,
        /** Another instance, which is heard but not supervised. */
        OTHER,
        /** A worker that has been replaced, or that writes another truth. */
        FENCED
    }

    /** Other truths that are remembered; past it the oldest is forgotten until its next heartbeat. */
    private static final int OTHER_TRUTHS_MAX = 64;

    private final Set<String> otherTruths = new LinkedHashSet<>();
    private @Nullable BusSource worker;

    /** The newest worker of the truth, as far as it is known. */
    @Nullable
    BusSource worker() {
        return worker;
    }

    /** A heartbeat of the worker that this gateway is set to, which decides what truth is served. */
    Verdict heartbeatOfOwnWorker(BusSource source) {
        BusSource known = worker;
        if (known != null && known.truth().equals(source.truth())) {
            return ofTruth(source, known);
        }
        if (known != null) {
            rememberOther(known.truth());
        }
        otherTruths.remove(source.truth());
        worker = source;
        return Verdict.NEW_WORKER;
    }

    /** Takes the own worker for the one to hear though it is of an older epoch: nobody else is there, as after a restore. */
    void adopt(BusSource source) {
        worker = source;
    }

    /** A heartbeat on the bus. */
    Verdict heartbeat(BusSource source) {
        BusSource known = worker;
        if (known == null) {
            worker = source;
            return Verdict.NEW_WORKER;
        }
        if (known.truth().equals(source.truth())) {
            return ofTruth(source, known);
        }
        rememberOther(source.truth());
        return Verdict.FENCED;
    }

    /** An event, wherever it comes from. */
    Verdict event(BusSource source) {
        BusSource known = worker;
        if (known == null || !source.hasEpoch()) {
            return Verdict.OTHER;
        }
        if (known.truth().equals(source.truth())) {
            return ofTruth(source, known);
        }
        return otherTruths.contains(source.truth()) ? Verdict.FENCED : Verdict.OTHER;
    }

    private Verdict ofTruth(BusSource source, BusSource known) {
        if (source.epoch() <= known.epoch()) {
            return source.epoch() == known.epoch() ? Verdict.WORKER : Verdict.FENCED;
        }
        worker = source;
        return Verdict.NEW_WORKER;
    }

    private void rememberOther(String truth) {
        if (otherTruths.add(truth) && otherTruths.size() > OTHER_TRUTHS_MAX) {
            otherTruths.remove(otherTruths.iterator().next());
        }
    }
}
