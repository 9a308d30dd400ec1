package tradecanvas.system.process;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** HAProxy with the configuration of deploy/, before two gateways and two read-apis. Owner: one test. */
public final class LoadBalancer implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofSeconds(20);
    private static final String CONNECTIONS_MAX = "4000";

    private final Process process;
    private final int port;

    private LoadBalancer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it, whether or not those behind it run.
     *
     * @param directory where its log goes
     */
    public static LoadBalancer start(Path directory, List<Gateway> gateways, List<ReadApi> reads) {
        int port = RoleProcess.freePort();
        ProcessBuilder builder = new ProcessBuilder(
                        "haproxy",
                        "-f",
                        RoleProcess.repository()
                                .resolve("deploy/haproxy/haproxy.cfg")
                                .toString())
                .redirectErrorStream(true);
        builder.environment().put("LB_BIND", address(port));
        builder.environment().put("LB_CONNECTIONS_MAX", CONNECTIONS_MAX);
        for (int i = 0; i < 2; i++) {
            builder.environment()
                    .put("GATEWAY_" + (i + 1), address(gateways.get(i).port()));
            builder.environment().put("READ_" + (i + 1), address(reads.get(i).port()));
        }
        try {
            Files.createDirectories(directory);
            builder.redirectOutput(directory.resolve("haproxy.log").toFile());
            LoadBalancer balancer = new LoadBalancer(builder.start(), port);
            await().atMost(START_MAX).until(balancer::takesConnections);
            return balancer;
        } catch (IOException missing) {
            throw new UncheckedIOException("haproxy is needed; scripts/test installs it", missing);
        }
    }

    public URI http() {
        return URI.create("http://" + address(port) + "/");
    }

    public URI marketSocket() {
        return URI.create("ws://" + address(port) + "/ws/market");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private boolean takesConnections() {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String address(int port) {
        return "127.0.0.1:" + port;
    }
}
