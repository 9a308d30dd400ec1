package tradecanvas.gateway.socket;

import org.jspecify.annotations.Nullable;
import tradecanvas.model.series.SeriesId;
import tradecanvas.model.wire.ServerMessage;

/** What a client said, checked. */
sealed interface ClientMessage {
    /** Watch a series; {@code since} is the highest closed time that the client has, Unix seconds. */
    record Subscribe(SeriesId series, @Nullable Long since, boolean supportsBatch) implements ClientMessage {}

    /** Stop watching a series; whatever text the client sent. */
    record Unsubscribe(String series) implements ClientMessage {}

    /** An unsubscribe that names nothing. */
    record Nothing() implements ClientMessage {}

    /** A message that cannot be served, with its answer. */
    record Refused(ServerMessage.Refusal answer) implements ClientMessage {}
}
