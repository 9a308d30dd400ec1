package tradecanvas.system.roles;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.RawConnection;
import tradecanvas.system.client.SeriesApi;
import tradecanvas.system.process.IngestWorker;

/** The internal listener against clients that are no role. */
class InternalIT {
    private static final List<String> ENDPOINTS = List.of("newest", "after", "range", "count", "extent", "gaps");
    private static final int QUERIES = 300;

    @TempDir
    Path directory;

    private IngestWorker worker;
    private Api internal;
    private SeriesApi series;

    @BeforeEach
    void start() {
        worker = IngestWorker.in(directory)
                .withOpenGates()
                .with("TRADE_CANVAS_INTERNAL_CONNECTIONS_MAX", "20")
                .start();
        HttpClient http = HttpClient.newHttpClient();
        internal = new Api(http, worker.internal());
        series = new SeriesApi(new Api(http, worker.http()), "a:b:c:1m");
    }

    @AfterEach
    void close() {
        worker.close();
    }

    @Test
    void answersAreBoundedByTheirLimits() {
        series.postBatch(60, 20_000);
        series.post(10_000_000);
        assertThat(internal.get("internal/candles/newest?series_id=a:b:c:1m&limit=20000")
                        .json()
                        .get("candles"))
                .hasSize(20_000);
        assertThat(internal.get("internal/candles/newest?series_id=a:b:c:1m&limit=20001")
                        .status())
                .isEqualTo(400);
        assertThat(internal.get("internal/candles/newest?series_id=a:b:c:1m")
                        .json()
                        .get("candles"))
                .hasSize(500);
        assertThat(internal.get("internal/candles/gaps?series_id=a:b:c:1m").body())
                .isEqualTo("{\"count\":1,\"seconds_max\":8800000,"
                        + "\"recent\":[{\"previous_time\":1200000,\"next_time\":10000000}]}");
        assertThat(internal.get("internal/candles/extent?series_id=a:b:c:1m").body())
                .isEqualTo("{\"first_time\":60,\"head_time\":10000000,\"count\":20001}");
        assertThat(internal.get("internal/candles/count?series_id=a:b:c:1m&from=-1&to=120")
                        .body())
                .isEqualTo("{\"count\":2}");
    }

    @Test
    void noiseIsRefusedAndTheWorkerGoesOn() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < QUERIES; i++) {
            String path = "internal/candles/" + ENDPOINTS.get(random.nextInt(ENDPOINTS.size())) + "?" + noise(random);
            Api.Answer answer = internal.get(path);
            assertThat(answer.status()).as("seed %d %s", seed, path).isIn(200, 400);
            assertThat(answer.json().isObject()).isTrue();
        }
        for (String request : List.of("GET\r\n\r\n", "nonsense\r\n\r\n")) {
            try (RawConnection connection = RawConnection.open(worker.internal())) {
                connection.send(request);
                assertThat(connection.answer().status()).as(request).isEqualTo(400);
            }
        }
        assertThat(internal.get("internal/candles/extent?series_id=" + "a".repeat(9_000))
                        .status())
                .isEqualTo(414);
        // that answer ended its connection, which a client may only notice with its next request
        Api anew = new Api(HttpClient.newHttpClient(), worker.internal());
        assertThat(anew.post("internal/candles/extent", "{}").status()).isEqualTo(405);
        series.post(60);
    }

    @Test
    void connectionsPastTheBoundAreEndedAndTradersNotDisturbed() {
        List<RawConnection> crowd = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                crowd.add(RawConnection.open(worker.internal()));
            }
            assertThat(crowd.getLast().read()).isEqualTo(RawConnection.END);
            series.post(60);
        } finally {
            crowd.forEach(RawConnection::close);
        }
    }

    private static String noise(Random random) {
        StringBuilder query = new StringBuilder();
        for (String name : List.of("series_id", "since", "from", "to", "limit")) {
            if (random.nextInt(3) > 0) {
                query.append(name).append('=').append(value(random)).append('&');
            }
        }
        return query.toString();
    }

    private static String value(Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> "a:1m";
            case 1 -> Long.toString(random.nextLong());
            case 2 -> Integer.toString(random.nextInt(30_000));
            case 3 -> "";
            case 4 -> Api.encode("'; DROP TABLE candles; --");
            case 5 -> "%ff%fe%c0%80:1m";
            default -> Api.encode("x".repeat(random.nextInt(600)) + ":1m");
        };
    }
}
