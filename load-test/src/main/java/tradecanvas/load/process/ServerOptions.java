package tradecanvas.load.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Command line options for how the project's own server under test runs, whichever it is. */
public final class ServerOptions {
    @Option(names = "--java-option", paramLabel = "OPTION", description = "JVM option of the server; may be repeated.")
    private List<String> javaOptions = new ArrayList<>();

    @Option(names = "--env", paramLabel = "NAME=VALUE", description = "Environment of the server; may be repeated.")
    private Map<String, String> environment = new LinkedHashMap<>();

    @Option(
            names = "--work-dir",
            paramLabel = "DIR",
            description = "Where servers keep data and logs while they run (default: target/work of this module).")
    private @Nullable Path workDir;

    /** What its JVM is given. */
    public List<String> javaOptions() {
        return List.copyOf(javaOptions);
    }

    /** What its environment has besides what a benchmark needs; it goes before that. */
    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** The directory of one run, which does not exist yet. */
    public Path workDir(String run) {
        Path parent = workDir == null ? Layout.ofThisCode().workDir() : workDir;
        return parent.resolve(run + "-" + ProcessHandle.current().pid());
    }
}
