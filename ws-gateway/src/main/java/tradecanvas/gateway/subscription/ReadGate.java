package tradecanvas.gateway.subscription;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Lets so many store reads run at a time; further ones wait in their order, at most one for each subscription, so that a
 * crowd of clients queues here and not in the store, which would refuse it.
 *
 * <p>Threads: any.
 */
final class ReadGate {
    private final int runningMax;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private int running;

    ReadGate(int runningMax) {
        this.runningMax = runningMax;
    }

    /** Starts the read now or when its turn has come. A read that fails to start fails the stage. */
    <T> CompletionStage<T> run(Supplier<CompletionStage<T>> read) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Runnable start = () -> start(read, result);
        synchronized (waiting) {
            if (running >= runningMax) {
                waiting.add(start);
                return result;
            }
            running++;
        }
        start.run();
        return result;
    }

    private <T> void start(Supplier<CompletionStage<T>> read, CompletableFuture<T> result) {
        CompletionStage<T> begun;
        try {
            begun = read.get();
        } catch (RuntimeException refused) {
            begun = CompletableFuture.failedStage(refused);
        }
        var _ = begun.whenComplete((value, failure) -> {
            next();
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(failure);
            }
        });
    }

    private void next() {
        Runnable next;
        synchronized (waiting) {
            next = waiting.poll();
            if (next == null) {
                running--;
            }
        }
        if (next != null) {
            next.run();
        }
    }
}
