package tradecanvas.load.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Programs of the system that a benchmark starts. Stateless. */
public final class SystemTool {
    private static final Path APT_GET = Path.of("/usr/bin/apt-get");
    private static final String DAEMONS = "/usr/local/sbin:/usr/sbin"; // not on the path of everybody

    private static final int INSTALL_MINUTES_MAX = 5;

    private SystemTool() {}

    /** Installs Debian packages where this runs as root and apt-get is there; else, or when it fails, nothing changes. */
    static void tryInstall(String... debianPackages) throws IOException, InterruptedException {
        if (!"root".equals(System.getProperty("user.name")) || !Files.isExecutable(APT_GET)) {
            return;
        }
        List<String> command = new ArrayList<>(
                List.of(APT_GET.toString(), "install", "--assume-yes", "--quiet", "--no-install-recommends"));
        command.addAll(List.of(debianPackages));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        Process install = builder.start();
        if (!install.waitFor(INSTALL_MINUTES_MAX, TimeUnit.MINUTES)) {
            install.destroy();
        }
    }

    /** Where a program is. Errors: MissingPrerequisiteException naming the Debian package that has it. */
    public static Path find(String name, String debianPackage) throws MissingPrerequisiteException {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "") + File.pathSeparator + DAEMONS;
        for (String directory : path.split(File.pathSeparator, -1)) {
            Path file = Path.of(directory, name);
            if (!directory.isEmpty() && Files.isExecutable(file)) {
                return file;
            }
        }
        throw new MissingPrerequisiteException(
                name + " is not installed; on Debian: apt-get install --no-install-recommends " + debianPackage);
    }
}
