package tradecanvas.load.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A server that can be started and measured. */
public interface ServerUnderTest {
    /** The name in reports. */
    String name();

    /** Whether it runs in a JVM, which must warm up and can be asked to collect garbage. */
    boolean isJvm();

    /** The command line that serves this port on loopback. */
    List<String> command(int port);

    /** What is asked until the answer says that it is ready. */
    default String readyPath() {
        return "/api/market/whitelist";
    }

    /** Whether an answer with this status says so. */
    default boolean isReady(int status) {
        return status == 200;
    }

    /** Whether a socket says what it wants; with some servers its address says it. */
    default boolean takesSubscriptions() {
        return true;
    }

    /** Writes the files that it needs before it starts; {@code workDir} is where it will run. */
    default void prepare(int port, Path workDir) throws IOException {}

    /** What its environment needs besides this process' own; {@code workDir} is its own. */
    Map<String, String> environment(int port, Path workDir);
}
