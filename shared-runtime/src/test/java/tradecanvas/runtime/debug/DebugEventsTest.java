package tradecanvas.runtime.debug;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DebugEventsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1_700_000_000_123L));

    private final DebugEvents events = new DebugEvents(true, CLOCK);

    @Test
    void anEventHasTheFieldsThatTheDebugTabNeeds() {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("candle_time", 60L);
        data.put("ratio", 0.5);
        data.put("ok", true);
        data.put("step", null);
        data.put("bad", Double.NaN);
        DebugEvent event =
                new DebugEvent(5, DebugEvent.Pipe.WRITE, "write.x", "a:1m", DebugEvent.Level.WARN, "said \"so\"", data);
        assertThat(text(DebugEvents.eventMessage(event)))
                .isEqualTo("{\"type\":\"debug_event\",\"event\":{\"ts_ms\":5,\"source\":\"backend\","
                        + "\"pipe\":\"write\",\"event\":\"write.x\",\"series_id\":\"a:1m\",\"level\":\"warn\","
                        + "\"message\":\"said \\\"so\\\"\",\"data\":{\"candle_time\":60,\"ratio\":0.5,\"ok\":true,"
                        + "\"step\":null,\"bad\":\"NaN\"}}}");
    }

    @Test
    void anEventAboutNoSeriesSaysNullAndLeavesEmptyDataOut() {
        events.read("read.x", null, "", Map.of());
        assertThat(text(DebugEvents.snapshotMessage(events.snapshot())))
                .isEqualTo("{\"type\":\"debug_snapshot\",\"events\":[{\"ts_ms\":1700000000123,"
                        + "\"source\":\"backend\",\"pipe\":\"read\",\"event\":\"read.x\",\"series_id\":null,"
                        + "\"level\":\"info\",\"message\":\"\"}]}");
    }

    @Test
    void theRingKeepsTheNewestInOrder() {
        for (int i = 0; i < DebugEvents.RING_EVENTS_MAX + 5; i++) {
            emit("e" + i);
        }
        List<DebugEvent> kept = events.snapshot();
        assertThat(kept).hasSize(DebugEvents.RING_EVENTS_MAX);
        assertThat(kept.getFirst().event()).isEqualTo("e5");
        assertThat(kept.getLast().event()).isEqualTo("e2004");
    }

    @Test
    void aListenerSeesThePastOnceAndThenEachNewEvent() {
        List<String> heard = new ArrayList<>();
        Consumer<DebugEvent> listener = event -> heard.add(event.event());
        emit("before");
        assertThat(events.listen(listener)).extracting(DebugEvent::event).containsExactly("before");
        emit("during");
        events.forget(listener);
        emit("after");
        assertThat(heard).containsExactly("during");
    }

    @Test
    void aClosedGateKeepsNothing() {
        DebugEvents closed = new DebugEvents(false, CLOCK);
        closed.write("write.x", "a:1m", "", Map.of("n", 1));
        assertThat(closed.enabled()).isFalse();
        assertThat(closed.snapshot()).isEmpty();
    }

    @Test
    void aListenerThatFailsHarmsNeitherTheOthersNorTheCaller() {
        List<String> heard = new ArrayList<>();
        events.listen(event -> {
            throw new IllegalStateException("closed");
        });
        events.listen(event -> heard.add(event.event()));
        emit("e");
        assertThat(heard).containsExactly("e");
    }

    private void emit(String name) {
        events.write(name, "a:1m", "message", Map.of());
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
