package tradecanvas.runtime.http;

import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
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
    public Response wrongMethod(NotAllowedException failure) {
        Object allowed = failure.getResponse().getHeaders().getFirst(HttpHeaders.ALLOW);
        Response.ResponseBuilder answer = Response.fromResponse(JsonResponses.error(405, ErrorText.ofStatus(405)));
        return (allowed == null ? answer : answer.header(HttpHeaders.ALLOW, allowed)).build();
    }

    @ServerExceptionMapper
    public Response refusedByFramework(WebApplicationException failure) {
        int status = failure.getResponse().getStatus();
        return status < 400 ? failure.getResponse() : JsonResponses.error(status, ErrorText.ofStatus(status));
    }

    @ServerExceptionMapper
    public Response unexpected(Throwable failure) {
        return JsonResponses.error(500, ErrorText.ofUnexpected(failure));
    }
}
