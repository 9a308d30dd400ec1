package tradecanvas.reconcile.compare;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tradecanvas.reconcile.progress.ProgressLine;
import tradecanvas.store.api.StoreException;
import tradecanvas.store.compare.Comparison;
import tradecanvas.store.compare.ComparisonListener;
import tradecanvas.store.compare.ComparisonSummary;
import tradecanvas.store.compare.Drift;

/** Compares PostgreSQL with SQLite bit by bit. */
@Command(
        name = "reconcile",
        mixinStandardHelpOptions = true,
        description = {
            "Compares every candle of PostgreSQL with SQLite, bit by bit, while both are written, and names those that differ.",
            "A candle on its way is no drift: what differs is looked at again once PostgreSQL has what SQLite had."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:equal",
            "1:drift, or a series that could not be proven equal",
            "2:a store could not be asked",
            "3:nothing compared"
        })
public final class ReconcileCommand implements Callable<Integer> {
    private static final int EQUAL = 0;
    private static final int DRIFT = 1;
    private static final int FAILED = 2;
    private static final int NOTHING = 3;

    @Mixin
    private StoreOptions where = new StoreOptions();

    @Mixin
    private ScopeOptions scope = new ScopeOptions();

    @Option(
            names = "--print-max",
            defaultValue = "1000",
            description = "drifting candles that are printed; all of them are counted (${DEFAULT-VALUE})")
    private int printMax;

    @Option(
            names = "--json",
            description = "print JSON, one line a drifting candle and one at the end, and no progress")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (spec == null) {
            throw new IllegalStateException("not called by picocli");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (StoreOptions.Opened opened = where.open()) {
            Printer printer = new Printer(out, err);
            ComparisonSummary summary = new Comparison(
                            opened.stores(), scope.bounds(), printer, InstantSource.system(), System::nanoTime)
                    .run(scope.wanted());
            printer.progress.clear();
            out.println(json ? DriftText.json(summary) : DriftText.line(summary));
            out.flush();
            return exitCode(summary);
        } catch (StoreException | IllegalArgumentException failure) {
            err.println("not compared: " + failure.getMessage());
            return FAILED;
        }
    }

    /** The exit code that says how the stores are to each other. */
    public static int exitCode(ComparisonSummary summary) {
        if (summary.seriesCompared() == 0 && summary.seriesFailed() == 0) {
            return NOTHING;
        }
        return summary.equal() ? EQUAL : DRIFT;
    }

    private final class Printer implements ComparisonListener {
        private final PrintWriter out;
        private final PrintWriter err;
        private final ProgressLine progress;
        private int printed;

        Printer(PrintWriter out, PrintWriter err) {
            this.out = out;
            this.err = err;
            this.progress = new ProgressLine(err, json);
        }

        @Override
        public void drift(Drift drift) {
            print(DriftText.kind(drift), drift);
        }

        @Override
        public void unconfirmed(Drift suspect) {
            print("unconfirmed", suspect);
        }

        @Override
        public void failed(String seriesId, String reason) {
            progress.clear();
            err.println("series not compared: " + seriesId + ": " + reason);
        }

        @Override
        public void progress(Progress how) {
            if (progress.isDue()) {
                progress.show(DriftText.line(how));
            }
        }

        private void print(String what, Drift drift) {
            if (printed++ < printMax) {
                progress.clear();
                out.println(json ? DriftText.json(what, drift) : DriftText.line(what, drift));
            }
        }
    }
}
