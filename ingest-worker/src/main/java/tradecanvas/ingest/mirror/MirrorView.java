package tradecanvas.ingest.mirror;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tradecanvas.model.wire.JsonBuffer;
import tradecanvas.store.outbox.BackfillState;
import tradecanvas.store.outbox.MirrorProgress;
import tradecanvas.store.outbox.Outbox;

/** What operators and other processes see of the mirror. Threads: any. */
final class MirrorView {
    /** Series that an answer names; where more are behind, all count as behind. */
    static final int BEHIND_NAMED_MAX = 1_000;

    private final Outbox outbox;
    private final MirrorGate gate;
    private final MirrorDrainer drainer;
    private final MirrorStats stats;
    private final InstantSource clock;

    MirrorView(Outbox outbox, MirrorGate gate, MirrorDrainer drainer, MirrorStats stats, InstantSource clock) {
        this.outbox = outbox;
        this.gate = gate;
        this.drainer = drainer;
        this.stats = stats;
        this.clock = clock;
    }

    /** {@code up}, {@code recovering}, {@code down}, or {@code fenced} where another worker has taken it over. */
    String state() {
        return drainer.isFenced() ? "fenced" : gate.state().name().toLowerCase(Locale.ROOT);
    }

    /** 1 while everything published is in the mirror, else 0. */
    int isUp() {
        return gate.state() == MirrorGate.State.UP && !drainer.isFenced() ? 1 : 0;
    }

    /** Changes that the mirror has not confirmed. */
    long outboxDepth() {
        return outbox.progress().depth();
    }

    /** Milliseconds since the change that waits longest became durable; 0 where nothing waits. */
    long oldestAgeMs() {
        long oldest = drainer.oldestPendingMs();
        return oldest == 0 ? 0 : Math.max(0, clock.millis() - oldest);
    }

    MirrorDrainer.@Nullable Failure lastFailure() {
        return drainer.lastFailure();
    }

    /** Everything, for operators. */
    JsonBuffer toJson() {
        MirrorProgress progress = outbox.progress();
        JsonBuffer json = new JsonBuffer(512);
        json.ascii("{\"state\":").string(state());
        json.ascii(",\"epoch\":").number(outbox.fence().epoch());
        json.ascii(",\"truth_id\":").string(outbox.fence().truthId());
        json.ascii(",\"whole\":").ascii(Boolean.toString(progress.isWhole()));
        json.ascii(",\"outbox_depth\":").number(progress.depth());
        json.ascii(",\"outbox_oldest_age_ms\":").number(oldestAgeMs());
        json.ascii(",\"pending_series\":").number(progress.pendingSeriesCount());
        json.ascii(",\"quarantined\":").number(outbox.quarantinedCount());
        json.ascii(",\"write_ms\":");
        percentiles(json, stats.writes());
        json.ascii(",\"lag_ms\":");
        percentiles(json, stats.lags());
        json.ascii(",\"rows\":").number(stats.rows());
        json.ascii(",\"writes\":").number(stats.writes().count());
        json.ascii(",\"failures\":").number(stats.failures());
        json.ascii(",\"refusals\":").number(stats.refusals());
        json.ascii(",\"claims\":").number(stats.claims());
        json.ascii(",\"published_without_mirror\":").number(gate.timeouts());
        json.ascii(",\"last_error\":");
        error(json, drainer.lastFailure());
        json.ascii(",\"backfill\":");
        write(json, drainer.backfill());
        return json.ascii("}");
    }

    /**
     * What a reader in another process must know, see {@code LeasedFreshness}: {@code behind} holds every series of which
     * something may be published before the mirror has it.
     */
    JsonBuffer lag() {
        JsonBuffer json = new JsonBuffer(128);
        json.ascii("{\"epoch\":").number(outbox.fence().epoch());
        // the state first: what passes without the mirror while it is read is covered by a state that is not up
        boolean up = isUp() == 1;
        Set<String> behind = new TreeSet<>();
        if (gate.mustNamePending()) {
            behind.addAll(outbox.progress().pendingSeries());
        }
        // behind the pending ones, which may go there meanwhile
        behind.addAll(outbox.progress().quarantinedSeries());
        boolean named = up && outbox.progress().isWhole() && behind.size() <= BEHIND_NAMED_MAX;
        json.ascii(",\"state\":").string(named ? "up" : "down");
        json.ascii(",\"lease_ms\":").number(TimeUnit.NANOSECONDS.toMillis(gate.leaseNanos()));
        json.ascii(",\"behind\":[");
        String separator = "";
        for (String series : named ? behind : Set.<String>of()) {
            json.ascii(separator).string(series);
            separator = ",";
        }
        return json.ascii("]}");
    }

    /** How far the backfill is. */
    JsonBuffer backfillJson() {
        JsonBuffer json = new JsonBuffer(256);
        write(json, drainer.backfill());
        return json;
    }

    private static void write(JsonBuffer json, BackfillState state) {
        json.ascii("{\"phase\":").string(state.phase().name().toLowerCase(Locale.ROOT));
        json.ascii(",\"series_id\":").string(state.seriesId());
        json.ascii(",\"rows_done\":").number(state.rowsDone());
        json.ascii(",\"rows_total\":").number(state.rowsTotal());
        json.ascii(",\"started_at_ms\":").number(state.startedAtMs());
        json.ascii(",\"updated_at_ms\":").number(state.updatedAtMs()).ascii("}");
    }

    private static void percentiles(JsonBuffer json, Timer timer) {
        String separator = "{";
        for (ValueAtPercentile value : timer.takeSnapshot().percentileValues()) {
            json.ascii(separator).string("p" + Math.round(value.percentile() * 100));
            json.ascii(":").number(value.value(TimeUnit.MILLISECONDS));
            separator = ",";
        }
        json.ascii(separator)
                .ascii("\"max\":")
                .number(timer.max(TimeUnit.MILLISECONDS))
                .ascii("}");
    }

    private static void error(JsonBuffer json, MirrorDrainer.@Nullable Failure failure) {
        if (failure == null) {
            json.ascii("null");
        } else {
            json.ascii("{\"message\":").string(failure.message());
            json.ascii(",\"at_ms\":").number(failure.atMs()).ascii("}");
        }
    }
}
