package tradecanvas.reconcile.app;

import io.quarkus.picocli.runtime.annotations.TopCommand;
import picocli.CommandLine.Command;
import tradecanvas.reconcile.backfill.BackfillCommand;
import tradecanvas.reconcile.compare.ReconcileCommand;
import tradecanvas.reconcile.repair.RepairCommand;

/** What an operator types; each subcommand is a task. */
@TopCommand
@Command(
        name = "reconcile-job",
        mixinStandardHelpOptions = true,
        description = "Keeps PostgreSQL equal to SQLite, the store of record.",
        subcommands = {ReconcileCommand.class, RepairCommand.class, BackfillCommand.class})
public final class ReconcileJob {}
