package tradecanvas.system.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tradecanvas.system.client.Api;

class BodyValidationIT {
    private static final String GOOD = Api.candle(100);
    private static final String NO_OBJECT = "Input should be a valid dictionary or object to extract fields from";

    private final Api api = SharedServer.api();

    /** A body that is refused, and the answer. */
    record Refusal(String path, String body, List<String> entries) {
        Refusal(String path, String body, String... entries) {
            this(path, body, List.of(entries));
        }

        @Override
        public String toString() {
            return path + " " + body;
        }

        String answer() {
            return "{\"detail\":[" + String.join(",", entries) + "]}";
        }
    }

    private static String entry(String type, String location, String message, String input) {
        return "{\"type\":\"" + type + "\",\"loc\":[\"body\"" + location + "],\"msg\":\"" + message + "\",\"input\":"
                + input + "}";
    }

    private static String missing(String location, String enclosing) {
        return entry("missing", location, "Field required", enclosing);
    }

    static List<Refusal> refusals() {
        List<Refusal> refusals = new ArrayList<>();
        for (String path : List.of(Wire.POST_CLOSED, Wire.POST_FORMING)) {
            refusals.add(new Refusal(path, "{}", missing(",\"series_id\"", "{}"), missing(",\"candle\"", "{}")));
            refusals.add(new Refusal(
                    path, "{\"candle\":" + GOOD + "}", missing(",\"series_id\"", "{\"candle\":" + GOOD + "}")));
            refusals.add(new Refusal(
                    path,
                    "{\"series_id\":5,\"candle\":[]}",
                    entry("string_type", ",\"series_id\"", "Input should be a valid string", "5"),
                    entry("model_attributes_type", ",\"candle\"", NO_OBJECT, "[]")));
            refusals.add(new Refusal(
                    path,
                    "{\"series_id\":null,\"candle\":null}",
                    entry("string_type", ",\"series_id\"", "Input should be a valid string", "null"),
                    entry("model_attributes_type", ",\"candle\"", NO_OBJECT, "null")));
            refusals.add(new Refusal(path, "[1,2]", entry("model_attributes_type", "", NO_OBJECT, "[1,2]")));
            refusals.add(new Refusal(path, "\"text\"", entry("model_attributes_type", "", NO_OBJECT, "\"text\"")));
            refusals.add(new Refusal(path, "5", entry("model_attributes_type", "", NO_OBJECT, "5")));
            refusals.add(new Refusal(path, "", missing("", "null")));
        }
        String batch = Wire.POST_BATCH;
        refusals.add(new Refusal(
                batch,
                "{\"publish_ws\":2}",
                missing(",\"series_id\"", "{\"publish_ws\":2}"),
                missing(",\"candles\"", "{\"publish_ws\":2}"),
                entry(
                        "bool_parsing",
                        ",\"publish_ws\"",
                        "Input should be a valid boolean, unable to interpret input",
                        "2")));
        refusals.add(new Refusal(
                batch,
                "{\"series_id\":\"a:b:c:1m\",\"candles\":[]}",
                "{\"type\":\"too_short\",\"loc\":[\"body\",\"candles\"],"
                        + "\"msg\":\"List should have at least 1 item after validation, not 0\",\"input\":[],"
                        + "\"ctx\":{\"field_type\":\"List\",\"min_length\":1,\"actual_length\":0}}"));
        refusals.add(new Refusal(
                batch,
                "{\"series_id\":\"a:b:c:1m\",\"candles\":{}}",
                entry("list_type", ",\"candles\"", "Input should be a valid list", "{}")));
        refusals.add(new Refusal(
                batch,
                "{\"series_id\":\"a:b:c:1m\",\"candles\":[7," + GOOD + ",{\"candle_time\":1}],\"publish_ws\":[]}",
                entry("model_attributes_type", ",\"candles\",0", NO_OBJECT, "7"),
                missing(",\"candles\",2,\"open\"", "{\"candle_time\":1}"),
                missing(",\"candles\",2,\"high\"", "{\"candle_time\":1}"),
                missing(",\"candles\",2,\"low\"", "{\"candle_time\":1}"),
                missing(",\"candles\",2,\"close\"", "{\"candle_time\":1}"),
                missing(",\"candles\",2,\"volume\"", "{\"candle_time\":1}"),
                entry("bool_type", ",\"publish_ws\"", "Input should be a valid boolean", "[]")));
        return refusals;
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void bodyIsRefusedWithItsReasonsInTheOrderOfTheFields(Refusal refusal) {
        Api.Answer answer = api.post(refusal.path(), refusal.body());

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).isEqualTo(refusal.answer());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.5 | int_from_float | Input should be a valid integer, got a number with a fractional part",
                "\"ten\" | int_parsing | Input should be a valid integer, unable to parse string as an integer",
                "\"\" | int_parsing | Input should be a valid integer, unable to parse string as an integer",
                "\"1.5\" | int_parsing | Input should be a valid integer, unable to parse string as an integer",
                "null | int_type | Input should be a valid integer",
                "[1] | int_type | Input should be a valid integer",
                "{\"a\":1} | int_type | Input should be a valid integer",
                "true | int_type | Input should be a valid integer",
                "false | int_type | Input should be a valid integer",
            })
    void timeIsAnInteger(String value, String type, String message) {
        assertRefused(
                GOOD.replace("\"candle_time\":100", "\"candle_time\":" + value), type, "candle_time", message, value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"high\" | float_parsing | Input should be a valid number, unable to parse string as a number",
                "\"\" | float_parsing | Input should be a valid number, unable to parse string as a number",
                "\"1,5\" | float_parsing | Input should be a valid number, unable to parse string as a number",
                "null | float_type | Input should be a valid number",
                "[] | float_type | Input should be a valid number",
                "{} | float_type | Input should be a valid number",
                "true | float_type | Input should be a valid number",
                "1e999 | finite_number | Input should be a finite number",
                "\"NaN\" | finite_number | Input should be a finite number",
                "\"-inf\" | finite_number | Input should be a finite number",
            })
    void priceIsAFiniteNumber(String value, String type, String message) {
        assertRefused(GOOD.replace("\"high\":112.0", "\"high\":" + value), type, "high", message, value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity"})
    void numbersThatJsonDoesNotHaveAreNotFinite(String value) {
        assertRefused(
                GOOD.replace("\"volume\":10.0", "\"volume\":" + value),
                "finite_number",
                "volume",
                "Input should be a finite number",
                "\"" + value + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "-9223372036854775809", "1e19", "123456789012345678901234567890"})
    void timeBeyond64BitsIsRefused(String value) {
        Api.Answer answer = api.post(
                Wire.POST_CLOSED,
                Wire.post("a:b:c:1m", GOOD.replace("\"candle_time\":100", "\"candle_time\":" + value)));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/detail/0/loc").toString()).isEqualTo("[\"body\",\"candle\",\"candle_time\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "text/json", "application/octet-stream"})
    void bodyThatIsNotSaidToBeJsonIsText(String contentType) {
        String answer = post(contentType, "{\"a\":1}");

        assertThat(answer)
                .isEqualTo("{\"detail\":[" + entry("model_attributes_type", "", NO_OBJECT, "\"{\\\"a\\\":1}\"") + "]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=utf-8", "APPLICATION/JSON", "application/vnd.candles+json"})
    void everyJsonTypeIsJson(String contentType) {
        assertThat(post(contentType, "{\"series_id\":\"a:b:c:1m\"}"))
                .isEqualTo("{\"detail\":[" + missing(",\"candle\"", "{\"series_id\":\"a:b:c:1m\"}") + "]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | 1",
                "{\"a\":} | 5",
                "{\"ä€\":} | 6",
                "{\"a\":1,} | 7",
                "{} x | 3",
                "nonsense | 0",
                "{'a':1} | 1",
                "{\"a\":1 | 6",
            })
    void whatIsNoJsonIsToldByItsPlace(String body, int offset) {
        Api.Answer answer = api.post(Wire.POST_CLOSED, body);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/detail").size()).isEqualTo(1);
        assertThat(answer.body())
                .startsWith("{\"detail\":[{\"type\":\"json_invalid\",\"loc\":[\"body\",")
                .contains("],\"msg\":\"JSON decode error\",\"input\":{},\"ctx\":{\"error\":\"");
        assertThat(answer.json().at("/detail/0/loc/1").intValue()).isBetween(offset, body.length());
    }

    @Test
    void ofRepeatedFieldsTheLastCounts() {
        String series = SharedServer.series();

        assertThat(api.post(
                                Wire.POST_CLOSED,
                                "{\"series_id\":1,\"series_id\":\"" + series + "\",\"candle\":2,\"candle\":" + GOOD
                                        + "}")
                        .body())
                .isEqualTo(Wire.accepted(series, 100));
    }

    private void assertRefused(String candle, String type, String field, String message, String input) {
        Api.Answer answer = api.post(Wire.POST_CLOSED, Wire.post("a:b:c:1m", candle));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body())
                .isEqualTo("{\"detail\":[" + entry(type, ",\"candle\",\"" + field + "\"", message, input) + "]}");
    }

    private String post(String contentType, String body) {
        HttpRequest request = HttpRequest.newBuilder(
                        SharedServer.server().http().resolve(Wire.POST_CLOSED))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return api.send(request).body();
    }
}
