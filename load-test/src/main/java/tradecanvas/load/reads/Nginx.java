package tradecanvas.load.reads;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tradecanvas.load.process.ServerUnderTest;
import tradecanvas.load.process.SystemTool;

/**
 * The ceiling of reads: Debian's nginx with one worker process that serves files, and nothing of the system's
 * configuration.
 *
 * @param files what it serves, below its root
 */
record Nginx(Path binary, Path files) implements ServerUnderTest {
    private static final String CONFIG = "nginx.conf";

    /** Errors: MissingPrerequisiteException where nginx is not installed. */
    static Nginx serving(Path files) throws IOException {
        return new Nginx(SystemTool.find("nginx", "nginx"), files.toAbsolutePath());
    }

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public boolean isJvm() {
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

    /** Paths are relative to the prefix, which is the work directory. Root's worker would not see root's files. */
    String config(int port, String user) {
        return (user.equals("root") ? "user root;\n" : "") + """
                daemon off;
                worker_processes 1;
                pid nginx.pid;
                error_log stderr warn;
                events {
                    worker_connections 1024;
                }
                http {
                    access_log off;
                    default_type application/json;
                    sendfile on;
                    tcp_nopush on;
                    keepalive_requests 1000000000;
                    open_file_cache max=10000 inactive=1h;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    server {
                        listen 127.0.0.1:%d;
                        root "%s";
                        location = /api/market/whitelist {
                            return 200 "{}";
                        }
                    }
                }
                """.formatted(port, files);
    }
}
