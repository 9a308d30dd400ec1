package tradecanvas.system.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import tradecanvas.system.process.PostgresDatabase;

/** Every candle of a store with the bits of its values, read by another program. */
public final class Stores {
    private static final String CANDLES = "SELECT series_id, candle_time, open, high, low, close, volume FROM candles";

    private Stores() {}

    /** Fails unless both hold the same candles, bit by bit, and some. */
    public static void assertEqual(Path sqliteFile, PostgresDatabase postgres) throws SQLException {
        Map<String, String> truth = sqlite(sqliteFile);
        Map<String, String> mirror = postgres(postgres);
        assertThat(truth).isNotEmpty();
        assertThat(mirror.size()).as("candles in PostgreSQL beside SQLite").isEqualTo(truth.size());
        assertThat(mirror.entrySet().stream().filter(row -> !row.getValue().equals(truth.get(row.getKey()))))
                .as("candles that differ")
                .isEmpty();
    }

    static Map<String, String> sqlite(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            return read(connection);
        }
    }

    static Map<String, String> postgres(PostgresDatabase database) throws SQLException {
        try (Connection connection = database.connect()) {
            return read(connection);
        }
    }

    private static Map<String, String> read(Connection connection) throws SQLException {
        Map<String, String> rows = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(CANDLES)) {
            while (result.next()) {
                StringBuilder bits = new StringBuilder();
                for (int column = 3; column <= 7; column++) {
                    bits.append(Long.toHexString(Double.doubleToRawLongBits(result.getDouble(column))))
                            .append(' ');
                }
                rows.put(result.getString(1) + " " + result.getLong(2), bits.toString());
            }
        }
        return rows;
    }
}
