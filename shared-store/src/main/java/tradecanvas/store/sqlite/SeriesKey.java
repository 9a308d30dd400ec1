package tradecanvas.store.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import tradecanvas.model.series.SeriesId;

/** The key of a series in the file: its id as UTF-8 text. */
final class SeriesKey {
    private SeriesKey() {}

    /**
     * Whether the id has a key. A text with half a surrogate pair has no UTF-8 form; the driver would write a question
     * mark for it, and so the key of another series.
     */
    static boolean exists(SeriesId series) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(series.text());
    }

    /** Binds the key of a series that has one. */
    static void bind(PreparedStatement statement, int position, SeriesId series) throws SQLException {
        statement.setString(position, series.text());
    }

    /** As {@link #bind}; for an id without a key something that equals no key. */
    static void bindForRead(PreparedStatement statement, int position, SeriesId series) throws SQLException {
        if (exists(series)) {
            bind(statement, position, series);
        } else {
            statement.setBytes(position, new byte[0]);
        }
    }
}
