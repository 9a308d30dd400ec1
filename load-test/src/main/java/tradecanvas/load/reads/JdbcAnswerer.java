package tradecanvas.load.reads;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import org.HdrHistogram.Histogram;
import tradecanvas.load.process.ProcessUsage;

/**
 * A database's own rate: the same rows fetched by threads of this process, each with a connection, and nothing around it.
 * What it measures as CPU is this process.
 */
final class JdbcAnswerer implements CandleAnswerer {
    private static final String NEWEST = "SELECT candle_time, open, high, low, close, volume FROM candles"
            + " WHERE series_id = ? ORDER BY candle_time DESC LIMIT ?";
    private static final int VALUE_COLUMNS = 5;
    private static final long LATENCY_MICROS_MAX = TimeUnit.MINUTES.toMicros(2);

    private final List<Connection> connections;
    private final int seriesCount;
    private final DoubleSupplier databaseCpuMicros;
    private final AtomicLong turn = new AtomicLong();

    /** Opens a connection. */
    @FunctionalInterface
    interface Connector {
        Connection connect() throws SQLException;
    }

    private JdbcAnswerer(List<Connection> connections, int seriesCount, DoubleSupplier databaseCpuMicros) {
        this.connections = connections;
        this.seriesCount = seriesCount;
        this.databaseCpuMicros = databaseCpuMicros;
    }

    static JdbcAnswerer open(Connector connector, int threads, int seriesCount, DoubleSupplier databaseCpuMicros)
            throws SQLException {
        JdbcAnswerer answerer = new JdbcAnswerer(new ArrayList<>(), seriesCount, databaseCpuMicros);
        try {
            for (int i = 0; i < threads; i++) {
                answerer.connections.add(connector.connect());
            }
            return answerer;
        } catch (SQLException failure) {
            answerer.close();
            throw failure;
        }
    }

    @Override
    public ReadFigures measure(ReadCase what, Duration time) throws IOException, InterruptedException, SQLException {
        long pid = ProcessHandle.current().pid();
        long cpuBefore = ProcessUsage.of(pid).cpuMicros();
        double databaseBefore = databaseCpuMicros.getAsDouble();
        long start = System.nanoTime();
        Histogram latencyMicros = readByAll(what, start + time.toNanos());
        double seconds = (System.nanoTime() - start) / 1e9;
        double requests = latencyMicros.getTotalCount();
        return new ReadFigures(
                latencyMicros.getTotalCount(),
                requests / seconds,
                latencyMicros.getValueAtPercentile(50) / 1e3,
                latencyMicros.getValueAtPercentile(99) / 1e3,
                (ProcessUsage.of(pid).cpuMicros() - cpuBefore) / requests,
                (databaseCpuMicros.getAsDouble() - databaseBefore) / requests,
                Double.NaN,
                0);
    }

    private Histogram readByAll(ReadCase what, long endNanos) throws InterruptedException, SQLException {
        Histogram all = new Histogram(LATENCY_MICROS_MAX, 3);
        try (ExecutorService threads = Executors.newFixedThreadPool(connections.size())) {
            List<Future<Histogram>> readers = connections.stream()
                    .map(connection -> threads.submit(() -> read(connection, what, endNanos)))
                    .toList();
            for (Future<Histogram> reader : readers) {
                all.add(reader.get());
            }
        } catch (ExecutionException failure) {
            throw new SQLException("reading failed: " + failure.getCause(), failure);
        }
        return all;
    }

    private Histogram read(Connection connection, ReadCase what, long endNanos) throws SQLException {
        Histogram latencyMicros = new Histogram(LATENCY_MICROS_MAX, 3);
        try (PreparedStatement newest = connection.prepareStatement(NEWEST)) {
            long now = System.nanoTime();
            while (now - endNanos < 0) {
                long before = now;
                int series = (int) (turn.getAndIncrement() % what.series(seriesCount));
                newest.setString(1, SeriesNames.series(series));
                newest.setInt(2, what.limit());
                fetch(newest, what.limit());
                now = System.nanoTime();
                latencyMicros.recordValue(Math.min(LATENCY_MICROS_MAX, (now - before) / 1_000));
            }
        }
        return latencyMicros;
    }

    /** Every value is read, as a server would. */
    private static void fetch(PreparedStatement newest, int expected) throws SQLException {
        int rows = 0;
        double sum = 0;
        try (ResultSet result = newest.executeQuery()) {
            while (result.next()) {
                sum += result.getLong(1);
                for (int column = 2; column < 2 + VALUE_COLUMNS; column++) {
                    sum += result.getDouble(column);
                }
                rows++;
            }
        }
        if (rows != expected || Double.isNaN(sum)) {
            throw new SQLException("got " + rows + " rows of " + expected);
        }
    }

    @Override
    public void close() {
        for (Connection connection : connections) {
            try {
                connection.close();
            } catch (SQLException alreadyBroken) {
                System.err.println("connection not closed: " + alreadyBroken.getMessage());
            }
        }
    }
}
