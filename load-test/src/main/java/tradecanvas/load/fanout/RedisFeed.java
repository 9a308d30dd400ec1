package tradecanvas.load.fanout;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tradecanvas.load.process.Cores;
import tradecanvas.load.process.MinimalServer;
import tradecanvas.load.process.Nchan;
import tradecanvas.load.process.RedisServer;
import tradecanvas.load.process.Role;
import tradecanvas.load.process.ServerProcess;
import tradecanvas.load.process.ServerUnderTest;

/**
 * The client's side of servers that get their candles over Redis: one worker, and one publisher of nchan.
 *
 * <p>They live as long as the command, so that all runs have an equally warm worker. Threads: one owner.
 */
final class RedisFeed implements AutoCloseable {
    private static final Duration LIFE_MAX = Duration.ofHours(6);

    private final RedisServer redis;
    private final Cores cores;
    private final Path workDir;
    private final List<ServerProcess> processes = new ArrayList<>();

    RedisFeed(RedisServer redis, Cores cores, Path workDir) {
        this.redis = redis;
        this.cores = cores.ofClientSide();
        this.workDir = workDir;
    }

    /** The gateway and the minimal server, whichever are given, behind a worker; errors as of starting a server. */
    List<Contender> behindWorker(Path workerJar, int workerPort, List<Role> gateways, List<MinimalServer> minimals)
            throws IOException, InterruptedException {
        List<Contender> contenders = new ArrayList<>();
        if (gateways.isEmpty() && minimals.isEmpty()) {
            return contenders;
        }
        Intake worker = new Intake(start(Role.worker(workerJar, workerPort).over(redis.url())), false);
        gateways.forEach(gateway -> contenders.add(new Contender(gateway.over(redis.url()), worker)));
        minimals.forEach(minimal -> contenders.add(new Contender(minimal.over(redis.url()), worker)));
        return contenders;
    }

    /** A subscriber of nchan behind a publisher of nchan. */
    Contender nchan() throws IOException, InterruptedException {
        String namespace = "tc-load-" + ProcessHandle.current().pid();
        Nchan nchan = Nchan.over(redis.url(), namespace);
        return new Contender(nchan, new Intake(start(nchan), true));
    }

    @Override
    public void close() {
        processes.reversed().forEach(ServerProcess::close);
    }

    private ServerProcess start(ServerUnderTest server) throws IOException, InterruptedException {
        ServerProcess process = ServerProcess.start(server, workDir.resolve("feed-" + server.name()), cores, LIFE_MAX);
        processes.add(process);
        return process;
    }
}
