package tradecanvas.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.candle.SeriesCandles;

/** The connection that writes units, with its statements. Owner: one thread at a time. */
final class WriteConnection implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement begin;
    private final PreparedStatement commit;
    private final PreparedStatement rollback;
    private final CandleUpsert upsert;
    private final WriteAheadLog wal;

    private WriteConnection(Connection connection) throws SQLException {
        this.connection = connection;
        begin = connection.prepareStatement("BEGIN IMMEDIATE");
        commit = connection.prepareStatement("COMMIT");
        rollback = connection.prepareStatement("ROLLBACK");
        upsert = new CandleUpsert(connection);
        wal = new WriteAheadLog(connection);
    }

    /** Prepares the statements on a connection whose schema is there; closes it where that fails. */
    static WriteConnection on(Connection connection) throws SQLException {
        try {
            return new WriteConnection(connection);
        } catch (SQLException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }

    /** Writes the units in one transaction; returns when it is durable. After a failure {@link #rollback} is due. */
    void write(List<WriteUnit> units) throws SQLException {
        begin.execute();
        for (WriteUnit unit : units) {
            for (SeriesCandles candles : unit.content()) {
                for (Candle candle : candles.candles()) {
                    upsert.add(candles.series(), candle);
                }
            }
        }
        upsert.flush();
        commit.execute();
    }

    /** Ends the transaction of a write that failed; fails itself where SQLite has ended it already. */
    void rollback() throws SQLException {
        upsert.discard();
        rollback.execute();
    }

    WriteAheadLog wal() {
        return wal;
    }

    /** Closes the connection, and with it the statements and a transaction that is still open. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
