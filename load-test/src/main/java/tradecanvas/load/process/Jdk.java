package tradecanvas.load.process;

import java.nio.file.Path;

/** The tools of the JDK that runs this process. */
final class Jdk {
    private Jdk() {}

    static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
}
