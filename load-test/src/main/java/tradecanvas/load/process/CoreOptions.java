package tradecanvas.load.process;

import picocli.CommandLine.Option;

/** Command line options for the cores, shared by the benchmarks that keep server and client apart. */
public final class CoreOptions {
    @Option(names = "--server-core", description = "Core of the server (default: ${DEFAULT-VALUE}).")
    private int serverCore = 0;

    @Option(names = "--client-core", description = "Core of this client (default: ${DEFAULT-VALUE}).")
    private int clientCore = 1;

    @Option(names = "--no-pin", description = "Leave the cores to the system.")
    private boolean unpinned;

    /** What they say. */
    public Cores cores() {
        return unpinned ? Cores.ANY : new Cores(serverCore, clientCore);
    }
}
