package tradecanvas.ingest.mirror;

import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.store.outbox.MirrorRefusedException;
import tradecanvas.store.outbox.MirrorRow;
import tradecanvas.store.outbox.Outbox;
import tradecanvas.store.outbox.OutboxEntry.Kind;
import tradecanvas.store.outbox.Quarantined;

/** Finds the rows that the mirror refuses among those of one write, by halves, and writes the others. One step's worth. */
final class Isolation {
    private static final Logger LOG = LoggerFactory.getLogger(Isolation.class);

    private final MirrorConnection connection;
    private final Outbox outbox;
    private final MirrorStats stats;
    private final InstantSource clock;

    Isolation(MirrorConnection connection, Outbox outbox, MirrorStats stats, InstantSource clock) {
        this.connection = connection;
        this.outbox = outbox;
        this.stats = stats;
        this.clock = clock;
    }

    /** Puts what is refused of a step into quarantine; nothing else may be under way. */
    void quarantineRefused(MirrorStep step, MirrorRefusedException refused) throws InterruptedException {
        switch (step) {
            case MirrorStep.Save save -> split(save.rows(), refused);
            case MirrorStep.Delete delete -> quarantine(Kind.DELETED, delete.seriesId(), delete.from(), refused);
            case MirrorStep.Nothing _ -> throw new IllegalStateException("nothing was written and refused", refused);
        }
    }

    private void split(List<MirrorRow> rows, MirrorRefusedException refused) throws InterruptedException {
        if (rows.size() == 1) {
            MirrorRow row = rows.getFirst();
            quarantine(Kind.SAVED, row.seriesId(), row.candle().openTime(), refused);
            return;
        }
        int half = rows.size() / 2;
        write(rows.subList(0, half));
        write(rows.subList(half, rows.size()));
    }

    private void write(List<MirrorRow> rows) throws InterruptedException {
        try {
            connection.await(connection.send(
                    new MirrorSteps.Planned(new MirrorStep.Save(rows, List.of()), OptionalLong.empty())));
        } catch (MirrorRefusedException refused) {
            split(rows, refused);
        }
    }

    private void quarantine(Kind kind, String seriesId, long time, MirrorRefusedException refused) {
        stats.quarantined();
        LOG.error(
                "change quarantined, the mirror refuses it kind={} series={} time={} sqlState={}",
                kind,
                seriesId,
                time,
                refused.sqlState(),
                refused);
        outbox.quarantine(new Quarantined(
                        kind, seriesId, time, refused.sqlState(), String.valueOf(refused.getMessage()), clock.millis()))
                .toCompletableFuture()
                .join(); // the change leaves the outbox only when the quarantine has it
    }

    /** Takes the rows of a step out of quarantine, which the mirror has accepted. */
    static void release(MirrorStep.Save accepted, Outbox outbox) {
        var quarantined = outbox.progress().quarantinedSeries();
        accepted.rows().stream()
                .filter(row -> quarantined.contains(row.seriesId()))
                .collect(Collectors.groupingBy(
                        MirrorRow::seriesId,
                        Collectors.mapping(row -> row.candle().openTime(), Collectors.toList())))
                .forEach(outbox::release);
    }
}
