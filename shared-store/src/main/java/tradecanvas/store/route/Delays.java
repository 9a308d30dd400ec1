package tradecanvas.store.route;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs a task once, later; the task must not block. Threads: any. */
@FunctionalInterface
public interface Delays {
    /** Gives back what calls the task off; calling it off after it ran does nothing. */
    Runnable after(Duration delay, Runnable task);

    /** On the thread of an executor, whose queue forgets what was called off; once that is shut down nothing runs. */
    static Delays on(ScheduledThreadPoolExecutor thread) {
        thread.setRemoveOnCancelPolicy(true); // each read plans a bound, and nearly all of them are called off
        return (delay, task) -> {
            if (thread.isShutdown()) {
                return () -> {};
            }
            Future<?> planned = thread.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> planned.cancel(false);
        };
    }
}
