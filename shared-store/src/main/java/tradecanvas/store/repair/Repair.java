package tradecanvas.store.repair;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import tradecanvas.store.api.StoreException;
import tradecanvas.store.api.StoreOverloadedException;
import tradecanvas.store.api.StoreUnavailableException;
import tradecanvas.store.compare.ComparisonBounds;
import tradecanvas.store.compare.Confirmation;
import tradecanvas.store.compare.Drift;
import tradecanvas.store.compare.Stores;
import tradecanvas.store.repair.RepairLedger.Settlement;

/**
 * Ends drift through the worker, batch by batch: the keys go into the outbox, so that order and fence are those of every other
 * change, and once the mirror has them each key is looked at again.
 *
 * <p>A fix names a key and not a value, so one that is repeated, late or out of date does no harm: the mirror is given what
 * the truth holds then. Owner: the thread that calls, which blocks; an interrupt ends it, and {@link #resume} goes on.
 */
public final class Repair {
    private final RepairLedger ledger;
    private final Confirmation confirmation;
    private final ComparisonBounds bounds;
    private final int fixesMax;
    private final RepairListener listener;

    /** @param fixesMax fixes of one run; drift beyond it is left out and counted */
    public Repair(
            RepairLedger ledger,
            Confirmation confirmation,
            ComparisonBounds bounds,
            int fixesMax,
            RepairListener listener) {
        this.ledger = ledger;
        this.confirmation = confirmation;
        this.bounds = bounds;
        this.fixesMax = fixesMax;
        this.listener = listener;
    }

    /** Whether the mirror can be given what the truth has: a row that is no candle would hold up all other changes. */
    public static boolean isRepairable(Drift drift) {
        return drift.truth() == null || drift.truth().isCandle();
    }

    /** Says what {@link #run} would do, and writes nothing. */
    public RepairReport dryRun(List<Drift> drift) {
        Counts counts = new Counts();
        plan(drift, counts);
        return counts.report(true);
    }

    /**
     * Repairs.
     *
     * <p>Errors: a store that cannot be reached ends it; the fixes that were submitted stay in the audit as queued.
     *
     * @param runId stands in the audit with each fix; the same run called again keeps its rows
     */
    public RepairReport run(String runId, List<Drift> drift) throws InterruptedException {
        Counts counts = new Counts();
        List<Drift> planned = plan(drift, counts);
        for (int from = 0; from < planned.size(); from += RepairLedger.FIXES_MAX) {
            List<Drift> batch = planned.subList(from, Math.min(planned.size(), from + RepairLedger.FIXES_MAX));
            await(ledger.submit(runId, List.copyOf(batch)));
            verify(runId, batch, counts);
        }
        return counts.report(false);
    }

    /** Looks again at the fixes of all runs that are still queued, and settles those whose end is known now. */
    public RepairReport resume() throws InterruptedException {
        Counts counts = new Counts();
        List<AuditedFix> page = List.of();
        do {
            long after = page.isEmpty() ? 0 : page.getLast().id();
            page = await(ledger.fixes(after, RepairLedger.FIXES_MAX, true));
            counts.planned += page.size();
            Map<String, List<Drift>> runs = page.stream()
                    .collect(Collectors.groupingBy(
                            AuditedFix::runId,
                            LinkedHashMap::new,
                            Collectors.mapping(AuditedFix::evidence, Collectors.toList())));
            for (Map.Entry<String, List<Drift>> run : runs.entrySet()) {
                verify(run.getKey(), run.getValue(), counts);
            }
        } while (page.size() == RepairLedger.FIXES_MAX);
        return counts.report(false);
    }

    private List<Drift> plan(List<Drift> drift, Counts counts) {
        List<Drift> planned = new ArrayList<>();
        for (Drift found : drift) {
            if (!isRepairable(found)) {
                counts.refused++;
                listener.refused(found);
            } else if (planned.size() == fixesMax) {
                counts.leftOut++;
            } else {
                planned.add(found);
                listener.planned(found);
            }
        }
        counts.planned = planned.size();
        return planned;
    }

    private void verify(String runId, List<Drift> batch, Counts counts) throws InterruptedException {
        Map<String, NavigableSet<Long>> keys = new TreeMap<>();
        batch.forEach(fix ->
                keys.computeIfAbsent(fix.seriesId(), _ -> new TreeSet<>()).add(fix.time()));
        List<Settlement> settlements = new ArrayList<>();
        for (Map.Entry<String, NavigableSet<Long>> series : keys.entrySet()) {
            settlements.addAll(verify(series.getKey(), series.getValue()));
        }
        if (!settlements.isEmpty()) {
            await(ledger.settle(runId, settlements));
        }
        Map<Key, FixOutcome> outcomes = settlements.stream()
                .collect(Collectors.toMap(settled -> new Key(settled.seriesId(), settled.time()), Settlement::outcome));
        for (Drift fix : batch) {
            FixOutcome outcome = outcomes.getOrDefault(new Key(fix.seriesId(), fix.time()), FixOutcome.QUEUED);
            counts.count(outcome);
            listener.settled(fix, outcome);
        }
    }

    private record Key(String seriesId, long time) {}

    /** Without those whose end is not known yet, be it that the store did not read the series. */
    private List<Settlement> verify(String seriesId, NavigableSet<Long> times) throws InterruptedException {
        Confirmation.Verdict verdict;
        try {
            verdict = confirmation.of(seriesId, times);
        } catch (StoreUnavailableException | StoreOverloadedException noUse) {
            throw noUse;
        } catch (StoreException notRead) {
            return List.of();
        }
        Set<Long> drift = verdict.drift().stream().map(Drift::time).collect(Collectors.toSet());
        Set<Long> unknown = verdict.unconfirmed().stream().map(Drift::time).collect(Collectors.toSet());
        return times.stream()
                .filter(time -> !unknown.contains(time))
                .map(time -> new Settlement(
                        seriesId, time, drift.contains(time) ? FixOutcome.STILL_DRIFT : FixOutcome.REPAIRED))
                .toList();
    }

    private <T> T await(CompletionStage<T> answer) throws InterruptedException {
        return Stores.await(answer, bounds.answerWaitMax());
    }

    private static final class Counts {
        private int planned;
        private int repaired;
        private int stillDrift;
        private int queued;
        private int refused;
        private int leftOut;

        void count(FixOutcome outcome) {
            switch (outcome) {
                case REPAIRED -> repaired++;
                case STILL_DRIFT -> stillDrift++;
                case QUEUED -> queued++;
            }
        }

        RepairReport report(boolean dryRun) {
            return new RepairReport(dryRun, planned, repaired, stillDrift, queued, refused, leftOut);
        }
    }
}
