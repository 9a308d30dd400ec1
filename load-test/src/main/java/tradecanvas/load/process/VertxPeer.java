package tradecanvas.load.process;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The peer that a Java team would write first: Vert.x, one {@code writeTextMessage} for each socket. */
public record VertxPeer() implements ServerUnderTest {
    private static final String MAIN_CLASS = "tradecanvas.load.peer.VertxPeerMain";

    @Override
    public String name() {
        return "vertx";
    }

    @Override
    public boolean isJvm() {
        return true;
    }

    @Override
    public List<String> command(int port) {
        return List.of(
                Jdk.tool("java"),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                absoluteClassPath(),
                MAIN_CLASS,
                Integer.toString(port));
    }

    @Override
    public Map<String, String> environment(int port, Path workDir) {
        return Map.of();
    }

    /** The server runs in another directory than this process. */
    private static String absoluteClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
