package tradecanvas.ingest.mirror;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tradecanvas.store.api.StoreException;
import tradecanvas.store.api.StoreUnavailableException;
import tradecanvas.store.outbox.Fence;
import tradecanvas.store.outbox.MirrorSession;
import tradecanvas.store.outbox.MirrorStore;

/** A session as the mirror's thread uses it: it sends steps, and waits for their end within a bound. Owner: that thread. */
final class MirrorConnection implements AutoCloseable {
    /** A step on its way. */
    record Sent(MirrorSteps.Planned planned, CompletableFuture<Void> committed, long sentNanos) {
        MirrorStep step() {
            return planned.step();
        }
    }

    private final MirrorSession session;
    private final Duration timeout;

    private MirrorConnection(MirrorSession session, Duration timeout) {
        this.session = session;
        this.timeout = timeout;
    }

    /** Claims the mirror; a session that comes after the bound is closed when it comes. */
    static MirrorConnection claim(MirrorStore mirror, Fence fence, boolean takeOver, Duration timeout)
            throws InterruptedException {
        CompletableFuture<MirrorSession> claim = mirror.claim(fence, takeOver).toCompletableFuture();
        try {
            return new MirrorConnection(await(claim, timeout), timeout);
        } catch (StoreException | InterruptedException givenUp) {
            var _ = claim.thenAccept(MirrorSession::close);
            throw givenUp;
        }
    }

    Sent send(MirrorSteps.Planned planned) {
        return new Sent(planned, stage(planned.step()).toCompletableFuture(), System.nanoTime());
    }

    private CompletionStage<Void> stage(MirrorStep step) {
        return switch (step) {
            case MirrorStep.Save save -> session.save(save.rows());
            case MirrorStep.Delete delete ->
                session.delete(delete.seriesId(), delete.from(), delete.to(), delete.keep());
            case MirrorStep.Nothing _ -> CompletableFuture.completedStage(null);
        };
    }

    /** Waits until the mirror has committed a step; the bound counts from when it was sent. */
    void await(Sent sent) throws InterruptedException {
        await(sent.committed(), timeout.minusNanos(System.nanoTime() - sent.sentNanos()));
    }

    /** Waits for steps behind one that was refused, whatever becomes of them. */
    void settle(Iterable<Sent> others) throws InterruptedException {
        List<StoreException> ignored = new ArrayList<>();
        for (Sent other : others) {
            try {
                await(other);
            } catch (StoreException repeatedLater) {
                ignored.add(repeatedLater);
            }
        }
    }

    private static <T> T await(CompletableFuture<T> stage, Duration wait) throws InterruptedException {
        try {
            return stage.get(Math.max(0, wait.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new StoreUnavailableException("the mirror did not answer in time", late);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof StoreException explained) {
                throw explained;
            }
            throw new StoreUnavailableException("the mirror failed: " + failed.getCause(), failed);
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
