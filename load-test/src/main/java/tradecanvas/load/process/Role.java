package tradecanvas.load.process;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One role of the project in a process of its own.
 *
 * @param settings its environment, besides where it listens and keeps its data
 */
public record Role(String name, Path jar, List<String> javaOptions, Map<String, String> settings)
        implements ServerUnderTest {
    public Role {
        javaOptions = List.copyOf(javaOptions);
        settings = Map.copyOf(settings);
    }

    /** The active writer, without upstream; other roles reach it at {@code internalPort}. */
    public static Role worker(Path jar, int internalPort) {
        return new Role(
                "worker",
                jar,
                List.of(),
                Map.of(
                        "TRADE_CANVAS_INTERNAL_PORT", Integer.toString(internalPort),
                        "TRADE_CANVAS_UPSTREAM", "none",
                        "TRADE_CANVAS_ENABLE_DEBUG_API", "1",
                        "TRADE_CANVAS_ENABLE_DEV_API", "1"));
    }

    /** A gateway beside such a worker. */
    public static Role gateway(Path jar, List<String> javaOptions, int workerPort) {
        return new Role(
                "gateway", jar, javaOptions, Map.of("TRADE_CANVAS_WORKER_URL", "http://127.0.0.1:" + workerPort));
    }

    /** The same with more environment, which goes before what it had. */
    public Role with(Map<String, String> environment) {
        Map<String, String> joined = new HashMap<>(settings);
        joined.putAll(environment);
        return new Role(name, jar, javaOptions, joined);
    }

    /** The same with its live events over Redis. */
    public Role over(URI redis) {
        return with(Map.of("TRADE_CANVAS_ENABLE_WS_PUBSUB", "1", "TRADE_CANVAS_REDIS_URL", redis.toString()));
    }

    @Override
    public boolean isJvm() {
        return true;
    }

    @Override
    public String readyPath() {
        return "/q/health/ready";
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
                "TRADE_CANVAS_DB_PATH", workDir.resolve("market.db").toString()));
        environment.putAll(settings);
        return environment;
    }
}
