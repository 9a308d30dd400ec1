package tradecanvas.system.process;

import java.net.URI;
import java.nio.file.Path;

/** The worker as a process of its own, with an internal listener on a free port. Owner: one test. */
public final class IngestWorker extends RoleProcess<IngestWorker> {
    private final int internalPort = freePort();

    private IngestWorker(Path directory) {
        super("ingest-worker", directory);
        with("TRADE_CANVAS_DB_PATH", database().toString());
        with("TRADE_CANVAS_INTERNAL_PORT", Integer.toString(internalPort));
    }

    /** A worker that was not started yet, with its files in a directory. */
    public static IngestWorker in(Path directory) {
        return new IngestWorker(directory);
    }

    @Override
    IngestWorker self() {
        return this;
    }

    /** Where the other roles ask it. */
    public URI internal() {
        return URI.create("http://127.0.0.1:" + internalPort + "/");
    }

    public Path database() {
        return directory().resolve("market.db");
    }
}
