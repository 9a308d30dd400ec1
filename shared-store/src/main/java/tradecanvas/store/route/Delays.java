package tradecanvas.store.route;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs a task once, later; the task must not block. Threads: any. */
@FunctionalInterface
public interface Delays {
    /** Gives back what calls the task off; calling it off after it ran does nothing. */
    Runnable after(Duration delay, Runnable task);

    /** On the threads of an executor; once that is shut down nothing runs any more. */
    static Delays on(ScheduledExecutorService threads) {
        return (delay, task) -> {
            if (threads.isShutdown()) {
                return () -> {};
            }
            Future<?> planned = threads.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> planned.cancel(false);
        };
    }
}
