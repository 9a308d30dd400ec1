package tradecanvas.gateway.feed;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.Vertx;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RemoteFeedTest {
    @Test
    void addressOfRedisThatIsNoneFailsTheStart() {
        Vertx vertx = Vertx.vertx();
        try {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> new RemoteFeed(vertx, URI.create("http://worker:8100"), Optional.of("http://redis")))
                    .withMessageStartingWith("Redis URL");
        } finally {
            vertx.close();
        }
    }
}
