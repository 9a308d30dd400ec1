package tradecanvas.gateway.fanout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The outlets of one event loop that wait for a flush.
 *
 * <p>One task, queued behind what the loop has to do already, flushes them all: whatever else is written until then
 * leaves in the same system call. Owner: the event loop.
 */
public final class FlushQueue {
    private final Executor loop;
    private List<Outlet> due = new ArrayList<>();
    private List<Outlet> spare = new ArrayList<>();

    public FlushQueue(Executor loop) {
        this.loop = loop;
    }

    void add(Outlet outlet) {
        if (due.isEmpty()) {
            loop.execute(this::flush);
        }
        due.add(outlet);
    }

    private void flush() {
        List<Outlet> batch = due;
        due = spare;
        for (Outlet outlet : batch) {
            outlet.flush();
        }
        batch.clear();
        spare = batch;
    }
}
