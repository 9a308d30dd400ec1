package tradecanvas.ingest.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tradecanvas.model.series.SeriesId;
import tradecanvas.model.series.SeriesIdException;
import tradecanvas.runtime.http.BodyReader;
import tradecanvas.runtime.http.ValidationException;

/** What the bodies of all ingest endpoints have in common. */
final class IngestBodies {
    private IngestBodies() {}

    static BodyReader open(byte @Nullable [] body, @Nullable String contentType) {
        return BodyReader.of(body == null ? new byte[0] : body, contentType);
    }

    static SeriesId series(String text) {
        try {
            return SeriesId.parse(text);
        } catch (SeriesIdException notASeries) {
            throw ValidationException.of(
                    "value_error", "Value error, " + notASeries.getMessage(), List.of("body", "series_id"), text);
        }
    }
}
