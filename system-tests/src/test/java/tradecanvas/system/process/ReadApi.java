package tradecanvas.system.process;

import java.net.URI;
import java.nio.file.Path;

/** The read side as a process of its own. Owner: one test. */
public final class ReadApi extends RoleProcess<ReadApi> {
    private ReadApi(Path directory, URI worker) {
        super("read-api", directory);
        with("TRADE_CANVAS_WORKER_URL", worker.toString());
        with("TRADE_CANVAS_WHITELIST_PATH", directory.resolve("whitelist.json").toString());
    }

    /** One that was not started yet; the worker need not run. */
    public static ReadApi in(Path directory, URI worker) {
        return new ReadApi(directory, worker);
    }

    @Override
    ReadApi self() {
        return this;
    }
}
