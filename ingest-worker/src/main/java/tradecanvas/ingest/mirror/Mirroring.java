package tradecanvas.ingest.mirror;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.outbox.Freshness;
import tradecanvas.store.outbox.MirrorProgress;
import tradecanvas.store.outbox.MirrorStore;
import tradecanvas.store.outbox.Outbox;

/** The mirror of one worker, while dual writing is on. Threads: any. */
public final class Mirroring implements AutoCloseable {
    private final Outbox outbox;
    private final MirrorGate gate;
    private final MirrorDrainer drainer;
    private final MirrorView view;

    private Mirroring(Outbox outbox, MirrorGate gate, MirrorDrainer drainer, MirrorView view) {
        this.outbox = outbox;
        this.gate = gate;
        this.drainer = drainer;
        this.view = view;
    }

    /** Starts to drain the outbox; a mirror that is not there is tried again and again. */
    public static Mirroring start(
            Outbox outbox, MirrorStore mirror, MirrorConfig config, InstantSource clock, MeterRegistry meters) {
        MirrorGate gate = new MirrorGate(
                Duration.ofMillis(config.mirrorWaitMs()).toNanos(),
                outbox.progress().committedSeq(),
                System::nanoTime);
        MirrorStats stats = new MirrorStats(meters);
        MirrorDrainer drainer = new MirrorDrainer(mirror, outbox, gate, stats, config, clock);
        Mirroring mirroring = new Mirroring(outbox, gate, drainer, new MirrorView(outbox, gate, drainer, stats, clock));
        mirroring.bind(meters);
        drainer.start();
        return mirroring;
    }

    /** Completes when what is durable now may be published; calls come in the order of the commits. */
    public CompletionStage<Void> mirrored() {
        return gate.pass(outbox.progress().committedSeq());
    }

    /** Which series the mirror has whole; none once it belongs to another worker. */
    public Freshness freshness(SeriesId series) {
        return drainer.isFenced() ? Freshness.BEHIND : outbox.progress().of(series);
    }

    MirrorProgress progress() {
        return outbox.progress();
    }

    Outbox outbox() {
        return outbox;
    }

    MirrorDrainer drainer() {
        return drainer;
    }

    MirrorView view() {
        return view;
    }

    private void bind(MeterRegistry meters) {
        Gauge.builder("tradecanvas.mirror.outbox.depth", view, MirrorView::outboxDepth)
                .description("changes that the mirror has not confirmed")
                .register(meters);
        Gauge.builder("tradecanvas.mirror.outbox.oldest.age", view, oldest -> oldest.oldestAgeMs() / 1000.0)
                .description("since the change that waits longest became durable")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("tradecanvas.mirror.quarantine", outbox, Outbox::quarantinedCount)
                .description("changes that the mirror refuses for their content")
                .register(meters);
        Gauge.builder("tradecanvas.mirror.up", view, MirrorView::isUp)
                .description("1 while published candles are in the mirror")
                .register(meters);
        Gauge.builder("tradecanvas.mirror.fenced", drainer, fence -> fence.isFenced() ? 1 : 0)
                .description("1 once another worker has taken over the mirror")
                .register(meters);
        FunctionCounter.builder("tradecanvas.mirror.wait.timeouts", gate, MirrorGate::timeouts)
                .description("writes that were published because their wait for the mirror was over")
                .register(meters);
        Gauge.builder(
                        "tradecanvas.mirror.backfill.rows",
                        drainer,
                        backfill -> backfill.backfill().rowsDone())
                .description("rows that the newest backfill has copied")
                .register(meters);
    }

    /** Publishing waits no more, and what is not mirrored stays in the outbox. */
    @Override
    public void close() {
        drainer.close();
        gate.close();
    }
}
