package tradecanvas.load.fanout;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import tradecanvas.load.client.Schedule;

/**
 * The deliveries of one phase.
 *
 * <p>Units: latency in µs from the intended time of sending to the read on the socket. Threads: written by the client's
 * event loop; {@link #delivered} can be read by any, the rest after the loop has stopped.
 */
final class Tally {
    private static final long LATENCY_MICROS_MAX = TimeUnit.MINUTES.toMicros(5);

    /** What the aim for many sockets allows a candle. */
    private static final long DUE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Schedule schedule;
    private final Histogram latencyMicros = new Histogram(LATENCY_MICROS_MAX, 3);
    private final AtomicLong delivered = new AtomicLong();
    private long lastNanos;

    Tally(Schedule schedule) {
        this.schedule = schedule;
    }

    /** Takes one delivered candle; candles of other phases do not count. */
    void add(long time, long nanoTime) {
        int index = schedule.indexOf(time);
        if (index < 0) {
            return;
        }
        long micros = (nanoTime - schedule.sendNanosOf(index)) / 1_000;
        latencyMicros.recordValue(Math.clamp(micros, 0, LATENCY_MICROS_MAX));
        lastNanos = nanoTime;
        delivered.lazySet(delivered.getPlain() + 1);
    }

    Schedule schedule() {
        return schedule;
    }

    long delivered() {
        return delivered.get();
    }

    /** NaN when nothing was delivered, which must not look like the best latency of all. */
    double latencyMs(double percentile) {
        return latencyMicros.getTotalCount() == 0
                ? Double.NaN
                : latencyMicros.getValueAtPercentile(percentile) / 1_000.0;
    }

    /** Deliveries in due time. */
    long inTime() {
        return latencyMicros.getCountBetweenValues(0, TimeUnit.NANOSECONDS.toMicros(DUE_NANOS));
    }

    double latencyMsMax() {
        return latencyMs(100);
    }

    /** Deliveries a second: over the schedule if the last candle arrived in due time, else over as long as it took. */
    double deliveriesPerSecond() {
        long taken = lastNanos - schedule.startNanos() - DUE_NANOS;
        return delivered.get() * 1e9 / Math.max(taken, schedule.durationNanos());
    }
}
