package tradecanvas.gateway.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ReadGateTest {
    private static final int MANY = 50_000;

    private final ReadGate gate = new ReadGate(1);

    @Test
    void crowdThatTheStoreRefusesAtOnceEndsToTheLast() {
        CompletableFuture<String> slow = new CompletableFuture<>();
        var _ = gate.run(() -> slow);
        List<CompletionStage<String>> refused = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            refused.add(gate.run(() -> CompletableFuture.failedStage(new IllegalStateException("overloaded"))));
        }
        slow.complete("");
        assertThat(refused)
                .allSatisfy(read -> assertThat(read.toCompletableFuture()).isCompletedExceptionally());
        assertThat(gate.run(() -> CompletableFuture.completedStage("again")).toCompletableFuture())
                .isCompletedWithValue("again");
    }

    @Test
    void readsRunInTheirOrderUpToTheBound() {
        List<CompletableFuture<Integer>> begun = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            var _ = gate.run(() -> {
                begun.add(new CompletableFuture<>());
                return begun.getLast();
            });
        }
        assertThat(begun).hasSize(1);
        begun.getFirst().complete(1);
        assertThat(begun).hasSize(2);
        begun.getLast().complete(2);
        assertThat(begun).hasSize(3);
    }

    @Test
    void readThatNobodyWaitsForAnyMoreIsLeftOut() {
        CompletableFuture<Integer> first = new CompletableFuture<>();
        var _ = gate.run(() -> first);
        List<String> begun = new ArrayList<>();
        CompletableFuture<Integer> abandoned = gate.run(() -> {
            begun.add("abandoned");
            return CompletableFuture.completedStage(1);
        });
        CompletableFuture<Integer> next = gate.run(() -> CompletableFuture.completedStage(2));
        abandoned.cancel(false);
        first.complete(0);
        assertThat(begun).isEmpty();
        assertThat(next).isCompletedWithValue(2);
    }
}
