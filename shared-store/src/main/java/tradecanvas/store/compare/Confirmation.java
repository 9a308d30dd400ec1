package tradecanvas.store.compare;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tradecanvas.store.digest.DigestReader;
import tradecanvas.store.digest.RowBits;
import tradecanvas.store.outbox.MirrorPosition;

/**
 * Tells rows that differ from rows on their way. A round reads the truth, waits until the mirror has acknowledged everything
 * that this read could see, reads the mirror, and reads the truth once more: a row that the truth held all the while, and the
 * mirror does not, is no row in flight.
 *
 * <p>Between the two reads of the truth a row could have been changed and changed back, and the mirror read in between. So one
 * round is proof only where nothing at all was committed meanwhile; else a second one must find the very same bits on both
 * sides. Memory: the keys in question. Owner: one comparison or repair; it blocks.
 */
public final class Confirmation {
    /** A row that changes in each of so many rounds is left unconfirmed. */
    private static final int ROUNDS_MAX = 8;

    private static final long POLL_MS_FIRST = 1;
    private static final long POLL_MS_MAX = 50;

    private final Stores stores;
    private final ComparisonBounds bounds;
    private final LongSupplier nanoClock;
    /** What the mirror had acknowledged when it was last waited for in vain: until that moves, nothing waits again. */
    private long stuckAt = -1;

    public Confirmation(Stores stores, ComparisonBounds bounds, LongSupplier nanoClock) {
        this.stores = stores;
        this.bounds = bounds;
        this.nanoClock = nanoClock;
    }

    /** What became of suspects; those in neither list are equal. */
    public record Verdict(List<Drift> drift, List<Drift> unconfirmed) {}

    /**
     * Looks at keys of a series until each of them is equal, confirmed or given up.
     *
     * <p>Errors: {@link tradecanvas.store.api.StoreException}.
     */
    public Verdict of(String seriesId, NavigableSet<Long> times) throws InterruptedException {
        NavigableSet<Long> open = new TreeSet<>(times);
        Map<Long, Drift> seen = new HashMap<>();
        List<Drift> confirmed = new ArrayList<>();
        for (int round = 0; round < ROUNDS_MAX && !open.isEmpty(); round++) {
            Look look = look(seriesId, open);
            open.removeIf(time -> look.differing(time) == null);
            seen.keySet().retainAll(open);
            if (look.caughtUp()) {
                open.removeIf(time -> {
                    Drift drift = Objects.requireNonNull(look.differing(time));
                    Drift before = look.steady(time) ? seen.put(time, drift) : seen.remove(time);
                    boolean proven = look.steady(time) && (look.atRest() || drift.equals(before));
                    return proven && confirmed.add(drift);
                });
            } else if (look.isLate()) {
                return new Verdict(confirmed, look.differing(open));
            }
        }
        return new Verdict(
                confirmed, open.isEmpty() ? List.of() : look(seriesId, open).differing(open));
    }

    /** How a wait for the mirror ended. */
    private enum Wait {
        CAUGHT_UP,
        LATE,
        /** Numbers of another worker's epoch are not to be compared. */
        RESTARTED
    }

    /** One round. */
    private record Look(
            String seriesId,
            Wait waited,
            boolean atRest,
            Map<Long, RowBits> before,
            Map<Long, RowBits> mirror,
            Map<Long, RowBits> after) {
        boolean caughtUp() {
            return waited == Wait.CAUGHT_UP;
        }

        boolean isLate() {
            return waited == Wait.LATE;
        }

        boolean steady(long time) {
            return Objects.equals(before.get(time), after.get(time));
        }

        /** The row as drift, null where the mirror has it as the truth had it at one of the two moments. */
        @Nullable
        Drift differing(long time) {
            RowBits held = mirror.get(time);
            boolean equal = Objects.equals(held, before.get(time)) || Objects.equals(held, after.get(time));
            return equal ? null : new Drift(seriesId, time, after.get(time), held);
        }

        List<Drift> differing(NavigableSet<Long> times) {
            return times.stream()
                    .map(this::differing)
                    .filter(Objects::nonNull)
                    .map(Objects::requireNonNull)
                    .toList();
        }
    }

    private Look look(String seriesId, NavigableSet<Long> times) throws InterruptedException {
        Map<Long, RowBits> before = rows(stores.truth(), seriesId, times);
        MirrorPosition read = position();
        Wait wait = awaitMirror(read);
        Map<Long, RowBits> mirror = rows(stores.mirror(), seriesId, times);
        Map<Long, RowBits> after = rows(stores.truth(), seriesId, times);
        MirrorPosition end = position();
        boolean atRest = end.epoch() == read.epoch() && end.committedSeq() == read.committedSeq();
        return new Look(seriesId, wait, atRest, before, mirror, after);
    }

    private Wait awaitMirror(MirrorPosition read) throws InterruptedException {
        long deadline = nanoClock.getAsLong() + bounds.mirrorWaitMax().toNanos();
        MirrorPosition now = read;
        long pauseMs = POLL_MS_FIRST;
        while (now.epoch() == read.epoch() && now.acknowledgedSeq() < read.committedSeq()) {
            if (now.acknowledgedSeq() == stuckAt || nanoClock.getAsLong() - deadline >= 0) {
                stuckAt = now.acknowledgedSeq();
                return Wait.LATE;
            }
            Thread.sleep(Duration.ofMillis(pauseMs));
            pauseMs = Math.min(POLL_MS_MAX, 2 * pauseMs);
            now = position();
        }
        return now.epoch() == read.epoch() ? Wait.CAUGHT_UP : Wait.RESTARTED;
    }

    private MirrorPosition position() throws InterruptedException {
        return Stores.await(stores.positions().position(), bounds.answerWaitMax());
    }

    /** The rows of these keys; what lies between them is read page by page and dropped. */
    private Map<Long, RowBits> rows(DigestReader store, String seriesId, NavigableSet<Long> times)
            throws InterruptedException {
        Map<Long, RowBits> found = new HashMap<>();
        int max = bounds.leafPageRows();
        Long next = times.getFirst();
        while (next != null) {
            List<RowBits> page = Stores.await(store.rows(seriesId, next, times.getLast(), max), bounds.answerWaitMax());
            for (RowBits row : page) {
                if (times.contains(row.time())) {
                    found.put(row.time(), row);
                }
            }
            next = page.size() < max ? null : times.higher(page.getLast().time());
        }
        return found;
    }
}
