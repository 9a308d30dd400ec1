package tradecanvas.load.postgres;

import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tradecanvas.load.process.MissingPrerequisiteException;

/** Command line options for the PostgreSQL server, shared by the benchmarks. */
public final class PostgresOptions {
    private static final String VARIABLE = "TRADE_CANVAS_POSTGRES_DSN";

    @Option(
            names = "--postgres-dsn",
            paramLabel = "URI",
            description = "PostgreSQL server, whose role may create databases (default: $" + VARIABLE + ").")
    private @Nullable String dsn;

    /** A database for this run. Errors: MissingPrerequisiteException where no server is named. */
    public RunDatabase createDatabase(String purpose) throws MissingPrerequisiteException, SQLException {
        String text = dsn == null ? Objects.requireNonNullElse(System.getenv(VARIABLE), "") : dsn;
        if (text.isBlank()) {
            throw new MissingPrerequisiteException(
                    VARIABLE + " is not set; for a server on this machine: eval \"$(scripts/services up)\"");
        }
        return RunDatabase.create(address(text), purpose);
    }

    private static ServerAddress address(String text) throws MissingPrerequisiteException {
        try {
            return ServerAddress.parse(text);
        } catch (IllegalArgumentException notUnderstood) {
            throw new MissingPrerequisiteException(String.valueOf(notUnderstood.getMessage()));
        }
    }
}
