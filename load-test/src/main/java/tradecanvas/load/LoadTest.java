package tradecanvas.load;

import java.io.IOException;
import java.sql.SQLException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import tradecanvas.load.fanout.FanOutCommand;
import tradecanvas.load.ingest.IngestCommand;
import tradecanvas.load.mirror.MirrorCommand;
import tradecanvas.load.process.MissingPrerequisiteException;
import tradecanvas.load.reads.ReadsCommand;
import tradecanvas.load.smoke.SmokeCommand;
import tradecanvas.load.storm.StormCommand;

/** Entry of {@code java -jar load-test.jar}. */
@Command(
        name = "load-test",
        mixinStandardHelpOptions = true,
        description = "Capacity gate and benchmarks of trade-canvas.",
        subcommands = {
            FanOutCommand.class,
            IngestCommand.class,
            MirrorCommand.class,
            ReadsCommand.class,
            SmokeCommand.class,
            StormCommand.class
        })
public final class LoadTest {
    private LoadTest() {}

    /** Exit code: 0 done, 1 gate or aim missed or the run failed, 2 bad arguments or a tool is missing. */
    public static void main(String[] arguments) {
        // measured: no difference for a client that copies what it reads; with it the JDK prints warnings
        System.setProperty("io.netty.noUnsafe", "true");
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new LoadTest())
                .setUsageHelpWidth(110)
                .setExecutionExceptionHandler((failure, command, _) -> {
                    if (failure instanceof IOException
                            || failure instanceof SQLException
                            || failure instanceof IllegalStateException) {
                        command.getErr().println("failed: " + failure.getMessage());
                        return failure instanceof MissingPrerequisiteException
                                ? CommandLine.ExitCode.USAGE
                                : CommandLine.ExitCode.SOFTWARE;
                    }
                    throw failure;
                });
    }
}
