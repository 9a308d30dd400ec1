package tradecanvas.load.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a long run is doing: lines for each step, and on a terminal one line that is rewritten in between.
 *
 * <p>Threads: one owner.
 */
public final class Progress {
    private static final String ERASE_LINE = "\r\u001b[2K";

    private final PrintStream out;
    private final boolean terminal;
    private boolean rewritable;

    public Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Writes to standard error, so that tables on standard output stay clean. */
    public static Progress onStandardError() {
        return new Progress(System.err, isTerminal());
    }

    /** The runtime only knows whether standard input and output are a terminal; this is about standard error. */
    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException _) {
            return false;
        }
    }

    /** Something has been reached; stays on the screen. */
    public void step(String text) {
        erase();
        out.println(text);
        out.flush();
    }

    /** How far it is; only on a terminal, and the next text replaces it. */
    public void update(String text) {
        if (terminal) {
            erase();
            out.print(text);
            out.flush();
            rewritable = true;
        }
    }

    private void erase() {
        if (rewritable) {
            out.print(ERASE_LINE);
            rewritable = false;
        }
    }
}
