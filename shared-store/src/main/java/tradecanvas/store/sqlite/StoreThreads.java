package tradecanvas.store.sqlite;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Platform threads for the native calls of the driver, which would pin virtual ones; they do not keep a JVM alive. */
final class StoreThreads {
    private StoreThreads() {}

    static ThreadFactory named(String name) {
        return Thread.ofPlatform().daemon().name(name).factory();
    }

    static ThreadFactory numbered(String name) {
        return Thread.ofPlatform().daemon().name(name + "-", 1).factory();
    }

    /** Whether an executor that was shut down has ended; an interrupt ends the wait and stays set. */
    static boolean awaitEnd(ExecutorService threads, Deadline deadline) {
        try {
            return threads.awaitTermination(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopWaiting) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** As {@link #awaitEnd(ExecutorService, Deadline)}, for a thread. */
    static boolean awaitEnd(Thread thread, Deadline deadline) {
        try {
            return thread.join(deadline.left());
        } catch (InterruptedException stopWaiting) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
