package tradecanvas.runtime.store;

import java.time.Duration;
import tradecanvas.runtime.config.PostgresConfig;
import tradecanvas.store.postgres.PostgresDsn;
import tradecanvas.store.postgres.PostgresSettings;

/** The adapter's settings from those of the process. Pure functions. */
public final class PostgresSetup {
    private PostgresSetup() {}

    /**
     * The database that the settings name.
     *
     * @throws IllegalArgumentException with what is wrong with the DSN, which must be there
     */
    public static PostgresSettings of(PostgresConfig config) {
        return new PostgresSettings(
                PostgresDsn.parse(config.postgresDsn().orElseThrow()),
                config.postgresSchema(),
                new PostgresSettings.Timescale(config.postgresTimescale(), config.postgresChunkIntervalS()),
                Duration.ofMillis((long) (config.postgresConnectTimeoutS() * 1000)),
                new PostgresSettings.Pool(
                        config.postgresPoolMinSize(),
                        config.postgresPoolMaxSize(),
                        PostgresSettings.Pool.STANDARD.waitingAConnectionMax()),
                Duration.ofMillis(config.postgresReadTimeoutMs()));
    }
}
