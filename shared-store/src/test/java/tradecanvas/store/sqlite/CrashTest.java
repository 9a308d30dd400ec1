package tradecanvas.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static tradecanvas.store.api.CandleStoreContract.await;
import static tradecanvas.store.api.CandleStoreContract.times;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashTest {
    private static final int ROUNDS = 3;
    private static final int UNITS_BEFORE_THE_KILL = 150;
    private static final Pattern SAVED = Pattern.compile("saved (\\d+);");

    @TempDir
    Path directory;

    @Test
    void killedProcessLosesNothingThatItAcknowledgedAndLeavesNoHalfUnit() throws Exception {
        Path file = directory.resolve("market.db");
        List<Long> acknowledged = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            saveUntilKilled(file, acknowledged);
            List<Long> stored = storedTimes(file);
            assertThat(stored.size() % StoreProcess.ROWS_A_UNIT).isZero();
            assertThat(stored)
                    .containsAll(acknowledged.stream().map(StoreProcess::time).toList());
            try (RawDatabase other = new RawDatabase(file)) {
                assertThat(other.query("PRAGMA integrity_check")).containsExactly("ok");
            }
        }
    }

    private static void saveUntilKilled(Path file, List<Long> acknowledged) throws IOException, InterruptedException {
        try (StoreProcess process = StoreProcess.start(file, acknowledged.size())) {
            int enough = acknowledged.size() + UNITS_BEFORE_THE_KILL;
            while (acknowledged.size() < enough) {
                String line = String.valueOf(process.readLine());
                acknowledged.add(unitOf(line).orElseThrow(() -> new AssertionError(line)));
            }
            process.kill();
            for (String line = process.readLine(); line != null; line = process.readLine()) {
                unitOf(line).ifPresent(acknowledged::add);
            }
        }
    }

    /** Empty for a line that the kill has cut. */
    private static Optional<Long> unitOf(String line) {
        Matcher saved = SAVED.matcher(line);
        return saved.matches() ? Optional.of(Long.valueOf(saved.group(1))) : Optional.empty();
    }

    /** Opens at once: the kernel has given the lock back. */
    private static List<Long> storedTimes(Path file) {
        try (SqliteStore store = SqliteStore.open(SqliteSettings.of(file))) {
            return times(await(store.reader().newest(StoreProcess.SERIES, Integer.MAX_VALUE))
                    .candles());
        }
    }
}
