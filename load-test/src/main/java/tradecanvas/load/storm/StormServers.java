package tradecanvas.load.storm;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tradecanvas.load.postgres.RunDatabase;
import tradecanvas.load.process.DualWrite;
import tradecanvas.load.process.Role;
import tradecanvas.load.process.ServerOptions;

/**
 * The worker and the gateway of a storm.
 *
 * @param database where the gateway reads; null for the worker
 * @param redis what brings live candles; null for the worker
 */
record StormServers(
        Path workerJar,
        Path gatewayJar,
        ServerOptions gatewayOptions,
        @Nullable RunDatabase database,
        @Nullable URI redis) {
    Role worker(int internalPort) {
        Role worker = over(Role.worker(workerJar, internalPort));
        return database == null ? worker : worker.with(DualWrite.writing(database.dsn()));
    }

    Role gateway(int workerPort) {
        Role gateway = over(Role.gateway(gatewayJar, gatewayOptions.javaOptions(), workerPort));
        Role reading = database == null ? gateway : gateway.with(DualWrite.reading(database.dsn()));
        return reading.with(gatewayOptions.environment());
    }

    private Role over(Role role) {
        return redis == null ? role : role.over(redis);
    }
}
