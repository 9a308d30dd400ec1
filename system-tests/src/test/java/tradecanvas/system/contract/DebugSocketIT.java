package tradecanvas.system.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.MarketSocket;

class DebugSocketIT {
    private static final int RING_EVENTS_MAX = 2000;
    private static final String DONE = "write.http.ingest_candle_closed_done";

    private final Api api = SharedServer.api();
    private final Posts posts = new Posts(api);
    private final String series = SharedServer.series();
    private final MarketSocket socket =
            MarketSocket.connect(SharedServer.HTTP, SharedServer.server().debugSocket());

    @AfterEach
    void disconnect() {
        socket.close();
    }

    @Test
    void acceptedPostIsToldWithItsTime() {
        takeSnapshot();
        long before = System.currentTimeMillis();

        posts.closed(series, 160);

        JsonNode event = nextEvent(DONE);
        assertThat(event.get("ts_ms").longValue()).isBetween(before, System.currentTimeMillis());
        assertThat(event)
                .hasToString(
                        "{\"ts_ms\":" + event.get("ts_ms") + ",\"source\":\"backend\",\"pipe\":\"write\",\"event\":\""
                                + DONE + "\",\"series_id\":\"" + series + "\",\"level\":\"info\",\"message\":"
                                + event.get("message") + ",\"data\":{\"candle_time\":160}}");
        assertThat(event.get("message").textValue()).isNotBlank();
    }

    @Test
    void everyPostIsToldOnceAndInOrder() {
        takeSnapshot();

        posts.closed(series, 100, 100, 160);
        posts.batch(series, 220, 280);

        List<String> told = new ArrayList<>();
        while (told.size() < 8) {
            JsonNode event = nextEvent(null);
            told.add(event.get("event").textValue() + " " + event.get("data").path("candle_time"));
        }
        String start = "write.http.ingest_candle_closed_start ";
        assertThat(told)
                .containsExactly(
                        start + 100,
                        DONE + " 100",
                        start + 100,
                        DONE + " 100",
                        start + 160,
                        DONE + " 160",
                        "write.http.ingest_candles_closed_batch_start ",
                        "write.http.ingest_candles_closed_batch_done ");
    }

    @Test
    void readOfCandlesIsTold() {
        posts.closed(series, 100);
        takeSnapshot();

        api.get("api/market/candles?series_id=" + series);

        JsonNode event = nextEvent("read.http.market_candles");
        assertThat(event.get("pipe").textValue()).isEqualTo("read");
        assertThat(event.get("series_id").textValue()).isEqualTo(series);
        assertThat(event.get("level").textValue()).isEqualTo("info");
    }

    @Test
    void refusedPostIsNotToldAsDone() {
        takeSnapshot();

        api.post(Wire.POST_CLOSED, "{\"series_id\":\"" + series + "\"}");
        api.post(Wire.POST_CLOSED, Wire.post("no series", 100));
        posts.closed(series, 220);

        assertThat(nextEvent(DONE).at("/data/candle_time").longValue()).isEqualTo(220);
    }

    @Test
    void snapshotComesOnOpenAndOnEachSubscribe() {
        takeSnapshot();
        posts.closed(series, 100);
        nextEvent(DONE);

        for (int i = 0; i < 2; i++) {
            socket.send("{\"type\":\"subscribe\"}");
            JsonNode events = takeSnapshot();
            assertThat(events.get(events.size() - 1).get("series_id").textValue())
                    .isEqualTo(series);
            for (JsonNode event : events) {
                assertThat(event.fieldNames())
                        .toIterable()
                        .startsWith("ts_ms", "source", "pipe", "event", "series_id", "level", "message");
            }
        }
    }

    @Test
    void otherMessagesAreIgnored() {
        takeSnapshot();

        socket.send("{}").send("nonsense").send("[]").send("").send("{\"type\":\"unsubscribe\"}");
        socket.send("{\"type\":\"subscribe\",\"x\":1}");

        takeSnapshot();
        posts.closed(series, 100);
        assertThat(nextEvent(DONE).get("series_id").textValue()).isEqualTo(series);
    }

    @Test
    void snapshotHoldsTheNewestEventsOldestFirst() {
        posts.closed(series, 100);
        for (int i = 0; i < RING_EVENTS_MAX; i++) {
            api.get("api/market/candles?limit=1&series_id=" + i);
        }

        try (MarketSocket late =
                MarketSocket.connect(SharedServer.HTTP, SharedServer.server().debugSocket())) {
            JsonNode events = Api.json(late.next()).get("events");
            assertThat(events.size()).isEqualTo(RING_EVENTS_MAX);
            for (int i = 0; i < RING_EVENTS_MAX; i++) {
                assertThat(events.get(i).get("series_id").textValue()).isEqualTo(Integer.toString(i));
            }
        }
    }

    /** Takes the next message, which is a snapshot. */
    private JsonNode takeSnapshot() {
        String message = socket.next();
        assertThat(message)
                .startsWith("{\"type\":\"debug_snapshot\",\"events\":[")
                .endsWith("]}");
        return Api.json(message).get("events");
    }

    /** The next event with this name, or of any name. */
    private JsonNode nextEvent(@Nullable String name) {
        while (true) {
            String message = socket.next();
            assertThat(message)
                    .startsWith("{\"type\":\"debug_event\",\"event\":{\"ts_ms\":")
                    .endsWith("}}");
            JsonNode event = Api.json(message).get("event");
            if (name == null || event.get("event").textValue().equals(name)) {
                return event;
            }
        }
    }
}
