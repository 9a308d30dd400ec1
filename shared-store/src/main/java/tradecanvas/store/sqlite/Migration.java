package tradecanvas.store.sqlite;

import java.util.List;

/** One step of the schema of a namespace. Each statement may meet its own result, so it says IF NOT EXISTS. */
record Migration(long version, List<String> statements) {
    Migration {
        statements = List.copyOf(statements);
    }
}
