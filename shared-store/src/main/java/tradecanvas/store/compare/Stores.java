package tradecanvas.store.compare;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import tradecanvas.store.api.StoreException;
import tradecanvas.store.api.StoreUnavailableException;
import tradecanvas.store.digest.DigestReader;
import tradecanvas.store.outbox.MirrorPositions;

/**
 * The two stores that are compared, and how far the one follows the other.
 *
 * <p>Threads: any; the methods block.
 */
public record Stores(DigestReader truth, DigestReader mirror, MirrorPositions positions) {
    /** What both answered to the same question. */
    record Both<T>(T truth, T mirror) {}

    /** Asks both at once. */
    <T> Both<T> ask(Function<DigestReader, CompletionStage<T>> question, Duration waitMax) throws InterruptedException {
        CompletionStage<T> first = question.apply(truth);
        CompletionStage<T> second = question.apply(mirror);
        return new Both<>(await(first, waitMax), await(second, waitMax));
    }

    /**
     * Waits for an answer.
     *
     * @throws StoreException what the store said, or that it said nothing in time
     */
    public static <T> T await(CompletionStage<T> answer, Duration waitMax) throws InterruptedException {
        try {
            return answer.toCompletableFuture().get(waitMax.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new StoreUnavailableException("no answer within " + waitMax.toMillis() + " ms", late);
        } catch (ExecutionException failed) {
            throw explained(failed.getCause() == null ? failed : failed.getCause());
        }
    }

    private static StoreException explained(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof StoreException store
                ? store
                : new StoreException("store did not answer: " + cause.getMessage(), cause);
    }
}
