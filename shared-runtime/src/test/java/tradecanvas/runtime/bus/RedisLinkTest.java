package tradecanvas.runtime.bus;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisLinkTest {
    private static final RedisLink.Listener NOBODY = new RedisLink.Listener() {
        @Override
        public void opened() {}

        @Override
        public void received(String channel, byte[] text) {}

        @Override
        public void lost(Throwable cause) {}
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://h:1",
                "redis://",
                "h:6379",
                "redis://u:secret@h:1 /0",
                "//h",
                "redis:secret",
                "redis://%zz",
                "redis://h/abc",
                "redis://h/1/x",
                "redis://h?db=x",
                "redis://h:99999",
                "REDIS://h"
            })
    void addressThatIsNoneIsRefusedWithoutItsPassword(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> link(url))
                .withMessageStartingWith("Redis URL")
                .withMessageNotContaining("secret");
    }

    @Test
    void addressesWithAndWithoutTlsAreGood() {
        for (String url : List.of("redis://h", "redis://u:p@h:6379/2", "rediss://h:6380", "redis://[::1]:6379")) {
            assertThatCode(() -> link(url)).as(url).doesNotThrowAnyException();
        }
    }

    private static RedisLink link(String url) {
        Vertx vertx = Vertx.vertx();
        try {
            return new RedisLink(
                    vertx, vertx.getOrCreateContext(), url, List.of(), NOBODY, RedisLink.Pace.STANDARD, () -> 0);
        } finally {
            vertx.close();
        }
    }
}
