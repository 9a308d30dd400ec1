package tradecanvas.load.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import tradecanvas.model.candle.Candle;

/**
 * One binary {@code COPY} into a table: the most that a connection can write. It cannot upsert, and all is one
 * transaction. Threads: one owner.
 */
public final class PlainCopy {
    private static final byte[] HEADER = "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int HEADER_BYTES = 19; // with flags and the length of an extension, both 0
    private static final short COLUMNS = 7;
    private static final int VALUE_BYTES = 8;
    private static final byte[] END = {-1, -1};
    private static final int ROW_BYTES_WITHOUT_NAME =
            Short.BYTES + COLUMNS * Integer.BYTES + (COLUMNS - 1) * VALUE_BYTES;

    private final CopyIn copy;

    public PlainCopy(Connection connection, CandleTable table) throws SQLException {
        copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + table.name() + "(" + CandleTable.COLUMNS + ") FROM STDIN (FORMAT binary)");
        send(Arrays.copyOf(HEADER, HEADER_BYTES));
    }

    /** Sends the candles of one series. */
    public void write(String series, List<Candle> candles) throws SQLException {
        byte[] name = series.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[candles.size() * (ROW_BYTES_WITHOUT_NAME + name.length)];
        ByteBuffer rows = ByteBuffer.wrap(bytes);
        for (Candle candle : candles) {
            rows.putShort(COLUMNS).putInt(name.length).put(name);
            rows.putInt(VALUE_BYTES).putLong(candle.openTime());
            rows.putInt(VALUE_BYTES).putDouble(candle.open());
            rows.putInt(VALUE_BYTES).putDouble(candle.high());
            rows.putInt(VALUE_BYTES).putDouble(candle.low());
            rows.putInt(VALUE_BYTES).putDouble(candle.close());
            rows.putInt(VALUE_BYTES).putDouble(candle.volume());
        }
        send(bytes);
    }

    /** Ends and commits it. */
    public void end() throws SQLException {
        send(END);
        copy.endCopy();
    }

    private void send(byte[] bytes) throws SQLException {
        copy.writeToCopy(bytes, 0, bytes.length);
    }
}
