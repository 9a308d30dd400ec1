package tradecanvas.load.mirror;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tradecanvas.load.client.MirrorWatch;

/**
 * Looks at a mirror while rows are posted, and what follows from them.
 *
 * <p>Times are those of looks, so the pause between two of them is the error of a duration. Threads: one owner.
 */
final class Backlog {
    private final List<Look> looks = new ArrayList<>();
    private @Nullable Look lastPost;

    private record Look(long nanos, long rows, long outboxDepth) {}

    /** Adds what was seen at a time. The first must be from just before the first post. */
    void seen(long nanos, MirrorWatch.Sample sample) {
        looks.add(new Look(nanos, sample.rows(), sample.outboxDepth()));
    }

    /** The newest look is the first one after the last post was answered. */
    void lastPostAnswered() {
        lastPost = looks.getLast();
    }

    /** From the first look to the newest. */
    MirrorFigures mirrored() {
        return between(looks.getFirst(), looks.getLast());
    }

    /** From the last post to the newest look. */
    MirrorFigures afterLastPost() {
        if (lastPost == null) {
            throw new IllegalStateException("the last post was not marked");
        }
        return between(lastPost, looks.getLast());
    }

    long outboxDepthMax() {
        return looks.stream().mapToLong(Look::outboxDepth).max().orElse(0);
    }

    private static MirrorFigures between(Look from, Look to) {
        return new MirrorFigures(to.rows() - from.rows(), (to.nanos() - from.nanos()) / 1e9);
    }
}
