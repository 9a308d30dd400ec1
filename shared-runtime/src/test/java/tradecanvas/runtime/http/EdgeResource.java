package tradecanvas.runtime.http;

import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import tradecanvas.model.wire.JsonBuffer;

/** The tiniest role: one resource that uses and provokes everything of the edge. */
@Path("/api/edge")
public class EdgeResource {
    @GET
    public Response read(@Context HttpServerRequest request) {
        QueryReader query = QueryReader.of(request.query());
        String series = query.requiredString("series_id", 1);
        int limit = query.integer("limit", 500, 1, 5000);
        query.verify();
        return JsonResponses.ok(new JsonBuffer(64)
                .ascii("{\"series_id\":")
                .string(series)
                .ascii(",\"limit\":")
                .number(limit)
                .ascii("}"));
    }

    @POST
    public Response write(byte[] json, @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType) {
        BodyReader body = BodyReader.of(json, contentType);
        String series = body.requiredString("series_id");
        long time = body.candle("candle").openTime();
        body.verify();
        return JsonResponses.ok(new JsonBuffer(64)
                .ascii("{\"series_id\":")
                .string(series)
                .ascii(",\"candle_time\":")
                .number(time)
                .ascii("}"));
    }

    @POST
    @Path("loop")
    @NonBlocking
    public Response writeOnTheEventLoop(byte[] json) {
        return JsonResponses.ok(json);
    }

    @GET
    @Path("gate")
    public Response gate() {
        HttpError.requireGate(false);
        return JsonResponses.ok(new byte[0]);
    }

    @GET
    @Path("conflict")
    public Response conflict() {
        throw new HttpError(409, "ledger_out_of_sync:factor");
    }

    @GET
    @Path("crash")
    public Response crash() {
        throw new IllegalStateException("the client must not see this");
    }

    @GET
    @Path("busy")
    public Response busy() {
        throw new WebApplicationException(503);
    }
}
