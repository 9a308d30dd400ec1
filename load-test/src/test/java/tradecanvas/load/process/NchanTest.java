package tradecanvas.load.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NchanTest {
    private static final Nchan NCHAN =
            new Nchan(Path.of("/nginx"), Path.of("/nchan.so"), URI.create("redis://127.0.0.1:16379/0"), "run-7");

    @Test
    void publisherAndSubscriberMeetInRedis() {
        assertThat(NCHAN.config(21_000, "nobody"))
                .contains("load_module /nchan.so;", "listen 127.0.0.1:21000 ", "nchan_redis_namespace run-7;")
                .contains("nchan_redis_server redis://127.0.0.1:16379;")
                .contains("location = /api/market/ingest/candle_closed {")
                .doesNotContain("user root");
    }

    @Test
    void itIsReadyOnceRedisHasAnswered() {
        assertThat(NCHAN.isReady(503)).isFalse();
        assertThat(NCHAN.isReady(404)).isTrue();
    }
}
