package tradecanvas.store.compare;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import tradecanvas.model.series.SeriesId;
import tradecanvas.model.series.Timeframe;
import tradecanvas.store.api.StoreException;
import tradecanvas.store.api.StoreOverloadedException;
import tradecanvas.store.api.StoreUnavailableException;
import tradecanvas.store.compare.Stores.Both;
import tradecanvas.store.digest.Digest;
import tradecanvas.store.digest.DigestReader;
import tradecanvas.store.digest.RowBits;
import tradecanvas.store.digest.SeriesSpan;
import tradecanvas.store.digest.TimeParts;

/**
 * Compares two stores, series by series, and names each row that they do not have in common.
 *
 * <p>A series is walked in windows of time, each one question to both stores for the digests of its parts; parts that differ
 * are cut further until they are small enough for their rows. A row that differs is a suspect, which
 * {@link Confirmation} tells from one on its way. Only suspects wait for the mirror, so equal stores are compared at the speed
 * of their reads. What is written behind the start is compared as far as it is met.
 *
 * <p>Memory: the ids and spans of the series, and of the rows two pages a store. Owner: the thread that calls {@link #run},
 * which blocks; an interrupt ends it.
 */
public final class Comparison {
    /** A window without rows makes the next one so much longer; seven of them cross all of time. */
    private static final long GROWTH_WHERE_EMPTY = 1_024;

    private static final long GROWTH_MAX = 8;

    private final Stores stores;
    private final ComparisonBounds bounds;
    private final ComparisonListener listener;
    private final InstantSource clock;
    private final Confirmation confirmation;
    private final Pace pace;
    private final Tally tally = new Tally();

    public Comparison(
            Stores stores,
            ComparisonBounds bounds,
            ComparisonListener listener,
            InstantSource clock,
            LongSupplier nanoClock) {
        this.stores = stores;
        this.bounds = bounds;
        this.listener = listener;
        this.clock = clock;
        confirmation = new Confirmation(stores, bounds, nanoClock);
        pace = new Pace(bounds.rowsPerSecondMax(), nanoClock);
    }

    /**
     * Compares all series of both stores. To be called once.
     *
     * <p>Errors: a store that cannot be reached or is overloaded ends it with its exception; other failures end their series.
     */
    public ComparisonSummary run() throws InterruptedException {
        return run(_ -> true);
    }

    /** Compares the series whose ids are wanted; else as {@link #run()}. */
    public ComparisonSummary run(Predicate<String> wanted) throws InterruptedException {
        long startedAtMs = clock.millis();
        pace.start();
        boolean whole = Stores.await(stores.positions().position(), bounds.answerWaitMax())
                .whole();
        TreeMap<String, SeriesSpan> series = new TreeMap<>();
        collect(stores.truth(), wanted, series);
        collect(stores.mirror(), wanted, series);
        tally.seriesTotal = series.size();
        for (SeriesSpan span : series.values()) {
            compare(span);
            report();
        }
        return tally.summary(whole, startedAtMs, clock.millis());
    }

    /** Each store lists them in an order of its own. */
    private void collect(DigestReader store, Predicate<String> wanted, Map<String, SeriesSpan> series)
            throws InterruptedException {
        List<SeriesSpan> page = List.of();
        do {
            String after = page.isEmpty() ? "" : page.getLast().seriesId();
            page = Stores.await(store.series(after, DigestReader.SERIES_MAX), bounds.answerWaitMax());
            for (SeriesSpan span : page) {
                if (wanted.test(span.seriesId())) {
                    series.merge(span.seriesId(), span, Comparison::around);
                }
            }
        } while (page.size() == DigestReader.SERIES_MAX);
    }

    private static SeriesSpan around(SeriesSpan one, SeriesSpan other) {
        return new SeriesSpan(one.seriesId(), Math.min(one.first(), other.first()), Math.max(one.last(), other.last()));
    }

    private void compare(SeriesSpan span) throws InterruptedException {
        try {
            walk(span.seriesId(), span.first(), span.last(), firstWidth(span), true);
            tally.seriesCompared++;
        } catch (StoreUnavailableException | StoreOverloadedException noUse) {
            throw noUse;
        } catch (StoreException failure) {
            tally.seriesFailed++;
            listener.failed(span.seriesId(), String.valueOf(failure.getMessage()));
        }
    }

