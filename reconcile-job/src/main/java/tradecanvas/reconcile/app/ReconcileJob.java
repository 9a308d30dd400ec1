package tradecanvas.reconcile.app;

import io.quarkus.picocli.runtime.annotations.TopCommand;
import picocli.CommandLine.Command;
import tradecanvas.reconcile.backfill.BackfillCommand;

/** What an operator types; each subcommand is a task. */
@TopCommand
@Command(
        name = "reconcile-job",
        mixinStandardHelpOptions = true,
        description = "Keeps PostgreSQL equal to SQLite, the store of record.",
        subcommands = BackfillCommand.class)
public final class ReconcileJob {}
