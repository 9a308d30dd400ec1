package tradecanvas.load.reads;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NginxTest {
    private final Nginx nginx = new Nginx(Path.of("/usr/sbin/nginx"), Path.of("/srv/answers"));

    @Test
    void itServesTheFilesOnLoopbackWithOneWorkerAndNoLog() {
        assertThat(nginx.config(20_001, "someone"))
                .startsWith("daemon off;")
                .contains(
                        "worker_processes 1;", "access_log off;", "listen 127.0.0.1:20001;", "root \"/srv/answers\";");
    }

    @Test
    void rootsWorkerStaysRootToSeeRootsFiles() {
        assertThat(nginx.config(20_001, "root")).startsWith("user root;");
    }

    @Test
    void pathsHaveThePlaceForTheNumber() {
        assertThat(SeriesNames.of(SeriesNames.filePattern(500), 7)).isEqualTo("/500/0007.json");
        assertThat(SeriesNames.of(SeriesNames.apiPattern(500), 7))
                .isEqualTo("/api/market/candles?limit=500&series_id=" + SeriesNames.series(7));
        assertThat(SeriesNames.file(Path.of("/a"), 500, 7)).hasToString("/a/500/0007.json");
    }
}
