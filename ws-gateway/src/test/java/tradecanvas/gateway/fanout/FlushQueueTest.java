package tradecanvas.gateway.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class FlushQueueTest {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private int rounds;

    @Test
    void roundsGoOnAfterOneThatFailed() {
        FlushQueue flushes = new FlushQueue(tasks::add, tasks::add, () -> {
            if (++rounds == 1) {
                throw new IllegalStateException("the test says so");
            }
        });
        flushes.request();
        assertThatIllegalStateException().isThrownBy(() -> tasks.remove().run());
        flushes.request();
        tasks.remove().run();
        assertThat(rounds).isEqualTo(2);
    }
}
