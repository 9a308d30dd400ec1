package tradecanvas.runtime.metrics;

import tradecanvas.model.wire.JsonBuffer;

/** Count, total and maximum of one timer. Threads: any, one at a time. */
final class TimerCell {
    private long count;
    private double totalMs;
    private double maxMs;

    synchronized void record(double milliseconds) {
        count++;
        totalMs += milliseconds;
        maxMs = Math.max(maxMs, milliseconds);
    }

    synchronized void write(JsonBuffer json) {
        json.ascii("{\"count\":").number((double) count);
        json.ascii(",\"total_ms\":").number(totalMs);
        json.ascii(",\"max_ms\":").number(maxMs);
        json.ascii(",\"avg_ms\":").number(count == 0 ? 0.0 : totalMs / count);
        json.ascii("}");
    }
}
