package tradecanvas.load.smoke;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The console output, written to {@code run.log} as well. Threads: one owner. */
final class RunLog implements AutoCloseable {
    private final Consumer<String> console;
    private final PrintWriter file;

    RunLog(Consumer<String> console, Path file) throws IOException {
        this.console = console;
        this.file = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
    }

    void line(String text) {
        console.accept(text);
        file.println(text);
        file.flush();
    }

    @Override
    public void close() {
        file.close();
    }
}
