package tradecanvas.gateway.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemandReportTest {
    private static final long SECOND = 1_000_000_000L;

    private final DemandReport demand = new DemandReport();

    @Test
    void changesAreToldAtOnceAndEverythingNowAndThen() {
        assertThat(demand.messages(Map.of("a:1m", 2), 0)).containsExactly(message("\"a:1m\":2"));
        assertThat(demand.messages(Map.of("a:1m", 2), SECOND)).isEmpty();
        assertThat(demand.messages(Map.of("a:1m", 3), SECOND)).containsExactly(message("\"a:1m\":3"));
        assertThat(demand.messages(Map.of("a:1m", 3), 4 * SECOND)).containsExactly(message("\"a:1m\":3"));
    }

    @Test
    void endOfASeriesIsTold() {
        demand.messages(Map.of("a:1m", 2), 0);
        assertThat(demand.messages(Map.of(), 1)).containsExactly(message("\"a:1m\":0"));
        assertThat(demand.messages(Map.of(), 2)).isEmpty();
    }

    @Test
    void newConnectionIsToldEverything() {
        demand.messages(Map.of("交:1m", 2), 0);
        demand.restart();
        assertThat(demand.messages(Map.of("交:1m", 2), 1)).containsExactly(message("\"\\u4ea4:1m\":2"));
    }

    @Test
    void manySeriesAreToldInSeveralMessages() {
        Map<String, Integer> many = new HashMap<>();
        for (int i = 0; i < 2 * DemandReport.SERIES_MAX + 1; i++) {
            many.put("s" + i + ":1m", 1);
        }
        List<String> messages = demand.messages(many, 0);
        assertThat(messages).hasSize(3);
        assertThat(messages).allMatch(text -> text.startsWith("{\"type\":\"demand\",") && text.endsWith("}}"));
    }

    private static String message(String series) {
        return "{\"type\":\"demand\",\"ttl_ms\":15000,\"series\":{" + series + "}}";
    }
}
