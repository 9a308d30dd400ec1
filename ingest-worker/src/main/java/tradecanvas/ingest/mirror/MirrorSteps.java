package tradecanvas.ingest.mirror;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.outbox.MirrorRow;
import tradecanvas.store.outbox.Outbox;
import tradecanvas.store.outbox.OutboxEntry;
import tradecanvas.store.outbox.OutboxEntry.Kind;

/**
 * Turns the changes that wait into writes for the mirror, with the rows that the truth has now.
 *
 * <p>A write is bounded in its rows. What is read is bounded too: entries by {@value #ENTRIES_MAX}, rows by the bound of a
 * write. Owner: the mirror's thread.
 */
final class MirrorSteps {
    static final int ENTRIES_MAX = 2_000;

    /**
     * A step, and, where it is the last one of a look at the outbox that saw everything, the moment of that look: what is
     * durable and not settled with this step became so later.
     */
    record Planned(MirrorStep step, OptionalLong currentAsOf) {}

    private record Range(String seriesId, long from, long to) {}

    private record Key(String seriesId, long time) {}

    private final Outbox outbox;
    private final int rowsMax;
    private final Deque<OutboxEntry> entries = new ArrayDeque<>();
    private final Deque<MirrorStep> steps = new ArrayDeque<>();
    private final LongSupplier nanoClock;
    private long readSeq;
    private OptionalLong currentAsOf = OptionalLong.empty();

    MirrorSteps(Outbox outbox, int rowsMax, LongSupplier nanoClock) {
        this.outbox = outbox;
        this.rowsMax = rowsMax;
        this.nanoClock = nanoClock;
        restart();
    }

    /** Begins again behind what is acknowledged; steps that were given out and not settled come again, with new rows. */
    void restart() {
        entries.clear();
        steps.clear();
        readSeq = outbox.progress().acknowledgedSeq();
    }

    /** The next write, null where nothing waits. */
    @Nullable
    Planned next() {
        if (steps.isEmpty() && !prepare()) {
            return null;
        }
        MirrorStep step = steps.removeFirst();
        boolean lastOfLook = steps.isEmpty() && entries.isEmpty();
        return new Planned(step, lastOfLook ? currentAsOf : OptionalLong.empty());
    }

    private boolean prepare() {
        if (entries.isEmpty()) {
            if (outbox.progress().committedSeq() <= readSeq) {
                return false;
            }
            long now = nanoClock.getAsLong();
            take(outbox.entries(readSeq, ENTRIES_MAX));
            currentAsOf = entries.size() < ENTRIES_MAX ? OptionalLong.of(now) : OptionalLong.empty();
            if (entries.isEmpty()) {
                return false;
            }
        }
        if (entries.getFirst().kind() == Kind.DELETED) {
            delete(entries.removeFirst());
        } else {
            save(takeSaved());
        }
        return true;
    }

    /** Makes these changes the next ones, in the order given. */
    void take(List<OutboxEntry> changes) {
        entries.addAll(changes);
        changes.forEach(change -> readSeq = Math.max(readSeq, change.seq()));
    }

    private List<OutboxEntry> takeSaved() {
        List<OutboxEntry> group = new ArrayList<>();
        long rows = 0;
        for (OutboxEntry next = entries.peekFirst();
                next != null && next.kind() == Kind.SAVED;
                next = entries.peekFirst()) {
            rows += expectedRows(next);
            if (!group.isEmpty() && rows > rowsMax) {
                break;
            }
            group.add(entries.removeFirst());
        }
        return group;
    }

    private void save(List<OutboxEntry> group) {
        Map<Key, MirrorRow> rows = new LinkedHashMap<>();
        for (Range range : merged(group)) {
            long from = range.from();
            boolean more = true;
            while (more) {
                List<Candle> page = outbox.candles(range.seriesId(), from, range.to(), rowsMax);
                for (Candle candle : page) {
                    rows.put(new Key(range.seriesId(), candle.openTime()), new MirrorRow(range.seriesId(), candle));
                    if (rows.size() == rowsMax) {
                        steps.add(new MirrorStep.Save(List.copyOf(rows.values()), List.of()));
                        rows.clear();
                    }
                }
                more = page.size() == rowsMax && page.getLast().openTime() < range.to();
                from = more ? page.getLast().openTime() + 1 : from;
            }
        }
        steps.add(
                rows.isEmpty()
                        ? new MirrorStep.Nothing(group)
                        : new MirrorStep.Save(List.copyOf(rows.values()), group));
    }

    private void delete(OutboxEntry entry) {
        long from = entry.from();
        while (true) {
            List<Candle> page = outbox.candles(entry.seriesId(), from, entry.to(), rowsMax);
            boolean last = page.size() < rowsMax || page.getLast().openTime() >= entry.to();
            long to = last ? entry.to() : page.getLast().openTime();
            List<OutboxEntry> settles = last ? List.of(entry) : List.of();
            List<Long> keep = page.stream().map(Candle::openTime).toList();
            steps.add(new MirrorStep.Delete(entry.seriesId(), from, to, keep, page.isEmpty() ? settles : List.of()));
            if (!page.isEmpty()) {
                steps.add(new MirrorStep.Save(
                        page.stream()
                                .map(candle -> new MirrorRow(entry.seriesId(), candle))
                                .toList(),
                        settles));
            }
            if (last) {
                return;
            }
            from = to + 1;
        }
    }

    /** Neighbours of a series become one read: under load most changes are the next candle of their series. */
    private static List<Range> merged(List<OutboxEntry> group) {
        List<Range> ranges = new ArrayList<>();
        group.stream()
                .map(entry -> new Range(entry.seriesId(), entry.from(), entry.to()))
                .sorted(Comparator.comparing(Range::seriesId).thenComparingLong(Range::from))
                .forEach(range -> {
                    Range before = ranges.isEmpty() ? null : ranges.getLast();
                    if (before != null && touches(before, range)) {
                        long to = Math.max(before.to(), range.to());
                        ranges.set(ranges.size() - 1, new Range(before.seriesId(), before.from(), to));
                    } else {
                        ranges.add(range);
                    }
                });
        return ranges;
    }

    private static boolean touches(Range before, Range range) {
        if (!before.seriesId().equals(range.seriesId())) {
            return false;
        }
        long next = SeriesId.tryParse(range.seriesId())
                .map(series -> series.timeframe().next(before.to()))
                .orElse(before.to());
        return range.from() <= next;
    }

    private static long expectedRows(OutboxEntry entry) {
        Optional<SeriesId> series = SeriesId.tryParse(entry.seriesId());
        return series.isEmpty()
                ? 1
                : (entry.to() - entry.from()) / series.get().timeframe().seconds() + 1;
    }
}
