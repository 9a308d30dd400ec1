package tradecanvas.runtime.http;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns what a resource throws into the error envelope. Quarkus REST finds these methods in the index of this jar. */
public final class ErrorMappers {
    @ServerExceptionMapper
    public Response refused(HttpError failure) {
        return JsonResponses.error(failure.status(), failure.detail());
    }

    @ServerExceptionMapper
    public Response invalid(ValidationException failure) {
        return JsonResponses.of(422, failure.toJson());
    }

    @ServerExceptionMapper
    public Response unknownPath(NotFoundException failure) {
        return JsonResponses.error(404, ErrorText.ofStatus(404));
    }

    @ServerExceptionMapper
    public Response wrongMethod(NotAllowedException failure, UriInfo uri) {
        return Response.fromResponse(JsonResponses.error(405, ErrorText.ofStatus(405)))
                .header(HttpHeaders.ALLOW, String.join(", ", AllowedMethods.of(uri.getPath())))
                .build();
    }

    @ServerExceptionMapper
    public Response refusedByFramework(WebApplicationException failure) {
        int status = failure.getResponse().getStatus();
        return status < 400 ? failure.getResponse() : JsonResponses.error(status, ErrorText.ofStatus(status));
    }

    @ServerExceptionMapper
    public Response unexpected(Throwable failure, RoutingContext context) {
        boolean clientIsGone = context.response().closed() || context.response().ended();
        return JsonResponses.error(500, clientIsGone ? ErrorText.ofLost(failure) : ErrorText.ofUnexpected(failure));
    }
}
