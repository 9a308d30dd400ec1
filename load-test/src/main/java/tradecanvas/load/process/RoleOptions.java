package tradecanvas.load.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Command line options for the roles that run in processes of their own. */
public final class RoleOptions {
    @Option(
            names = "--gateway-jar",
            paramLabel = "FILE",
            description = "The gateway (default: ../ws-gateway/target/quarkus-app/quarkus-run.jar).")
    private @Nullable Path gatewayJar;

    @Option(
            names = "--worker-jar",
            paramLabel = "FILE",
            description = "The worker (default: ../ingest-worker/target/quarkus-app/quarkus-run.jar).")
    private @Nullable Path workerJar;

    /** The gateway's program. Errors: IOException when it has not been built. */
    public Path gatewayJar() throws IOException {
        return built(gatewayJar, "ws-gateway", "--gateway-jar");
    }

    /** The worker's program. Errors: IOException when it has not been built. */
    public Path workerJar() throws IOException {
        return built(workerJar, "ingest-worker", "--worker-jar");
    }

    private static Path built(@Nullable Path named, String module, String option) throws IOException {
        Path file = named == null ? Layout.ofThisCode().roleJar(module) : named;
        if (!Files.isRegularFile(file)) {
            throw new IOException("no " + module + " at " + file + ": build it or name it with " + option);
        }
        return file;
    }
}
