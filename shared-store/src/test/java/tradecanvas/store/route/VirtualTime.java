package tradecanvas.store.route;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that moves when the test says so, and runs what is due on the way. Owner: one test's thread. */
public final class VirtualTime implements Delays {
    private record Task(long atNanos, long order, Runnable work) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::atNanos).thenComparingLong(Task::order));
    private long now = -1_000_000_000L; // the zero of a monotonic clock means nothing
    private long order;

    @Override
    public Runnable after(Duration delay, Runnable work) {
        Task task = new Task(now + delay.toNanos(), order++, work);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    public long nanoTime() {
        return now;
    }

    public void pass(Duration time) {
        long end = now + time.toNanos();
        while (!tasks.isEmpty() && tasks.element().atNanos() <= end) {
            Task due = tasks.remove();
            now = due.atNanos();
            due.work().run();
        }
        now = end;
    }

    public void passMs(long milliseconds) {
        pass(Duration.ofMillis(milliseconds));
    }

    /** How many tasks wait. */
    public int planned() {
        return tasks.size();
    }
}
