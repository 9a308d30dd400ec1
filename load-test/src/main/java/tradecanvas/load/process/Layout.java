package tradecanvas.load.process;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where this module's files are, whatever the working directory. */
public record Layout(Path moduleDir) {
    /** Derived from where the classes come from: {@code target/load-test.jar} or {@code target/classes}. */
    public static Layout ofThisCode() {
        try {
            Path code = Path.of(Layout.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return new Layout(code.resolve("../..").normalize());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("the code's own location is no path", impossible);
        }
    }

    /** The standalone server as its module builds it. */
    public Path standaloneJar() {
        return moduleDir.resolveSibling("standalone").resolve("target/quarkus-app/quarkus-run.jar");
    }

    /** A role of its own process, as its module builds it. */
    Path roleJar(String module) {
        return moduleDir.resolveSibling(module).resolve("target/quarkus-app/quarkus-run.jar");
    }

    /** The source of the minimal server. */
    public Path minimalServerSource() {
        return moduleDir.resolve("src/main/c/minimal_server.c");
    }

    /** The minimal server once compiled. */
    public Path minimalServerBinary() {
        return moduleDir.resolve("target/minimal_server");
    }

    /** Where servers keep their data and logs during a run. */
    public Path workDir() {
        return moduleDir.resolve("target/work");
    }
}
