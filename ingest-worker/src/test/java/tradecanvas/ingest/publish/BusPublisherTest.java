package tradecanvas.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tradecanvas.model.bus.BusMessage;
import tradecanvas.model.bus.BusMessageCodec;
import tradecanvas.model.bus.BusSource;
import tradecanvas.model.bus.FeedEvent;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;

class BusPublisherTest {
    private static final BusSource SOURCE = BusSource.worker("00112233-4455-6677-8899-aabbccddeeff", 7);
    private static final SeriesId SERIES = SeriesId.parse("a:b:c:1m");
    private static final Pattern POSITION = Pattern.compile("\"position\":(\\d+),\"sent_at_ms\":1234}");

    private final BusPublisher publisher = new BusPublisher(SOURCE, () -> Instant.ofEpochMilli(1234));
    private final FakeSink sink = new FakeSink();

    /** Remembers what it was offered. Calls come one at a time. */
    private static final class FakeSink implements BusSink {
        final List<String> texts = new ArrayList<>();
        boolean wantsEvents = true;
        boolean fails;

        @Override
        public boolean wantsEvents() {
            return wantsEvents;
        }

        @Override
        public void event(byte[] text) {
            take(text);
        }

        @Override
        public void heartbeat(byte[] text) {
            take(text);
        }

        private void take(byte[] text) {
            if (fails) {
                throw new IllegalStateException("sink");
            }
            texts.add(new String(text, StandardCharsets.UTF_8));
        }
    }

    @Test
    void eventsAndHeartbeatsAreOfferedInOneOrderThatHeartbeatsCount() {
        publisher.add(sink);
        publisher.heartbeat();
        publisher.publish(closed(60));
        publisher.publish(closed(120));
        publisher.heartbeat();
        assertThat(sink.texts).containsExactly(heartbeat(0), text(closed(60)), text(closed(120)), heartbeat(2));
    }

    @Test
    void eventsThatNobodyTakesAreCountedToo() {
        sink.wantsEvents = false;
        publisher.add(sink);
        publisher.publish(closed(60));
        publisher.heartbeat();
        assertThat(sink.texts).containsExactly(heartbeat(1));
        assertThat(publisher.position()).isEqualTo(1);
    }

    @Test
    void sinkThatFailsHarmsNeitherThePublisherNorTheOthers() {
        FakeSink broken = new FakeSink();
        broken.fails = true;
        publisher.add(broken);
        publisher.add(sink);
        publisher.publish(closed(60));
        publisher.heartbeat();
        assertThat(sink.texts).containsExactly(text(closed(60)), heartbeat(1));
    }

    @Test
    void receiverThatJoinsGetsTheCountOfItsMoment() {
        publisher.add(sink);
        publisher.publish(closed(60));
        publisher.join(heartbeat -> {
            assertThat(new String(heartbeat, StandardCharsets.UTF_8)).isEqualTo(heartbeat(1));
            assertThat(sink.texts).hasSize(1);
        });
    }

    @Test
    void everyHeartbeatAgreesWithTheEventsBeforeItWhileManyPublish() throws InterruptedException {
        publisher.add(sink);
        int threads = 4;
        int events = 2_000;
        CountDownLatch done = new CountDownLatch(threads);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads + 1)) {
            for (int i = 0; i < threads; i++) {
                pool.execute(() -> {
                    for (int event = 1; event <= events; event++) {
                        publisher.publish(closed(60L * event));
                    }
                    done.countDown();
                });
            }
            pool.execute(() -> {
                while (done.getCount() > 0) {
                    publisher.heartbeat();
                }
            });
            done.await();
        }
        long seen = 0;
        for (String text : sink.texts) {
            Matcher heartbeat = POSITION.matcher(text);
            if (heartbeat.find()) {
                assertThat(Long.parseLong(heartbeat.group(1))).isEqualTo(seen);
            } else {
                seen++;
            }
        }
        assertThat(seen).isEqualTo((long) threads * events).isEqualTo(publisher.position());
    }

    private static FeedEvent closed(long time) {
        return new FeedEvent.Closed(SERIES, new Candle(time, 1, 2, 0.5, 1.5, 10));
    }

    private static String text(FeedEvent event) {
        return encoded(new BusMessage.Event(SOURCE, event));
    }

    private static String heartbeat(long position) {
        return encoded(new BusMessage.Heartbeat(SOURCE, position, 1234));
    }

    private static String encoded(BusMessage message) {
        return new String(BusMessageCodec.encode(message), StandardCharsets.UTF_8);
    }
}
