package tradecanvas.load.reads;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.IntFunction;
import tradecanvas.load.process.ServerProcess;

/**
 * A server over HTTP.
 *
 * @param pattern the path for a limit, with a place for the number of the series
 * @param databaseCpuMicros what the database behind it has used so far; NaN where there is none
 */
record HttpAnswerer(
        ServerProcess server, Wrk wrk, int seriesCount, IntFunction<String> pattern, DoubleSupplier databaseCpuMicros)
        implements CandleAnswerer {
    /** Where one answer is. */
    URI address(int limit, int number) {
        return server.base().resolve(SeriesNames.of(pattern.apply(limit), number));
    }

    @Override
    public ReadFigures measure(ReadCase what, Duration time) throws IOException, InterruptedException {
        String path = pattern.apply(what.limit());
        long cpuBefore = server.usage().cpuMicros();
        double databaseBefore = databaseCpuMicros.getAsDouble();
        WrkOutput output = wrk.run(server.base(), path, what.series(seriesCount), time);
        double databaseCpu = databaseCpuMicros.getAsDouble() - databaseBefore;
        long cpu = server.usage().cpuMicros() - cpuBefore;
        double requests = output.requests();
        return new ReadFigures(
                output.requests(),
                requests / (output.micros() / 1e6),
                output.p50Micros() / 1e3,
                output.p99Micros() / 1e3,
                cpu / requests,
                databaseCpu / requests,
                (double) output.cpuMicros() / output.micros(),
                output.failed());
    }

    @Override
    public void close() {
        server.close();
    }
}
