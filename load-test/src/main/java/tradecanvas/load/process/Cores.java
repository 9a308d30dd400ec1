package tradecanvas.load.process;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Which core the server and which the client runs on; null leaves it to the system. A server inherits the client's. */
public record Cores(@Nullable Integer server, @Nullable Integer client) {
    /** Neither is pinned. */
    public static final Cores ANY = new Cores(null, null);

    private static final int TASKSET_SECONDS_MAX = 10;

    /** Moves every thread of this process to the client's core. Errors: IOException when taskset refuses. */
    public void pinThisProcess() throws IOException, InterruptedException {
        if (client != null) {
            pin(ProcessHandle.current().pid(), client.toString());
        }
    }

    /** The same for servers that stand on the client's side. */
    public Cores ofClientSide() {
        return new Cores(client, client);
    }

    /** Moves every thread of a process to cores such as {@code 0-1}. Errors: IOException when taskset refuses. */
    static void pin(long pid, String cores) throws IOException, InterruptedException {
        Process taskset = new ProcessBuilder("taskset", "--all-tasks", "--pid", "--cpu-list", cores, Long.toString(pid))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!taskset.waitFor(TASKSET_SECONDS_MAX, TimeUnit.SECONDS) || taskset.exitValue() != 0) {
            taskset.destroyForcibly();
            throw new IOException("taskset could not pin process " + pid + " to core " + cores);
        }
    }

    /** What goes in front of the server's command line. */
    List<String> serverPrefix() {
        return prefix(server);
    }

    /** What goes in front of the command line of a client that is a process of its own. */
    public List<String> clientPrefix() {
        return prefix(client);
    }

    private static List<String> prefix(@Nullable Integer core) {
        return core == null ? List.of() : List.of("taskset", "--cpu-list", core.toString());
    }
}
