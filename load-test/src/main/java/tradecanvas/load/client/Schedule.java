package tradecanvas.load.client;

/**
 * When which candle is meant to be sent: candle {@code i} of {@code count} at {@code startNanos + i * periodNanos}.
 *
 * <p>Units: {@code firstTime} in Unix seconds, nanoseconds as of {@link System#nanoTime}.
 */
public record Schedule(long firstTime, long stepSeconds, int count, long startNanos, long periodNanos) {
    /** The open time of a candle. */
    public long timeOf(int index) {
        return firstTime + index * stepSeconds;
    }

    /** When a candle is meant to be sent. */
    public long sendNanosOf(int index) {
        return startNanos + index * periodNanos;
    }

    /** Which candle has this open time, -1 if none. */
    public int indexOf(long time) {
        long index = (time - firstTime) / stepSeconds;
        return time < firstTime || index >= count ? -1 : (int) index;
    }

    /** The open time after the last candle. */
    public long endTime() {
        return timeOf(count);
    }

    /** How long sending takes. */
    public long durationNanos() {
        return count * periodNanos;
    }
}
