package tradecanvas.gateway.feed;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.Vertx;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteFeedTest {
    @ParameterizedTest
    @ValueSource(strings = {"http://redis", "redis://redis:99999", "redis://redis/orders"})
    void addressOfRedisThatIsNoneFailsTheStart(String address) {
        Vertx vertx = Vertx.vertx();
        try {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new RemoteFeed(vertx, URI.create("http://worker:8100"), Optional.of(address)))
                    .withMessageStartingWith("Redis URL");
        } finally {
            vertx.close();
        }
    }
}
