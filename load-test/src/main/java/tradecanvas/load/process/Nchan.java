package tradecanvas.load.process;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tradecanvas.load.client.PostRequest;

/**
 * The peer that one would install instead: Debian's nginx with its module nchan, one worker process, messages over Redis.
 *
 * <p>A publisher and a subscriber are two servers, as our worker and gateway are; what is posted is what sockets get.
 *
 * @param redisNamespace of its keys, so that two runs do not meet
 */
public record Nchan(Path binary, Path module, URI redis, String redisNamespace) implements ServerUnderTest {
    private static final String CONFIG = "nginx.conf";
    private static final Path MODULE = Path.of("/usr/lib/nginx/modules/ngx_nchan_module.so");
    private static final String NGINX_PACKAGE = "nginx";
    private static final String NCHAN_PACKAGE = "libnginx-mod-nchan";
    private static final String PACKAGES = NGINX_PACKAGE + " " + NCHAN_PACKAGE;

    /**
     * Installs it where it is missing and may be installed.
     *
     * <p>Errors: MissingPrerequisiteException where it is still not there.
     */
    public static Nchan over(URI redis, String redisNamespace) throws IOException, InterruptedException {
        if (!Files.isRegularFile(MODULE)) {
            SystemTool.tryInstall(NGINX_PACKAGE, NCHAN_PACKAGE);
        }
        Path binary = SystemTool.find("nginx", PACKAGES);
        if (!Files.isRegularFile(MODULE)) {
            throw new MissingPrerequisiteException(
                    "nchan is not installed; on Debian: apt-get install --no-install-recommends " + PACKAGES);
        }
        return new Nchan(binary, MODULE, redis, redisNamespace);
    }

    @Override
    public String name() {
        return "nchan";
    }

    @Override
    public boolean isJvm() {
        return false;
    }

    @Override
    public String readyPath() {
        return PostRequest.SINGLE_PATH;
    }

    /** 503 until Redis has answered, then 404: nothing was published. */
    @Override
    public boolean isReady(int status) {
        return status == 200 || status == 404;
    }

    /** A socket is subscribed by its address; whatever a client says ends it. */
    @Override
    public boolean takesSubscriptions() {
        return false;
    }

    @Override
    public void prepare(int port, Path workDir) throws IOException {
        Files.writeString(workDir.resolve(CONFIG), config(port, System.getProperty("user.name")));
    }

    @Override
    public List<String> command(int port) {
        return List.of(binary.toString(), "-p", "./", "-e", "stderr", "-c", CONFIG);
    }

    @Override
    public Map<String, String> environment(int port, Path workDir) {
        return Map.of();
    }

    /** The buffer holds 20 s of the highest rate, so that a slow socket is late rather than left out. */
    String config(int port, String user) {
        return (user.equals("root") ? "user root;\n" : "")
                + """
                load_module %s;
                daemon off;
                worker_processes 1;
                worker_rlimit_nofile 20000;
                pid nginx.pid;
                error_log stderr warn;
                events {
                    worker_connections 19000;
                }
                http {
                    access_log off;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    keepalive_requests 1000000000;
                    nchan_shared_memory_size 256m;
                    nchan_message_buffer_length 1000;
                    nchan_message_timeout 60s;
                    upstream bus {
                        nchan_redis_server %s;
                        nchan_redis_namespace %s;
                    }
                    server {
                        listen 127.0.0.1:%d backlog=4096;
                        tcp_nodelay on;
                        location = /ws/market {
                            nchan_subscriber websocket;
                            nchan_channel_id candles;
                            nchan_subscriber_first_message newest;
                            nchan_redis_pass bus;
                        }
                        location = %s {
                            nchan_publisher http;
                            nchan_channel_id candles;
                            nchan_redis_pass bus;
                        }
                    }
                }
                """.formatted(
                        module, "redis://" + redis.getAuthority(), redisNamespace, port, PostRequest.SINGLE_PATH);
    }
}
