package tradecanvas.runtime.http;

import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;

/** Says when the process can be used: the public port opens after everything else has started. */
@Singleton
final class ReadyLine {
    /** Scripts and tests wait for this line on standard output. */
    void announce(@ObservesAsync HttpServerStart started) {
        System.out.println("ready http://" + started.options().getHost() + ":"
                + started.options().getPort() + "/");
    }
}
