package tradecanvas.ingest.mirror;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tradecanvas.ingest.internal.InternalAnswers;
import tradecanvas.ingest.internal.InternalRoute;
import tradecanvas.ingest.internal.InternalRoutes;
import tradecanvas.model.wire.JsonBuffer;
import tradecanvas.runtime.http.HttpError;
import tradecanvas.runtime.http.QueryReader;
import tradecanvas.store.outbox.Quarantined;

/** {@code /internal/mirror*}: what readers in other processes and the commands of reconcile-job ask of the mirror. */
public final class MirrorRoutes implements InternalRoutes {
    private static final String MIRROR = "/internal/mirror";
    private static final String BACKFILL = MIRROR + "/backfill";
    private static final String QUARANTINE = MIRROR + "/quarantine";
    private static final int QUARANTINE_SHOWN_MAX = 1_000;

    private final @Nullable Mirroring mirroring;

    public MirrorRoutes(MirrorSwitch mirror) {
        this.mirroring = mirror.mirroring();
    }

    @Override
    public List<InternalRoute> routes() {
        return List.of(
                new InternalRoute(HttpMethod.GET, MIRROR + "/lag", this::lag),
                new InternalRoute(
                        HttpMethod.GET,
                        MIRROR,
                        request -> answer(request, mirror -> mirror.view().toJson())),
                new InternalRoute(
                        HttpMethod.GET,
                        BACKFILL,
                        request -> answer(request, mirror -> mirror.view().backfillJson())),
                new InternalRoute(HttpMethod.POST, BACKFILL, request -> answer(request, MirrorRoutes::startBackfill)),
                new InternalRoute(HttpMethod.DELETE, BACKFILL, request -> answer(request, MirrorRoutes::stopBackfill)),
                new InternalRoute(HttpMethod.GET, QUARANTINE, this::quarantine),
                new InternalRoute(HttpMethod.POST, QUARANTINE + "/retry", this::retryQuarantined));
    }

    private void lag(RoutingContext request) {
        Mirroring mirror = mirroring;
        InternalAnswers.ok(
                request,
                mirror == null
                        ? new JsonBuffer(64).ascii("{\"epoch\":0,\"state\":\"off\",\"lease_ms\":1000,\"behind\":[]}")
                        : mirror.view().lag());
    }

    private static JsonBuffer startBackfill(Mirroring mirror) {
        mirror.drainer().startBackfill();
        return mirror.view().backfillJson();
    }

    private static JsonBuffer stopBackfill(Mirroring mirror) {
        mirror.drainer().stopBackfill();
        return mirror.view().backfillJson();
    }

    private void quarantine(RoutingContext request) {
        QueryReader query = QueryReader.of(request.request().query());
        int limit = query.integer("limit", QUARANTINE_SHOWN_MAX, 1, QUARANTINE_SHOWN_MAX);
        query.verify();
        answer(request, mirror -> json(mirror.outbox().quarantined(limit)));
    }

    private void retryQuarantined(RoutingContext request) {
        CompletionStage<Void> retried = required().outbox().retryQuarantined();
        InternalAnswers.whenDone(request, retried, _ -> new JsonBuffer(16).ascii("{\"ok\":true}"));
    }

    /** Away from the event loop, as these look into the file. */
    private void answer(RoutingContext request, Function<Mirroring, JsonBuffer> look) {
        Mirroring mirror = required();
        Executor blocking = task -> request.vertx().executeBlocking(Executors.callable(task), false);
        InternalAnswers.whenDone(
                request, CompletableFuture.supplyAsync(() -> look.apply(mirror), blocking), json -> json);
    }

    private Mirroring required() {
        if (mirroring == null) {
            throw new HttpError(409, "dual_write_off");
        }
        return mirroring;
    }

    private static JsonBuffer json(List<Quarantined> changes) {
        JsonBuffer json = new JsonBuffer(256).ascii("{\"quarantined\":[");
        String separator = "";
        for (Quarantined change : changes) {
            json.ascii(separator)
                    .ascii("{\"kind\":\"")
                    .ascii(change.kind().name().toLowerCase(Locale.ROOT));
            json.ascii("\",\"series_id\":").string(change.seriesId());
            json.ascii(",\"candle_time\":").number(change.time());
            json.ascii(",\"sql_state\":").string(change.sqlState());
            json.ascii(",\"message\":").string(change.message());
            json.ascii(",\"quarantined_at_ms\":").number(change.atMs()).ascii("}");
            separator = ",";
        }
        return json.ascii("]}");
    }
}
