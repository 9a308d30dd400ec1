package tradecanvas.system.roles;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.system.process.IngestWorker;
import tradecanvas.system.process.ReadApi;
import tradecanvas.system.process.RoleProcess;
import tradecanvas.system.process.TradeCanvas;

/** Processes that must not serve: they say why on the console and end. */
class RefusedStartIT {
    private static final String PG_STORE = "TRADE_CANVAS_ENABLE_PG_STORE";
    private static final String PG_READ = "TRADE_CANVAS_ENABLE_PG_READ";
    private static final String DUAL_WRITE = "TRADE_CANVAS_ENABLE_DUAL_WRITE";
    private static final String DSN = "TRADE_CANVAS_POSTGRES_DSN";

    @TempDir
    Path directory;

    @Test
    void switchesThatContradictEachOtherStopEveryProcess() {
        for (RoleProcess<?> process : List.of(worker(), reads(), TradeCanvas.in(directory.resolve("all")))) {
            process.with(PG_READ, "1");
            assertRefused(process, "pg_store_required_when_pg_read_or_dual_write_enabled");
        }
        assertRefused(worker().with(DUAL_WRITE, "1"), "pg_store_required_when_pg_read_or_dual_write_enabled");
        assertRefused(reads().with(PG_STORE, "1"), "postgres_dsn_required_when_pg_store_enabled");
        assertRefused(
                reads().with(PG_STORE, "1").with(DSN, "postgresql://h/d").with("TRADE_CANVAS_POSTGRES_SCHEMA", "a-b"),
                "postgres_schema_invalid:a-b");
    }

    @Test
    void internalPortThatIsTakenStopsTheWorker() {
        try (IngestWorker first = worker().start()) {
            String port = Integer.toString(first.internal().getPort());
            assertRefused(
                    IngestWorker.in(directory.resolve("second")).with("TRADE_CANVAS_INTERNAL_PORT", port),
                    "internal listener cannot open 127.0.0.1:" + port);
        }
    }

    @Test
    void addressThatIsNoWorkerStopsTheReads() {
        assertRefused(
                ReadApi.in(directory.resolve("reads"), URI.create("https://worker:8100")),
                "worker address 'https://worker:8100' is not http://host:port");
    }

    @Test
    void standaloneHasNoInternalListenerUnlessItIsGivenAPort() {
        try (TradeCanvas closed = TradeCanvas.in(directory.resolve("closed")).start();
                TradeCanvas open = TradeCanvas.in(directory.resolve("open"))
                        .with("TRADE_CANVAS_INTERNAL_PORT", "0")
                        .start()) {
            assertThat(closed.log()).doesNotContain("internal listener opened");
            assertThat(open.log()).contains("internal listener opened host=127.0.0.1 port=");
        }
    }

    private IngestWorker worker() {
        return IngestWorker.in(directory.resolve("worker"));
    }

    private ReadApi reads() {
        return ReadApi.in(directory.resolve("reads"), URI.create("http://127.0.0.1:1"));
    }

    private static void assertRefused(RoleProcess<?> process, String text) {
        try (process) {
            assertThat(process.launch().awaitEnd()).as(process.log()).isNotZero();
            assertThat(process.log()).contains(text).doesNotContain("ready http");
        }
    }
}
