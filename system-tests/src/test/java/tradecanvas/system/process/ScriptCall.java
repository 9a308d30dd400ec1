package tradecanvas.system.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A script of this repository that was called and has ended. */
public record ScriptCall(int code, String output, String errors) {
    private static final int END_MAX_S =
            300; // the first start of services on a machine makes a folder of half a gigabyte

    /** Calls a script from another directory than its own, without the caller's settings, and waits for its end. */
    public static ScriptCall of(Path directory, Map<String, String> environment, String script, String... arguments) {
        try {
            List<String> command = new ArrayList<>();
            command.add(RoleProcess.repository()
                    .resolve("scripts")
                    .resolve(script)
                    .toAbsolutePath()
                    .toString());
            command.addAll(List.of(arguments));
            Path output = Files.createTempFile(directory, script, ".out");
            Path errors = Files.createTempFile(directory, script, ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile());
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.startsWith("TRADE_CANVAS_") && !name.equals("TRADE_CANVAS_SERVICES_DIR"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(END_MAX_S, TimeUnit.SECONDS)) {
                process.destroy();
                throw new IllegalStateException(command + " did not end within " + END_MAX_S + " s");
            }
            return new ScriptCall(process.exitValue(), Files.readString(output), Files.readString(errors));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
