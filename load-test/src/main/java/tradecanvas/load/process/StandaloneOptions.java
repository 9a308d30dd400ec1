package tradecanvas.load.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Command line options for starting the standalone server, shared by the benchmarks. */
public final class StandaloneOptions {
    @Option(
            names = "--jar",
            paramLabel = "FILE",
            description = "The standalone server (default: ../standalone/target/quarkus-app/quarkus-run.jar).")
    private @Nullable Path jar;

    @Mixin
    private ServerOptions server = new ServerOptions();

    /** The server. Errors: IOException when it has not been built. */
    public Standalone standalone() throws IOException {
        Path file = jar == null ? Layout.ofThisCode().standaloneJar() : jar;
        if (!Files.isRegularFile(file)) {
            throw new IOException("no standalone server at " + file + ": build it or name it with --jar");
        }
        return new Standalone(file, server.javaOptions(), server.environment());
    }

    /** How it runs. */
    public ServerOptions server() {
        return server;
    }

    /** The directory of one run, which does not exist yet. */
    public Path workDir(String run) {
        return server.workDir(run);
    }
}
