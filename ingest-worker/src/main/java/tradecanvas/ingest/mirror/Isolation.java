package tradecanvas.ingest.mirror;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.store.outbox.MirrorRefusedException;
import tradecanvas.store.outbox.MirrorRow;
import tradecanvas.store.outbox.Outbox;
import tradecanvas.store.outbox.OutboxEntry.Kind;
import tradecanvas.store.outbox.Quarantined;

/**
 * Finds the rows that the mirror refuses among those of one write, by halves, and writes the others; and takes out of the
 * quarantine what the mirror has accepted. Owner: the mirror's thread.
 */
final class Isolation {
    private static final Logger LOG = LoggerFactory.getLogger(Isolation.class);

    private static final String UNTRANSLATABLE_TEXT = "22021";

    private final MirrorConnection connection;
    private final Outbox outbox;
    private final MirrorStats stats;
    private final InstantSource clock;
    private final Duration lease;

    /** @param lease how long other processes may go on believing that the mirror has a series whole */
    Isolation(MirrorConnection connection, Outbox outbox, MirrorStats stats, InstantSource clock, Duration lease) {
        this.connection = connection;
        this.outbox = outbox;
        this.stats = stats;
        this.clock = clock;
        this.lease = lease;
    }

    /** Puts what is refused of a step into quarantine; nothing else may be under way. */
    void quarantineRefused(MirrorStep step, MirrorRefusedException refused) throws InterruptedException {
        switch (step) {
            case MirrorStep.Save save -> split(save.rows(), refused);
            case MirrorStep.Delete delete ->
                quarantine(List.of(change(Kind.DELETED, delete.seriesId(), delete.from(), refused)), refused);
            case MirrorStep.Nothing _ -> throw new IllegalStateException("nothing was written and refused", refused);
        }
    }

    private void split(List<MirrorRow> rows, MirrorRefusedException refused) throws InterruptedException {
        if (rows.size() == 1 || isForTheirSeries(rows, refused)) {
            quarantine(
                    rows.stream()
                            .map(row -> change(
                                    Kind.SAVED, row.seriesId(), row.candle().openTime(), refused))
                            .toList(),
                    refused);
            return;
        }
        int half = rows.size() / 2;
        write(rows.subList(0, half));
        write(rows.subList(half, rows.size()));
    }

    /** A text that the mirror cannot hold is the series id, so all rows of the series share its fate. */
    private static boolean isForTheirSeries(List<MirrorRow> rows, MirrorRefusedException refused) {
        String first = rows.getFirst().seriesId();
        return refused.sqlState().equals(UNTRANSLATABLE_TEXT)
                && rows.stream().allMatch(row -> row.seriesId().equals(first));
    }

    private void write(List<MirrorRow> rows) throws InterruptedException {
        try {
            MirrorStep.Save part = new MirrorStep.Save(rows, List.of());
            connection.await(connection.send(new MirrorSteps.Planned(part, OptionalLong.empty())));
            release(part);
        } catch (MirrorRefusedException refused) {
            split(rows, refused);
        }
    }

    private Quarantined change(Kind kind, String seriesId, long time, MirrorRefusedException refused) {
        return new Quarantined(
                kind, seriesId, time, refused.sqlState(), String.valueOf(refused.getMessage()), clock.millis());
    }

    /** Changes of one series. */
    private void quarantine(List<Quarantined> changes, MirrorRefusedException refused) throws InterruptedException {
        Quarantined first = changes.getFirst();
        boolean named = outbox.progress().quarantinedSeries().contains(first.seriesId());
        stats.quarantined(changes.size());
        LOG.error(
                "changes quarantined, the mirror refuses them kind={} series={} firstTime={} changes={} sqlState={}",
                first.kind(),
                first.seriesId(),
                first.time(),
                changes.size(),
                first.sqlState(),
                refused);
        outbox.quarantine(changes)
                .toCompletableFuture()
                .join(); // they leave the outbox only when the quarantine has them
        if (!named) {
            Thread.sleep(lease); // it is published when this returns, and until now no answer named the series for it
        }
    }

    /** Takes what a step has settled out of quarantine: rows that were accepted, and series that have none there now. */
    void release(MirrorStep accepted) {
        Set<String> quarantined = outbox.progress().quarantinedSeries();
        if (quarantined.isEmpty()) {
            return;
        }
        Map<String, List<Long>> times = new HashMap<>();
        accepted.settles().forEach(entry -> times.put(entry.seriesId(), new ArrayList<>()));
        if (accepted instanceof MirrorStep.Save save) {
            save.rows()
                    .forEach(row -> times.computeIfAbsent(row.seriesId(), _ -> new ArrayList<>())
                            .add(row.candle().openTime()));
        }
        times.keySet().retainAll(quarantined);
        times.forEach(outbox::release);
    }
}
