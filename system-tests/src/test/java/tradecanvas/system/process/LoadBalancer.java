package tradecanvas.system.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** HAProxy in front of gateways and read-apis, with the file that operators use. Owner: one test. */
public final class LoadBalancer extends RoleProcess<LoadBalancer> {
    /** As many of each as the file has places for. */
    private static final int SERVERS_MAX = 4;

    private final int metricsPort = freePort();

    private LoadBalancer(Path directory, List<Gateway> gateways, List<ReadApi> readApis) {
        super("haproxy", directory);
        with("LB_PORT", Integer.toString(port()));
        with("LB_METRICS_PORT", Integer.toString(metricsPort));
        name("LB_GATEWAY_", gateways);
        name("LB_READ_API_", readApis);
    }

    /** One that was not started yet; the others need not run. */
    public static LoadBalancer in(Path directory, List<Gateway> gateways, List<ReadApi> readApis) {
        return new LoadBalancer(directory, gateways, readApis);
    }

    @Override
    LoadBalancer self() {
        return this;
    }

    public URI marketSocket() {
        return URI.create("ws://127.0.0.1:" + port() + "/ws/market");
    }

    /** Where HAProxy itself has its {@code /metrics}. */
    public URI metrics() {
        return URI.create("http://127.0.0.1:" + metricsPort + "/");
    }

    @Override
    List<String> command() {
        return List.of(
                program().toString(),
                "-db",
                "-f",
                repository().resolve("deploy/haproxy/haproxy.cfg").toString());
    }

    /** It listens on both ports or ends; on one of them somebody else might. */
    @Override
    boolean isReady() {
        return takesConnections(port()) && takesConnections(metricsPort) && isAlive();
    }

    private static boolean takesConnections(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private void name(String prefix, List<? extends RoleProcess<?>> servers) {
        if (servers.isEmpty() || servers.size() > SERVERS_MAX) {
            throw new IllegalArgumentException(servers.size() + " servers are not 1 to " + SERVERS_MAX);
        }
        for (int i = 0; i < servers.size(); i++) {
            with(prefix + (i + 1), "127.0.0.1:" + servers.get(i).port());
        }
    }

    private static Path program() {
        return Stream.concat(Arrays.stream(System.getenv("PATH").split(":")), Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, "haproxy"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("haproxy is missing: scripts/test installs it"));
    }
}
