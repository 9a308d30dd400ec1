package tradecanvas.load.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Programs of the system that a benchmark starts. Stateless. */
public final class SystemTool {
    private static final String DAEMONS = "/usr/local/sbin:/usr/sbin"; // not on the path of everybody

    private SystemTool() {}

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
