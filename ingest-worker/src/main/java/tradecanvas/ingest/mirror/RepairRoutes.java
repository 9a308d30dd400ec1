package tradecanvas.ingest.mirror;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tradecanvas.ingest.internal.InternalAnswers;
import tradecanvas.ingest.internal.InternalRoute;
import tradecanvas.ingest.internal.InternalRoutes;
import tradecanvas.model.wire.JsonBuffer;
import tradecanvas.runtime.http.HttpError;
import tradecanvas.runtime.http.QueryReader;
import tradecanvas.store.outbox.MirrorPosition;
import tradecanvas.store.remote.DigestJson;
import tradecanvas.store.remote.InternalApi;
import tradecanvas.store.remote.RepairJson;
import tradecanvas.store.repair.AuditedFix;
import tradecanvas.store.repair.RepairLedger;

/** {@code /internal/mirror/position} and {@code /internal/mirror/repairs*}: what comparisons and repairs elsewhere need. */
public final class RepairRoutes implements InternalRoutes {
    /** Without a mirror nothing follows the truth, so nothing is on its way. */
    private static final MirrorPosition OFF = new MirrorPosition(0, 0, 0, false);

    private final @Nullable Mirroring mirroring;
    private final @Nullable RepairLedger ledger;

    /** @param ledger null where nothing is mirrored */
    public RepairRoutes(MirrorSwitch mirror, @Nullable RepairLedger ledger) {
        this.mirroring = mirror.mirroring();
        this.ledger = ledger;
    }

    @Override
    public List<InternalRoute> routes() {
        return List.of(
                new InternalRoute(HttpMethod.GET, InternalApi.MIRROR_POSITION, this::position),
                new InternalRoute(HttpMethod.GET, InternalApi.REPAIRS, this::audit),
                new InternalRoute(HttpMethod.POST, InternalApi.REPAIRS, this::submit),
                new InternalRoute(HttpMethod.POST, InternalApi.REPAIRS_SETTLE, this::settle));
    }

    private void position(RoutingContext request) {
        Mirroring mirror = mirroring;
        if (mirror == null) {
            InternalAnswers.ok(request, DigestJson.position(OFF));
        } else {
            InternalAnswers.whenDone(
                    request, blocking(request, () -> mirror.outbox().position()), DigestJson::position);
        }
    }

    private void audit(RoutingContext request) {
        QueryReader query = QueryReader.of(request.request().query());
        long after = query.integerAtLeast("after", 0, 0);
        int limit = query.integer("limit", RepairLedger.FIXES_MAX, 1, RepairLedger.FIXES_MAX);
        boolean queuedOnly = query.bool("queued", false);
        query.verify();
        RepairLedger audited = required();
        CompletionStage<List<AuditedFix>> fixes =
                blocking(request, () -> audited.fixes(after, limit, queuedOnly)).thenCompose(stage -> stage);
        InternalAnswers.whenDone(request, fixes, RepairJson::audit);
    }

    private void submit(RoutingContext request) {
        RepairJson.Submission submission = body(request, RepairJson::submission);
        RepairLedger audited = required();
        try {
            answer(request, audited.submit(submission.runId(), submission.fixes()));
        } catch (IllegalArgumentException refused) {
            throw new HttpError(400, String.valueOf(refused.getMessage()));
        }
    }

    private void settle(RoutingContext request) {
        RepairJson.Settling settling = body(request, RepairJson::settling);
        if (settling.settlements().size() > RepairLedger.FIXES_MAX) {
            throw new HttpError(400, settling.settlements().size() + " settlements exceed " + RepairLedger.FIXES_MAX);
        }
        answer(request, required().settle(settling.runId(), settling.settlements()));
    }

    private static void answer(RoutingContext request, CompletionStage<Void> written) {
        InternalAnswers.whenDone(request, written, _ -> new JsonBuffer(16).ascii("{\"ok\":true}"));
    }

    /** Makes a value of a body. */
    @FunctionalInterface
    private interface BodyParser<T> {
        T parse(byte[] body) throws IOException;
    }

    private static <T> T body(RoutingContext request, BodyParser<T> parser) {
        try {
            return parser.parse(
                    request.body().buffer() == null
                            ? new byte[0]
                            : request.body().buffer().getBytes());
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new HttpError(400, "body cannot be read: " + unreadable.getMessage());
        }
    }

    /** Away from the event loop, for a look into the file. */
    private static <T> CompletionStage<T> blocking(RoutingContext request, Supplier<T> look) {
        Executor executor = task -> request.vertx().executeBlocking(Executors.callable(task), false);
        return CompletableFuture.supplyAsync(look, executor);
    }

    private RepairLedger required() {
        if (ledger == null) {
            throw new HttpError(409, "dual_write_off");
        }
        return ledger;
    }
}
