package tradecanvas.gateway.fanout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Sends what waits on the sockets of one event loop, in rounds.
 *
 * <p>A round first gathers: whatever was published since the last round is written to the sockets' queues. Then it flushes
 * each socket once, some per turn of the loop, so that requests are served in between. What is published meanwhile waits
 * for the next round and leaves in one system call per socket: the more there is to send, the fewer sends it takes.
 * Owner: the event loop.
 */
public final class FlushQueue {
    /** About a millisecond of system calls. */
    private static final int OUTLETS_PER_TURN_MAX = 128;

    private final Executor loop;
    private final Executor nextTurn;
    private final Runnable gather;
    private List<Outlet> due = new ArrayList<>();
    private List<Outlet> flushing = new ArrayList<>();
    private int flushed;
    private boolean roundUnderWay;
    private boolean roundRequested;

    /**
     * @param loop runs a task behind those that the event loop has already
     * @param nextTurn runs a task after the event loop has looked for input
     * @param gather writes to outlets what has been published
     */
    public FlushQueue(Executor loop, Executor nextTurn, Runnable gather) {
        this.loop = loop;
        this.nextTurn = nextTurn;
        this.gather = gather;
    }

    /** Asks for a round after the present one. */
    public void request() {
        roundRequested = true;
        if (!roundUnderWay) {
            roundUnderWay = true;
            loop.execute(this::begin);
        }
    }

    void add(Outlet outlet) {
        due.add(outlet);
        request();
    }

    private void begin() {
        try {
            gather.run();
        } finally { // also when it fails what it wrote is flushed, and rounds go on
            startFlushing();
        }
    }

    private void startFlushing() {
        roundRequested = false;
        List<Outlet> written = due;
        due = flushing;
        flushing = written;
        flushSome();
    }

    private void flushSome() {
        int turnEnd = Math.min(flushed + OUTLETS_PER_TURN_MAX, flushing.size());
        while (flushed < turnEnd) {
            flushing.get(flushed++).flush();
        }
        if (flushed < flushing.size()) {
            nextTurn.execute(this::flushSome);
            return;
        }
        flushing.clear();
        flushed = 0;
        if (roundRequested) {
            nextTurn.execute(this::begin);
        } else {
            roundUnderWay = false;
        }
    }
}
