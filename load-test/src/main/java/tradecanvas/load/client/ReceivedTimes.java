package tradecanvas.load.client;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The closed candles that one socket received, as a check of order and duplicates.
 *
 * <p>Only the jumps are kept, so a history without holes costs three numbers, however long it is. Units: Unix seconds.
 * Threads: one owner.
 */
public final class ReceivedTimes {
    /** What a candle is in the light of those before it. */
    public enum Verdict {
        FIRST,
        /** Exactly one step after the newest. */
        NEXT,
        /** Later than one step after the newest. */
        JUMP,
        /** A time that was already received. */
        DUPLICATE,
        /** A new time that is older than the newest, or off the step. */
        OUT_OF_ORDER
    }

    private record Jump(long from, long to) {}

    private final long stepSeconds;
    private boolean any;
    private long first;
    private long newest;
    private @Nullable List<Jump> jumps;

    public ReceivedTimes(long stepSeconds) {
        this.stepSeconds = stepSeconds;
    }

    /** Takes the next candle of the socket. */
    public Verdict accept(long time) {
        if (!any) {
            any = true;
            first = time;
            newest = time;
            return Verdict.FIRST;
        }
        if (time <= newest) {
            return older(time);
        }
        long step = time - newest;
        if (step != stepSeconds) {
            remember(new Jump(newest, time));
        }
        newest = time;
        if (step == stepSeconds) {
            return Verdict.NEXT;
        }
        return step > stepSeconds ? Verdict.JUMP : Verdict.OUT_OF_ORDER;
    }

    /** The newest time received, {@link Long#MIN_VALUE} before the first. */
    public long newest() {
        return any ? newest : Long.MIN_VALUE;
    }

    private Verdict older(long time) {
        if (time < first) {
            remember(new Jump(time, first));
            first = time;
            return Verdict.OUT_OF_ORDER;
        }
        if (jumps == null) {
            return Verdict.DUPLICATE;
        }
        for (Jump jump : jumps) {
            if (jump.from < time && time < jump.to) {
                jumps.remove(jump);
                jumps.add(new Jump(jump.from, time));
                jumps.add(new Jump(time, jump.to));
                return Verdict.OUT_OF_ORDER;
            }
        }
        return Verdict.DUPLICATE;
    }

    private void remember(Jump jump) {
        if (jumps == null) {
            jumps = new ArrayList<>();
        }
        jumps.add(jump);
    }
}
