package tradecanvas.reconcile.progress;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** One line on standard error that changes in place on a terminal, and is repeated now and then elsewhere. Owner: one thread. */
public final class ProgressLine {
    private static final String LINE_AGAIN = "\r\u001b[K";
    private static final long TERMINAL_EVERY_NANOS = 200_000_000L;
    private static final long LOG_EVERY_NANOS = 5_000_000_000L;

    private final PrintWriter err;
    private final boolean silent;
    private final boolean terminal = isTerminal();
    private long shownAt = System.nanoTime();

    /** @param silent for programs, which want no progress */
    public ProgressLine(PrintWriter err, boolean silent) {
        this.err = err;
        this.silent = silent;
    }

    /** Whether it is time to show something; the text is only made then. */
    public boolean isDue() {
        return !silent && System.nanoTime() - shownAt >= (terminal ? TERMINAL_EVERY_NANOS : LOG_EVERY_NANOS);
    }

    public void show(String text) {
        shownAt = System.nanoTime();
        if (terminal) {
            err.print(LINE_AGAIN + text);
        } else {
            err.println(text);
        }
        err.flush();
    }

    /** Takes the line away, so that something else can be printed. */
    public void clear() {
        if (!silent && terminal) {
            err.print(LINE_AGAIN);
            err.flush();
        }
    }

    /** Whether a person sees it; the runtime only knows that of standard input and output. */
    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException notLinux) {
            return false;
        }
    }
}
