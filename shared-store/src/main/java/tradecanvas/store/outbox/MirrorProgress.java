package tradecanvas.store.outbox;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tradecanvas.model.series.SeriesId;

/**
 * How far the mirror follows the truth, in memory: which series have a change that the mirror has not confirmed.
 *
 * <p>Bounded by the number of series. A change is pending from before its write is answered until the mirror has committed
 * it. Threads: the writer calls {@link #committed}, the mirror's thread {@link #acknowledged}, any thread the rest.
 */
public final class MirrorProgress implements MirrorFreshness {
    private final Map<String, Long> pendingSeq = new ConcurrentHashMap<>();
    /** Series with rows that the mirror refuses: it lacks them for as long as they are here. */
    private final Set<String> quarantined = ConcurrentHashMap.newKeySet();

    private volatile long committedSeq;
    private volatile long acknowledgedSeq;
    private volatile long pendingSinceMs;
    /** Whether the mirror was given everything that was there before it. */
    private volatile boolean whole;

    private volatile Runnable listener = () -> {};

    /**
     * What an earlier process left.
     *
     * @param acknowledgedSeq what the mirror confirmed last
     * @param committedSeq the newest change
     * @param pendingSeq the newest unconfirmed change of each series that has one
     */
    public MirrorProgress(
            long acknowledgedSeq, long committedSeq, Map<String, Long> pendingSeq, Collection<String> quarantined) {
        this.acknowledgedSeq = acknowledgedSeq;
        this.committedSeq = committedSeq;
        this.pendingSeq.putAll(pendingSeq);
        this.quarantined.addAll(quarantined);
    }

    /** Changes that became durable together, in their order. */
    public void committed(List<OutboxEntry> entries) {
        if (committedSeq == acknowledgedSeq) {
            pendingSinceMs = entries.getFirst().committedAtMs();
        }
        entries.forEach(entry -> pendingSeq.put(entry.seriesId(), entry.seq()));
        committedSeq = entries.getLast().seq();
        listener.run();
    }

    /** Calls a listener, which must not block, after each commit from now on. One listener at most. */
    public void onCommit(Runnable told) {
        listener = told;
    }

    /** The mirror has all changes up to the last of these. */
    public void acknowledged(List<OutboxEntry> entries) {
        long seq = entries.getLast().seq();
        acknowledgedSeq = seq;
        entries.forEach(
                entry -> pendingSeq.computeIfPresent(entry.seriesId(), (_, newest) -> newest <= seq ? null : newest));
    }

    /** The mirror refuses a row of the series. */
    public void quarantined(String seriesId) {
        quarantined.add(seriesId);
    }

    /** The mirror lacks no row of the series for its content. */
    public void released(String seriesId) {
        quarantined.remove(seriesId);
    }

    @Override
    public Freshness of(SeriesId series) {
        return !whole || pendingSeq.containsKey(series.text()) || quarantined.contains(series.text())
                ? Freshness.BEHIND
                : Freshness.CURRENT;
    }

    /** Series with a pending change, at a moment during the call. */
    public Set<String> pendingSeries() {
        return Set.copyOf(pendingSeq.keySet());
    }

    /** Series with a row in quarantine, at a moment during the call. */
    public Set<String> quarantinedSeries() {
        return Set.copyOf(quarantined);
    }

    /** How many series have a pending change. */
    public int pendingSeriesCount() {
        return pendingSeq.size();
    }

    /** Whether the mirror has, but for what is pending or in quarantine, all that the truth has. */
    public boolean isWhole() {
        return whole;
    }

    /** The mirror was given everything that was there before it. */
    public void whole() {
        whole = true;
    }

    /** The mirror is another one than before. */
    public void notWhole() {
        whole = false;
    }

    /** When the first change became durable of those that followed a moment without any; Unix milliseconds. */
    public long pendingSinceMs() {
        return pendingSinceMs;
    }

    /** The newest change that is durable. */
    public long committedSeq() {
        return committedSeq;
    }

    /** The newest change that the mirror has confirmed. */
    public long acknowledgedSeq() {
        return acknowledgedSeq;
    }

    /** Changes that the mirror has not confirmed. */
    public long depth() {
        long acknowledged = acknowledgedSeq; // read first, as both only grow
        return committedSeq - acknowledged;
    }
}
