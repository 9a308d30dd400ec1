package tradecanvas.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tradecanvas.model.series.SeriesId;
import tradecanvas.model.wire.ServerMessageCodec;

class ClientMessageCodecTest {
    @Test
    void subscribeTakesItsOptionalFieldsWhereTheyAreGiven() {
        assertThat(
                        ClientMessageCodec.decode(
                                "{\"type\":\"subscribe\",\"series_id\":\"a:1m\",\"since\":100,\"supports_batch\":true,\"x\":1}"))
                .isEqualTo(new ClientMessage.Subscribe(SeriesId.parse("a:1m"), 100L, true));
        assertThat(ClientMessageCodec.decode(
                        "{\"type\":\"subscribe\",\"series_id\":\"a:1m\",\"since\":null,\"supports_batch\":null}"))
                .isEqualTo(new ClientMessage.Subscribe(SeriesId.parse("a:1m"), null, false));
    }

    @Test
    void timesBeyond64BitsMeanTheOutermostTime() {
        assertThat(ClientMessageCodec.decode(
                        "{\"type\":\"subscribe\",\"series_id\":\"a:1m\",\"since\":99999999999999999999}"))
                .isEqualTo(new ClientMessage.Subscribe(SeriesId.parse("a:1m"), Long.MAX_VALUE, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '~',
            value = {
                "[] # invalid message envelope",
                "1 # invalid message envelope",
                "null # invalid message envelope",
                "~~ # invalid message envelope",
                "{} {} # invalid message envelope",
                "{\"type\" # invalid message envelope",
                "{} # missing message type",
                "{\"type\":1} # missing message type",
                "{\"type\":\"\"} # missing message type",
                "{\"type\":\"x\"} # unknown message type: x",
                "{\"type\":\"subscribe\"} # missing series_id",
                "{\"type\":\"subscribe\",\"series_id\":1} # missing series_id",
                "{\"type\":\"subscribe\",\"series_id\":\"a:1m\",\"since\":1.0} # invalid since",
                "{\"type\":\"subscribe\",\"series_id\":\"a:1m\",\"since\":1e3} # invalid since",
                "{\"type\":\"subscribe\",\"series_id\":\"a:1m\",\"since\":true} # invalid since",
                "{\"type\":\"subscribe\",\"series_id\":\"a:1m\",\"since\":\"1\"} # invalid since",
                "{\"type\":\"subscribe\",\"series_id\":\"a:1m\",\"supports_batch\":1} # invalid supports_batch",
                "{\"type\":\"subscribe\",\"series_id\":\"foo\",\"since\":true} # invalid since",
            })
    void refusalsComeInTheOrderOfTheContract(String text, String message) {
        assertThat(answer(text))
                .isEqualTo("{\"type\":\"error\",\"code\":\"bad_request\",\"message\":\"" + message + "\"}");
    }

    @Test
    void idThatIsNoSeriesIsRefusedByName() {
        assertThat(answer("{\"type\":\"subscribe\",\"series_id\":\"foo\"}"))
                .isEqualTo("{\"type\":\"error\",\"code\":\"bad_request\",\"message\":\"invalid series_id\","
                        + "\"series_id\":\"foo\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":\"unsubscribe\"}", "{\"type\":\"unsubscribe\",\"series_id\":7}"})
    void unsubscribeThatNamesNothingIsIgnored(String text) {
        assertThat(ClientMessageCodec.decode(text)).isEqualTo(new ClientMessage.Nothing());
    }

    @Test
    void nestingWithoutEndIsRefused() {
        assertThat(ClientMessageCodec.decode("[".repeat(60_000))).isEqualTo(ClientMessageCodec.notAnObject());
    }

    private static String answer(String text) {
        return ClientMessageCodec.decode(text) instanceof ClientMessage.Refused refused
                ? new String(ServerMessageCodec.encode(refused.answer()), StandardCharsets.UTF_8)
                : "not refused";
    }
}
