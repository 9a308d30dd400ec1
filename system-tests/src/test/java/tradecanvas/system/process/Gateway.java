package tradecanvas.system.process;

import java.net.URI;
import java.nio.file.Path;

/** The sockets as a process of their own. Owner: one test. */
public final class Gateway extends RoleProcess<Gateway> {
    private Gateway(Path directory, URI worker) {
        super("ws-gateway", directory);
        with("TRADE_CANVAS_WORKER_URL", worker.toString());
    }

    /** One that was not started yet; the worker need not run. */
    public static Gateway in(Path directory, URI worker) {
        return new Gateway(directory, worker);
    }

    @Override
    Gateway self() {
        return this;
    }

    public URI marketSocket() {
        return URI.create("ws://127.0.0.1:" + port() + "/ws/market");
    }
}
