package tradecanvas.load.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The tools of the JDK that runs this process. */
final class Jdk {
    private Jdk() {}

    static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    static List<String> runJar(List<String> javaOptions, Path jar) {
        List<String> command = new ArrayList<>();
        command.add(tool("java"));
        command.addAll(javaOptions);
        command.add("-jar");
        command.add(jar.toAbsolutePath().toString());
        return command;
    }
}
