package tradecanvas.system.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.store.servers.TestServers;
import tradecanvas.system.client.Api;
import tradecanvas.system.process.PostgresDatabase;
import tradecanvas.system.process.TradeCanvas;

class MirrorKillIT {
    private static final int ROUNDS = 20;
    private static final int POSTERS = 8;
    private static final int RUN_MS_MAX = 400;

    @TempDir
    Path directory;

    @Test
    void bothStoresAreEqualHoweverOftenTheWorkerIsKilled() throws SQLException, InterruptedException {
        long seed = System.nanoTime();
        System.out.println("mirror kill seed=" + seed);
        Random random = new Random(seed);
        try (PostgresDatabase database = PostgresDatabase.create(TestServers.postgresDsn());
                TradeCanvas server = MirroredServer.in(directory, database.dsn())
                        .withJvmOption("-XX:TieredStopAtLevel=1") // starts sooner
                        .start()) {
            Api api = MirroredServer.api(server);
            for (int round = 1; round <= ROUNDS; round++) {
                try (MirrorLoad load = MirrorLoad.onMortal(api, "kill", POSTERS)) {
                    Thread.sleep(random.nextInt(RUN_MS_MAX));
                    server.kill();
                    load.end();
                    assertThat(load.complaints()).isEmpty();
                }
                server.start();
            }
            MirroredServer.awaitMirrored(api);
            assertThat(MirroredServer.mirror(api).get("epoch").asLong()).isEqualTo(ROUNDS + 1);
            Stores.assertEqual(server.database(), database);
        }
    }
}
