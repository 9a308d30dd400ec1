package tradecanvas.store.servers;

import java.util.Map;
import java.util.Objects;

/**
 * A PostgreSQL and a Redis of one test class, to stop, hang and start again.
 *
 * <p>Owner: one test class; a second owner of the same name, also in another process, gets the same servers. Errors:
 * IllegalStateException with the script's output.
 */
public final class ServiceInstance implements AutoCloseable {
    private final ServicesScript script;
    private final String name;
    private final Map<String, String> variables;

    private ServiceInstance(ServicesScript script, String name) {
        this.script = script;
        this.name = name;
        this.variables = script.run("up", "--instance", name);
    }

    /** Starts both on ports of their own, which stay the same as long as the instance's data. */
    public static ServiceInstance up(String name) {
        return new ServiceInstance(ServicesScript.ofThisRepository(), name);
    }

    static ServiceInstance up(ServicesScript script, String name) {
        return new ServiceInstance(script, name);
    }

    public String postgresDsn() {
        return Objects.requireNonNull(variables.get(TestServers.POSTGRES_DSN));
    }

    public String redisUrl() {
        return Objects.requireNonNull(variables.get(TestServers.REDIS_URL));
    }

    /** Ends it as a crash would, also while it is paused. */
    public void stopPostgres() {
        command("stop", "postgres");
    }

    /** Starts it again on the same port and data; it has recovered when this returns. */
    public void startPostgres() {
        command("start", "postgres");
    }

    /** Hangs it: connections open, nobody answers. */
    public void pausePostgres() {
        command("pause", "postgres");
    }

    public void resumePostgres() {
        command("resume", "postgres");
    }

    /** Ends it as a crash would: what was not saved is forgotten. */
    public void stopRedis() {
        command("stop", "redis");
    }

    public void startRedis() {
        command("start", "redis");
    }

    /** Hangs it: connections open, nobody answers. */
    public void pauseRedis() {
        command("pause", "redis");
    }

    public void resumeRedis() {
        command("resume", "redis");
    }

    /** Resumes what is paused and ends both cleanly; the data stays. */
    @Override
    public void close() {
        script.run("down", "--instance", name);
    }

    private void command(String command, String server) {
        script.run(command, server, "--instance", name);
    }
}
