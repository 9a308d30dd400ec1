package tradecanvas.reconcile.repair;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tradecanvas.reconcile.compare.DriftText;
import tradecanvas.reconcile.compare.ReconcileCommand;
import tradecanvas.reconcile.compare.ScopeOptions;
import tradecanvas.reconcile.compare.StoreOptions;
import tradecanvas.reconcile.progress.ProgressLine;
import tradecanvas.store.api.StoreException;
import tradecanvas.store.compare.Comparison;
import tradecanvas.store.compare.ComparisonBounds;
import tradecanvas.store.compare.ComparisonListener;
import tradecanvas.store.compare.ComparisonSummary;
import tradecanvas.store.compare.Confirmation;
import tradecanvas.store.compare.Drift;
import tradecanvas.store.compare.Stores;
import tradecanvas.store.remote.RemoteReconciliation;
import tradecanvas.store.repair.FixOutcome;
import tradecanvas.store.repair.Repair;
import tradecanvas.store.repair.RepairListener;
import tradecanvas.store.repair.RepairReport;

/** Compares, and ends what drift it finds. */
@Command(
        name = "repair",
        mixinStandardHelpOptions = true,
        description = {
            "Compares as reconcile does, and gives PostgreSQL what SQLite holds wherever they differ; never the other way.",
            "Without --apply it only says what it would do. The worker writes the fixes through its outbox, keeps each with "
                    + "both values (GET /internal/mirror/repairs), and each is looked at again afterwards."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing is left to repair",
            "1:drift is left",
            "2:a store could not be asked",
            "3:nothing compared"
        })
public final class RepairCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int LEFT = 1;
    private static final int FAILED = 2;

    @Mixin
    private StoreOptions where = new StoreOptions();

    @Mixin
    private ScopeOptions scope = new ScopeOptions();

    @Option(names = "--apply", description = "repair; without it nothing is written")
    private boolean apply;

    @Option(
            names = "--fixes-max",
            defaultValue = "10000",
            description = "fixes of this run; drift beyond it is counted and left (${DEFAULT-VALUE})")
    private int fixesMax;

    @Option(names = "--resume", description = "first look again at fixes of former runs whose end was not seen")
    private boolean resume;

    @Option(names = "--json", description = "print JSON, one line a fix and one at the end, and no progress")
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
            RemoteReconciliation worker = opened.worker();
            if (worker == null) {
                throw new IllegalArgumentException("a repair goes through the worker; --sqlite can only be compared");
            }
            return run(opened.stores(), worker, out, new ProgressLine(err, json));
        } catch (StoreException | IllegalArgumentException failure) {
            err.println("not repaired: " + failure.getMessage());
            return FAILED;
        }
    }

    private int run(Stores stores, RemoteReconciliation worker, PrintWriter out, ProgressLine progress)
            throws InterruptedException {
        ComparisonBounds bounds = scope.bounds();
        Repair repair = new Repair(
                worker, new Confirmation(stores, bounds, System::nanoTime), bounds, fixesMax, new Printer(out));
        if (resume) {
            print(out, "resumed", repair.resume());
        }
        Found found = new Found(progress);
        ComparisonSummary summary =
                new Comparison(stores, bounds, found, InstantSource.system(), System::nanoTime).run(scope.wanted());
        progress.clear();
        out.println(json ? DriftText.json(summary) : DriftText.line(summary));
        int compared = ReconcileCommand.exitCode(summary);
        if (compared != LEFT) {
            out.flush();
            return compared;
        }
        RepairReport report = apply ? repair.run("cli-" + Instant.now(), found.drift) : repair.dryRun(found.drift);
        print(out, apply ? "repaired" : "dry run", report);
        boolean nothingLeft = report.complete() && report.repaired() == summary.drift() && summary.unconfirmed() == 0;
        return nothingLeft ? DONE : LEFT;
    }

    private void print(PrintWriter out, String what, RepairReport report) {
        String format = json
                ? "{\"run\":\"%s\",\"planned\":%d,\"repaired\":%d,\"still_drift\":%d,\"queued\":%d,\"refused\":%d,\"left_out\":%d}"
                : "%s: planned %d, repaired %d, still drift %d, queued %d, refused %d, left out %d";
        out.println(String.format(
                Locale.ROOT,
                format,
                what,
                report.planned(),
                report.repaired(),
                report.stillDrift(),
                report.queued(),
                report.refused(),
                report.leftOut()));
        out.flush();
    }

    /** Keeps what can be repaired in this run, and one more, so that what is left out is seen. */
    private final class Found implements ComparisonListener {
        private final List<Drift> drift = new ArrayList<>();
        private final ProgressLine progress;

        Found(ProgressLine progress) {
            this.progress = progress;
        }

        @Override
        public void drift(Drift found) {
            if (drift.size() <= fixesMax) {
                drift.add(found);
            }
        }

        @Override
        public void progress(Progress how) {
            if (progress.isDue()) {
                progress.show(DriftText.line(how));
            }
        }
    }

    private final class Printer implements RepairListener {
        private final PrintWriter out;

        Printer(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void planned(Drift drift) {
            if (!apply) {
                print("would repair " + DriftText.kind(drift), drift);
            }
        }

        @Override
        public void refused(Drift drift) {
            print("refused", drift);
        }

        @Override
        public void settled(Drift drift, FixOutcome outcome) {
            print(outcome.name().toLowerCase(Locale.ROOT).replace('_', ' '), drift);
        }

        private void print(String what, Drift drift) {
            out.println(json ? DriftText.json(what, drift) : DriftText.line(what, drift));
        }
    }
}