    /** Seconds of a window if no candle is missing. */
    private long firstWidth(SeriesSpan span) {
        long seconds = SeriesId.tryParse(span.seriesId())
                .map(SeriesId::timeframe)
                .map(Timeframe::seconds)
                .orElse(1L);
        return times(seconds, bounds.windowRows());
    }

    /** Compares a range window by window; {@code width} is that of the first one, unsigned. */
    private void walk(String seriesId, long from, long to, long width, boolean counted) throws InterruptedException {
        long next = from;
        while (true) {
            boolean last = Long.compareUnsigned(to - next, width - 1) <= 0;
            TimeParts parts = new TimeParts(next, last ? to : next + width - 1, Math.max(2, bounds.parts()));
            Both<List<Digest>> digests = ask(store -> store.digests(seriesId, parts, bounds.windowRowsMax()));
            int complete = Math.min(digests.truth().size(), digests.mirror().size());
            if (complete == 0) {
                width = parts.width(); // more rows than a question may read, so this part alone
                continue;
            }
            long rows = compareParts(seriesId, parts, digests, complete);
            if (counted) {
                tally.rows += rows;
                report();
            }
            pace.passed(rows);
            long end = parts.toOf(complete - 1);
            if (end == to) {
                return;
            }
            width = nextWidth(end - next + 1, rows);
            next = end + 1;
        }
    }

    private long compareParts(String seriesId, TimeParts parts, Both<List<Digest>> digests, int complete)
            throws InterruptedException {
        long rows = 0;
        for (int part = 0; part < complete; part++) {
            Digest truth = digests.truth().get(part);
            Digest mirror = digests.mirror().get(part);
            long most = Math.max(truth.rows(), mirror.rows());
            rows += most;
            if (!truth.equals(mirror)) {
                if (most > bounds.leafRows()) {
                    walk(seriesId, parts.fromOf(part), parts.toOf(part), parts.width(), false);
                } else {
                    compareRows(seriesId, parts.fromOf(part), parts.toOf(part));
                }
            }
        }
        return rows;
    }

    /** All of it are 64-bit distances without a sign. */
    private long nextWidth(long width, long rows) {
        if (rows == 0) {
            return times(width, GROWTH_WHERE_EMPTY);
        }
        if (rows < bounds.windowRows()) {
            return times(width, Math.min(GROWTH_MAX, Math.max(1, bounds.windowRows() / rows)));
        }
        return Math.max(1, Long.divideUnsigned(width, rows) * bounds.windowRows());
    }

    private static long times(long width, long factor) {
        boolean fits = Math.unsignedMultiplyHigh(width, factor) == 0 && width * factor != 0;
        return fits ? width * factor : -1L;
    }

    private void compareRows(String seriesId, long from, long to) throws InterruptedException {
        int max = bounds.leafPageRows();
        long next = from;
        while (true) {
            long start = next;
            Both<List<RowBits>> rows = ask(store -> store.rows(seriesId, start, to, max));
            long end = Math.min(reached(rows.truth(), max, to), reached(rows.mirror(), max, to));
            NavigableSet<Long> suspects = differing(rows, end);
            if (!suspects.isEmpty()) {
                Confirmation.Verdict verdict = confirmation.of(seriesId, suspects);
                verdict.drift().forEach(this::found);
                verdict.unconfirmed().forEach(this::suspected);
            }
            pace.passed(Math.max(rows.truth().size(), rows.mirror().size()));
            if (end == to) {
                return;
            }
            next = end + 1;
        }
    }

    private static long reached(List<RowBits> page, int max, long to) {
        return page.size() < max ? to : page.getLast().time();
    }

    private static NavigableSet<Long> differing(Both<List<RowBits>> rows, long end) {
        Map<Long, RowBits> alone = new TreeMap<>();
        rows.truth().forEach(row -> alone.put(row.time(), row));
        NavigableSet<Long> suspects = new TreeSet<>();
        for (RowBits row : rows.mirror()) {
            if (!row.equals(alone.remove(row.time()))) {
                suspects.add(row.time());
            }
        }
        suspects.addAll(alone.keySet());
        return suspects.headSet(end, true);
    }

    private void found(Drift drift) {
        tally.count(drift.kind());
        listener.drift(drift);
    }

    private void suspected(Drift drift) {
        tally.unconfirmed++;
        listener.unconfirmed(drift);
    }

    private <T> Both<T> ask(Function<DigestReader, CompletionStage<T>> question) throws InterruptedException {
        return stores.ask(question, bounds.answerWaitMax());
    }

    private void report() {
        listener.progress(tally.progress(pace));
    }
}
