package tradecanvas.ingest.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayMessageCodecTest {
    @Test
    void messagesAreReadInAnyOrderOfTheirFields() throws InvalidGatewayMessageException {
        assertThat(GatewayMessageCodec.read("{\"type\":\"events\",\"on\":true}"))
                .isEqualTo(new GatewayMessage.Events(true));
        assertThat(GatewayMessageCodec.read("{\"on\":false,\"later\":{\"a\":[1]},\"type\":\"events\"}"))
                .isEqualTo(new GatewayMessage.Events(false));
        assertThat(GatewayMessageCodec.read(
                        "{\"series\":{\"\\u00fc:1m\":3,\"b:1h\":0},\"ttl_ms\":15000,\"type\":\"demand\"}"))
                .isEqualTo(new GatewayMessage.Demand(15_000, Map.of("\u00fc:1m", 3, "b:1h", 0)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x|not JSON",
                "``|not an object",
                "[]|not an object",
                "{|not JSON",
                "{} {}|more than an object",
                "{}|type is neither events nor demand",
                "{\"type\":{}}|type is no text",
                "{\"type\":\"events\"}|on is no boolean",
                "{\"type\":\"events\",\"on\":[]}|on is no boolean",
                "{\"type\":\"demand\",\"ttl_ms\":1000}|series is missing",
                "{\"type\":\"demand\",\"series\":{}}|ttl_ms is missing",
                "{\"type\":\"demand\",\"series\":[]}|series is no object",
                "{\"type\":\"demand\",\"ttl_ms\":999,\"series\":{}}|ttl_ms is no integer of 1000..600000",
                "{\"type\":\"demand\",\"ttl_ms\":600001,\"series\":{}}|ttl_ms is no integer of 1000..600000",
                "{\"type\":\"demand\",\"ttl_ms\":1e4,\"series\":{}}|ttl_ms is no integer of 1000..600000",
                "{\"ttl_ms\":99999999999999999999}|ttl_ms is no integer of 1000..600000",
                "{\"series\":{\"a:1m\":-1}}|watchers is no integer of 0..2147483647",
                "{\"series\":{\"a:1m\":{}}}|watchers is no integer of 0..2147483647",
                "{\"series\":{\"a\":1}}|series has a name that is no series id",
                "[[[[[[[[[[[[]]]]]]]]]]]]|not an object",
                "{\"x\":[[[[[[[[[[[[]]]]]]]]]]]]}|not JSON"
            })
    void whatCannotBeUnderstoodIsRefused(String text, String reason) {
        assertThatThrownBy(() -> GatewayMessageCodec.read(text))
                .isInstanceOf(InvalidGatewayMessageException.class)
                .hasMessage(reason);
    }

    @Test
    void seriesOfAMessageAreBounded() throws InvalidGatewayMessageException {
        GatewayMessageCodec.read(demand(GatewayMessageCodec.SERIES_MAX));
        assertThatThrownBy(() -> GatewayMessageCodec.read(demand(GatewayMessageCodec.SERIES_MAX + 1)))
                .hasMessage("more than 1000 series");
    }

    private static String demand(int series) {
        return IntStream.range(0, series)
                .mapToObj(i -> "\"s" + i + ":1m\":1")
                .collect(Collectors.joining(",", "{\"type\":\"demand\",\"ttl_ms\":1000,\"series\":{", "}}"));
    }
}
