package tradecanvas.gateway.subscription;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
    private boolean starting;

    ReadGate(int runningMax) {
        this.runningMax = runningMax;
    }

    /**
     * Starts the read now or when its turn has come; one that the caller has completed by then is left out. A read that fails
     * to start fails the future.
     */
    <T> CompletableFuture<T> run(Supplier<CompletionStage<T>> read) {
        CompletableFuture<T> result = new CompletableFuture<>();
        synchronized (waiting) {
            waiting.add(() -> start(read, result));
        }
        startSome();
        return result;
    }

    private <T> void start(Supplier<CompletionStage<T>> read, CompletableFuture<T> result) {
        CompletionStage<T> begun;
        try {
            begun = result.isDone() ? result : read.get();
        } catch (RuntimeException | Error refused) {
            begun = CompletableFuture.failedStage(refused);
        }
        var _ = begun.whenComplete((value, failure) -> {
            synchronized (waiting) {
                running--;
            }
            startSome();
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(failure);
            }
        });
    }

    /** One thread at a time starts reads, in a loop: one that is refused at once ends within, and must not start the next. */
    private void startSome() {
        for (Runnable next = take(false); next != null; next = take(true)) {
            next.run();
        }
    }

    private @Nullable Runnable take(boolean isStarter) {
        synchronized (waiting) {
            if (starting && !isStarter) {
                return null;
            }
            starting = running < runningMax && !waiting.isEmpty();
            if (!starting) {
                return null;
            }
            running++;
            return waiting.poll();
        }
    }
}
