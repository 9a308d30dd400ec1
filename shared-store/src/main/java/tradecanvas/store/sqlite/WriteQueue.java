package tradecanvas.store.sqlite;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import tradecanvas.store.api.StoreOverloadedException;

/**
 * Units in the order of the calls, bounded by their rows. Threads: any may offer, one takes.
 *
 * <p>What the taker holds is no longer counted: memory is bounded by the queue and one group.
 */
final class WriteQueue {
    private final long rowsMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Deque<WriteUnit> units = new ArrayDeque<>();
    private long rows;
    private long refused;
    private boolean closed;

    WriteQueue(long rowsMax) {
        this.rowsMax = rowsMax;
    }

    /** Adds a unit, or refuses it with a StoreException where the queue is full or closed. */
    void offer(WriteUnit unit) {
        lock.lock();
        try {
            if (closed) {
                throw new SqliteException("store is closed");
            }
            if (!units.isEmpty() && rows + unit.weight() > rowsMax) {
                refused++;
                throw new StoreOverloadedException(
                        "unit of " + unit.rows() + " rows, and " + rows + " of at most " + rowsMax + " rows wait");
            }
            units.addLast(unit);
            rows += unit.weight();
            notEmpty.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for units and takes the oldest, as many as fit into a group; none once the queue is closed and empty. */
    List<WriteUnit> take(long groupRowsMax) {
        lock.lock();
        try {
            while (units.isEmpty() && !closed) {
                notEmpty.awaitUninterruptibly();
            }
            return takeGroup(groupRowsMax);
        } finally {
            lock.unlock();
        }
    }

    private List<WriteUnit> takeGroup(long groupRowsMax) {
        List<WriteUnit> group = new ArrayList<>();
        long groupRows = 0;
        for (WriteUnit next = units.peekFirst(); next != null; next = units.peekFirst()) {
            if (!group.isEmpty() && groupRows + next.weight() > groupRowsMax) {
                break;
            }
            group.add(next);
            groupRows += next.weight();
            units.removeFirst();
        }
        rows -= groupRows;
        return group;
    }

    /** Refuses further units; those that wait can still be taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            notEmpty.signal();
        } finally {
            lock.unlock();
        }
    }

    long rows() {
        lock.lock();
        try {
            return rows;
        } finally {
            lock.unlock();
        }
    }

    long refused() {
        lock.lock();
        try {
            return refused;
        } finally {
            lock.unlock();
        }
    }
}
