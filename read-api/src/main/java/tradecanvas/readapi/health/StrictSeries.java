package tradecanvas.readapi.health;

import tradecanvas.model.series.SeriesId;
import tradecanvas.model.series.SeriesIdException;
import tradecanvas.runtime.http.HttpError;

/** Series ids where every part must be there. */
final class StrictSeries {
    private StrictSeries() {}

    /** The series, or a refusal with 400 that says what is wrong with the id. */
    static SeriesId parse(String text) {
        try {
            return SeriesId.parseStrict(text);
        } catch (SeriesIdException notASeries) {
            throw new HttpError(400, String.valueOf(notASeries.getMessage()));
        }
    }
}
