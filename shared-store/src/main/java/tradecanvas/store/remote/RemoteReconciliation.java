package tradecanvas.store.remote;

import io.vertx.core.Vertx;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import tradecanvas.store.compare.Drift;
import tradecanvas.store.digest.Digest;
import tradecanvas.store.digest.DigestReader;
import tradecanvas.store.digest.RowBits;
import tradecanvas.store.digest.SeriesSpan;
import tradecanvas.store.digest.TimeParts;
import tradecanvas.store.outbox.MirrorPosition;
import tradecanvas.store.outbox.MirrorPositions;
import tradecanvas.store.repair.AuditedFix;
import tradecanvas.store.repair.RepairLedger;

/**
 * The worker as a comparison and a repair in another process see it: the truth's digests, how far the mirror follows, and the
 * outbox with its audit.
 *
 * <p>Threads: any; stages complete on an event loop, at the latest after the timeout of the bounds. Errors as
 * {@link RemoteCandleReader}.
 */
public final class RemoteReconciliation implements DigestReader, MirrorPositions, RepairLedger, AutoCloseable {
    /** Few connections; a pass over the rows of a window may take its time on a busy worker. */
    public static final RemoteBounds BOUNDS =
            RemoteBounds.STANDARD.withConnectionsMax(4).withWaitingMax(64).withTimeout(Duration.ofSeconds(30));

    private final WorkerHttp worker;

    /** @param worker {@code http://host:port} of the internal listener */
    public RemoteReconciliation(Vertx vertx, URI worker, RemoteBounds bounds) {
        this.worker = new WorkerHttp(vertx, worker, bounds);
    }

    @Override
    public CompletionStage<List<SeriesSpan>> series(String after, int max) {
        DigestReader.requireWithin(SERIES_MAX, max, "max");
        return worker.get(
                InternalApi.DIGEST_SERIES + "?after=" + encoded(after) + "&limit=" + max,
                json -> AnswerFields.of(json).list("spans", SeriesSpan.class));
    }

    @Override
    public CompletionStage<List<Digest>> digests(String seriesId, TimeParts parts, int rowsMax) {
        DigestReader.requireWithin(DIGEST_ROWS_MAX, rowsMax, "rowsMax");
        String query = range(InternalApi.DIGEST_PARTS, seriesId, parts.from(), parts.to()) + "&parts="
                + parts.partsMax() + "&rows=" + rowsMax;
        return worker.get(query, json -> AnswerFields.of(json).list("digests", Digest.class));
    }

    @Override
    public CompletionStage<List<RowBits>> rows(String seriesId, long from, long to, int max) {
        DigestReader.requireWithin(ROWS_MAX, max, "max");
        return worker.get(
                range(InternalApi.DIGEST_ROWS, seriesId, from, to) + "&limit=" + max,
                json -> AnswerFields.of(json).list("rows", RowBits.class));
    }

    @Override
    public CompletionStage<MirrorPosition> position() {
        return worker.get(InternalApi.MIRROR_POSITION, DigestJson::position);
    }

    @Override
    public CompletionStage<Void> submit(String runId, List<Drift> fixes) {
        RepairLedger.requireSubmittable(runId, fixes);
        return worker.post(InternalApi.REPAIRS, RepairJson.submission(runId, fixes), AnswerFields::of)
                .thenAccept(_ -> {});
    }

    @Override
    public CompletionStage<Void> settle(String runId, List<Settlement> settlements) {
        return worker.post(InternalApi.REPAIRS_SETTLE, RepairJson.settling(runId, settlements), AnswerFields::of)
                .thenAccept(_ -> {});
    }

    @Override
    public CompletionStage<List<AuditedFix>> fixes(long afterId, int max, boolean queuedOnly) {
        DigestReader.requireWithin(FIXES_MAX, max, "max");
        String query = InternalApi.REPAIRS + "?after=" + afterId + "&limit=" + max + (queuedOnly ? "&queued=true" : "");
        return worker.get(query, json -> AnswerFields.of(json).list("audit", AuditedFix.class));
    }

    @Override
    public void close() {
        worker.close();
    }

    private static String range(String path, String seriesId, long from, long to) {
        return path + "?series_id=" + encoded(seriesId) + "&from=" + from + "&to=" + to;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
