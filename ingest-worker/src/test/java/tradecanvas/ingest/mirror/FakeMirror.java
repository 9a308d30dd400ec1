package tradecanvas.ingest.mirror;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tradecanvas.model.candle.Candle;
import tradecanvas.store.api.StoreUnavailableException;
import tradecanvas.store.outbox.Fence;
import tradecanvas.store.outbox.MirrorFencedException;
import tradecanvas.store.outbox.MirrorRefusedException;
import tradecanvas.store.outbox.MirrorRow;
import tradecanvas.store.outbox.MirrorSession;
import tradecanvas.store.outbox.MirrorStore;

/**
 * A mirror in memory that fails when the test says so. While it is held, writes wait, in their order, also those of sessions
 * that were closed meanwhile, as a hung server keeps them; each belongs to its session when it is let go.
 */
final class FakeMirror implements MirrorStore {
    private final Map<String, TreeMap<Long, Candle>> rows = new TreeMap<>();
    private final Set<MirrorRow> refused = new HashSet<>();
    private final Deque<Runnable> held = new ArrayDeque<>();
    private String truthId = "";
    private long epoch;
    private long session;
    private boolean holding;
    private boolean away;
    private int writes;
    private Runnable beforeWrite = () -> {};
    private String sqlState = "22021";

    @Override
    public synchronized CompletionStage<MirrorSession> claim(Fence fence, boolean takeOver) {
        if (away) {
            return CompletableFuture.failedFuture(new StoreUnavailableException("away"));
        }
        boolean sameTruth = truthId.isEmpty() || fence.truthId().equals(truthId);
        if (sameTruth ? fence.epoch() < epoch : !takeOver) {
            return CompletableFuture.failedFuture(new MirrorFencedException("epoch " + epoch));
        }
        truthId = fence.truthId();
        epoch = fence.epoch();
        session++;
        return CompletableFuture.completedFuture(new Session(session));
    }

    /** Refuses a row for its content. */
    synchronized void refuse(String seriesId, Candle candle) {
        refused.add(new MirrorRow(seriesId, candle));
    }

    /** The SQLSTATE of refusals from now on. */
    synchronized void refuseWith(String state) {
        sqlState = state;
    }

    /** Runs ahead of every write. */
    synchronized void beforeWrite(Runnable task) {
        beforeWrite = task;
    }

    synchronized void accept(String seriesId, Candle candle) {
        refused.remove(new MirrorRow(seriesId, candle));
    }

    /** Writes wait from now on. */
    synchronized void hold() {
        holding = true;
    }

    /** Lets the oldest write that waits take effect, if its session may; its caller learns of it or not. */
    synchronized boolean letGo() {
        Runnable oldest = held.pollFirst();
        if (oldest != null) {
            oldest.run();
        }
        return oldest != null;
    }

    synchronized void letAllGo() {
        holding = false;
        while (letGo()) {
            // the next one
        }
    }

    /** Cannot be reached; writes that wait are lost. */
    synchronized void goAway() {
        away = true;
        held.clear();
    }

    synchronized void comeBack() {
        away = false;
    }

    synchronized void plant(String seriesId, Candle candle) {
        rows.computeIfAbsent(seriesId, _ -> new TreeMap<>()).put(candle.openTime(), candle);
    }

    synchronized List<Candle> candles(String seriesId) {
        return List.copyOf(rows.getOrDefault(seriesId, new TreeMap<>()).values());
    }

    /** Writes that took effect. */
    synchronized int writes() {
        return writes;
    }

    private final class Session implements MirrorSession {
        private final long number;

        private Session(long number) {
            this.number = number;
        }

        @Override
        public CompletionStage<Void> save(List<MirrorRow> content) {
            return write(() -> {
                if (content.stream().anyMatch(refused::contains)) {
                    throw new MirrorRefusedException(sqlState, "refused", new IllegalArgumentException());
                }
                content.forEach(row -> plant(row.seriesId(), row.candle()));
            });
        }

        @Override
        public CompletionStage<Void> delete(String seriesId, long from, long to, List<Long> keep) {
            return write(() -> Objects.requireNonNullElseGet(rows.get(seriesId), () -> new TreeMap<Long, Candle>())
                    .keySet()
                    .removeIf(time -> time >= from && time <= to && !keep.contains(time)));
        }

        private CompletionStage<Void> write(Runnable effect) {
            synchronized (FakeMirror.this) {
                CompletableFuture<Void> committed = new CompletableFuture<>();
                Runnable attempt = () -> commit(effect, committed);
                if (away) {
                    committed.completeExceptionally(new StoreUnavailableException("away"));
                } else if (holding) {
                    held.addLast(attempt);
                } else {
                    attempt.run();
                }
                return committed;
            }
        }

        private void commit(Runnable effect, CompletableFuture<Void> committed) {
            if (number != session) {
                committed.completeExceptionally(new MirrorFencedException("session " + session));
                return;
            }
            try {
                beforeWrite.run();
                effect.run();
                writes++;
                committed.complete(null);
            } catch (MirrorRefusedException refusal) {
                committed.completeExceptionally(refusal);
            }
        }

        @Override
        public void close() {
            // what is on its way stays there, as on a real connection
        }
    }
}
