package tradecanvas.reconcile.backfill;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tradecanvas.reconcile.progress.ProgressLine;

/** Starts a backfill in the worker and follows it to its end. */
@Command(
        name = "backfill",
        mixinStandardHelpOptions = true,
        description = {
            "Copies into PostgreSQL what SQLite held before dual writing was switched on.",
            "The worker does it, behind its live writes, and goes on when this command or the worker ends; "
                    + "called again, the command follows it. A finished one begins anew."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done, or as asked for", "1:stopped before its end", "2:the worker could not be asked"})
public final class BackfillCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int UNFINISHED = 1;
    private static final int FAILED = 2;
    private static final int LOOK_EVERY_MS = 500;

    @Option(
            names = "--worker-url",
            defaultValue = "${env:TRADE_CANVAS_WORKER_URL:-http://127.0.0.1:8100}",
            description = "the worker's internal listener (${DEFAULT-VALUE})")
    private @Nullable URI workerUrl;

    @Option(names = "--stop", description = "stop it; it goes on from there when it is started again")
    private boolean stop;

    @Option(names = "--status", description = "only say how far it is")
    private boolean statusOnly;

    @Option(names = "--no-follow", description = "start it and return")
    private boolean leave;

    @Option(names = "--json", description = "print one line of JSON at the end, and no progress")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (spec == null || workerUrl == null) {
            throw new IllegalStateException("not called by picocli");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            return run(new WorkerClient(workerUrl), out, err);
        } catch (IOException failure) {
            err.println("worker not asked: " + (failure.getMessage() == null ? failure : failure.getMessage()));
            return FAILED;
        }
    }

    private int run(WorkerClient worker, PrintWriter out, PrintWriter err) throws IOException, InterruptedException {
        if (statusOnly || stop || leave) {
            BackfillProgress progress = stop ? worker.stop() : statusOnly ? worker.look() : worker.start();
            print(out, progress, 0);
            return DONE;
        }
        BackfillProgress progress = worker.start();
        RowRate rate = new RowRate();
        double rowsPerSecond = rate.after(System.nanoTime(), progress.rowsDone());
        long begun = System.nanoTime();
        long rowsAtBegin = progress.rowsDone();
        ProgressLine line = new ProgressLine(err, json);
        while (progress.isRunning()) {
            if (line.isDue()) {
                line.show(progress.line(rowsPerSecond));
            }
            Thread.sleep(LOOK_EVERY_MS);
            progress = worker.look();
            rowsPerSecond = rate.after(System.nanoTime(), progress.rowsDone());
        }
        line.clear();
        double overall = (progress.rowsDone() - rowsAtBegin) * 1e9 / (System.nanoTime() - begun);
        print(out, progress, overall);
        return progress.isDone() ? DONE : UNFINISHED;
    }

    private void print(PrintWriter out, BackfillProgress progress, double rowsPerSecond) {
        out.println(json ? progress.json(rowsPerSecond) : progress.line(rowsPerSecond));
        out.flush();
    }
}
