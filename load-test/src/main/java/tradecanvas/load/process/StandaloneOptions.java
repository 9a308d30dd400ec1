package tradecanvas.load.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Command line options for starting the standalone server, shared by the benchmarks. */
public final class StandaloneOptions {
    @Option(
            names = "--jar",
            paramLabel = "FILE",
            description = "The standalone server (default: ../standalone/target/quarkus-app/quarkus-run.jar).")
    private @Nullable Path jar;

    @Option(names = "--java-option", paramLabel = "OPTION", description = "JVM option of the server; may be repeated.")
    private List<String> javaOptions = new ArrayList<>();

    @Option(names = "--env", paramLabel = "NAME=VALUE", description = "Environment of the server; may be repeated.")
    private Map<String, String> environment = new LinkedHashMap<>();

    @Option(
            names = "--work-dir",
            paramLabel = "DIR",
            description = "Where servers keep data and logs while they run (default: target/work of this module).")
    private @Nullable Path workDir;

    /** The server. Errors: IOException when it has not been built. */
    public Standalone standalone() throws IOException {
        Path file = jar == null ? Layout.ofThisCode().standaloneJar() : jar;
        if (!Files.isRegularFile(file)) {
            throw new IOException("no standalone server at " + file + ": build it or name it with --jar");
        }
        return new Standalone(file, javaOptions, environment);
    }

    /** The directory of one run, which does not exist yet. */
    public Path workDir(String run) {
        Path parent = workDir == null ? Layout.ofThisCode().workDir() : workDir;
        return parent.resolve(run + "-" + ProcessHandle.current().pid());
    }
}
