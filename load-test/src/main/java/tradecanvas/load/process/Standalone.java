package tradecanvas.load.process;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The project's own server: all roles in one JVM on a fresh SQLite file, without upstream. */
public record Standalone(Path jar, List<String> javaOptions, Map<String, String> extraEnvironment)
        implements ServerUnderTest {
    public Standalone {
        javaOptions = List.copyOf(javaOptions);
        extraEnvironment = Map.copyOf(extraEnvironment);
    }

    /** The same with more environment, which goes before what it had. */
    public Standalone with(Map<String, String> environment) {
        Map<String, String> joined = new HashMap<>(extraEnvironment);
        joined.putAll(environment);
        return new Standalone(jar, javaOptions, joined);
    }

    @Override
    public String name() {
        return "standalone";
    }

    @Override
    public boolean isJvm() {
        return true;
    }

    @Override
    public List<String> command(int port) {
        return Jdk.runJar(javaOptions, jar);
    }

    @Override
    public Map<String, String> environment(int port, Path workDir) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "QUARKUS_HTTP_HOST", "127.0.0.1",
                "QUARKUS_HTTP_PORT", Integer.toString(port),
                "TRADE_CANVAS_DB_PATH", workDir.resolve("market.db").toString(),
                "TRADE_CANVAS_UPSTREAM", "none",
                "TRADE_CANVAS_ENABLE_DEBUG_API", "1",
                "TRADE_CANVAS_ENABLE_DEV_API", "1"));
        environment.putAll(extraEnvironment);
        return environment;
    }
}
