package tradecanvas.system.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tradecanvas.system.client.Api;

class QueryValidationIT {
    private static final String NO_INTEGER = "Input should be a valid integer, unable to parse string as an integer";

    private final Api api = SharedServer.api();

    /** A request that is refused, and the one entry of its answer. */
    record Refusal(String request, String type, String parameter, String message, String input, String context) {
        static Refusal of(String request, String type, String parameter, String message, String input) {
            return new Refusal(request, type, parameter, message, "\"" + input + "\"", "");
        }

        Refusal withContext(String json) {
            return new Refusal(request, type, parameter, message, input, ",\"ctx\":" + json);
        }

        String body() {
            return "{\"detail\":[" + entry() + "]}";
        }

        String entry() {
            return "{\"type\":\"" + type + "\",\"loc\":[\"query\",\"" + parameter + "\"],\"msg\":\"" + message
                    + "\",\"input\":" + input + context + "}";
        }
    }

    private static Refusal missing(String request, String parameter) {
        return new Refusal(request, "missing", parameter, "Field required", "null", "");
    }

    private static Refusal empty(String request, String parameter) {
        return Refusal.of(request, "string_too_short", parameter, "String should have at least 1 character", "")
                .withContext("{\"min_length\":1}");
    }

    private static Refusal noInteger(String request, String parameter, String input) {
        return Refusal.of(request, "int_parsing", parameter, NO_INTEGER, input);
    }

    private static Refusal tooSmall(String request, String parameter, String input, int bound) {
        String message = "Input should be greater than or equal to " + bound;
        return Refusal.of(request, "greater_than_equal", parameter, message, input)
                .withContext("{\"ge\":" + bound + "}");
    }

    private static Refusal tooLarge(String request, String parameter, String input, int bound) {
        String message = "Input should be less than or equal to " + bound;
        return Refusal.of(request, "less_than_equal", parameter, message, input).withContext("{\"le\":" + bound + "}");
    }

    static List<Refusal> refusals() {
        String candles = "api/market/candles?";
        String health = "api/market/health?";
        String seriesHealth = "api/market/debug/series_health?";
        String id = "series_id=a:b:c:1m&";
        return List.of(
                missing(candles, "series_id"),
                missing(candles + "SERIES_ID=x", "series_id"),
                empty(candles + "series_id=", "series_id"),
                empty(candles + "series_id", "series_id"),
                empty(candles + "series_id=x&series_id=", "series_id"),
                noInteger(candles + id + "since=", "since", ""),
                noInteger(candles + id + "since", "since", ""),
                noInteger(candles + id + "since=null", "since", "null"),
                noInteger(candles + id + "since=1.5", "since", "1.5"),
                noInteger(candles + id + "since=1e3", "since", "1e3"),
                noInteger(candles + id + "since=0x10", "since", "0x10"),
                noInteger(candles + id + "since=true", "since", "true"),
                noInteger(candles + id + "since=%D9%A3", "since", "\\u0663"),
                noInteger(candles + id + "since=5&since=five", "since", "five"),
                tooSmall(candles + id + "since=-1", "since", "-1", 0),
                noInteger(candles + id + "limit=", "limit", ""),
                noInteger(candles + id + "limit=ten", "limit", "ten"),
                noInteger(candles + id + "limit=%00", "limit", "\\u0000"),
                noInteger(candles + id + "limit=%22%5C", "limit", "\\\"\\\\"),
                tooSmall(candles + id + "limit=0", "limit", "0", 1),
                tooSmall(candles + id + "limit=-5", "limit", "-5", 1),
                tooLarge(candles + id + "limit=5001", "limit", "5001", 5000),
                tooLarge(candles + id + "limit=999999999999", "limit", "999999999999", 5000),
                missing(health + "now_time=5", "series_id"),
                empty(health + "series_id=", "series_id"),
                noInteger(health + id + "now_time=now", "now_time", "now"),
                tooSmall(health + id + "now_time=-1", "now_time", "-1", 0),
                missing(seriesHealth, "series_id"),
                empty(seriesHealth + "series_id=", "series_id"),
                tooSmall(seriesHealth + id + "max_recent_gaps=0", "max_recent_gaps", "0", 1),
                tooLarge(seriesHealth + id + "max_recent_gaps=51", "max_recent_gaps", "51", 50),
                noInteger(seriesHealth + id + "max_recent_gaps=", "max_recent_gaps", ""),
                tooSmall(seriesHealth + id + "recent_base_buckets=0", "recent_base_buckets", "0", 1),
                tooLarge(seriesHealth + id + "recent_base_buckets=49", "recent_base_buckets", "49", 48),
                noInteger(seriesHealth + id + "recent_base_buckets=x", "recent_base_buckets", "x"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void valueIsRefusedWithItsReason(Refusal refusal) {
        Api.Answer answer = api.get(refusal.request());

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).isEqualTo(refusal.body());
    }

    @Test
    void integerBeyond64BitsIsRefused() {
        Api.Answer answer = api.get("api/market/candles?series_id=x&since=9223372036854775808");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/detail/0/loc").toString()).isEqualTo("[\"query\",\"since\"]");
    }

    @Test
    void allRefusedValuesAreListedInTheOrderOfTheParameters() {
        assertThat(api.get("api/market/candles?limit=0&since=x").body())
                .isEqualTo("{\"detail\":["
                        + missing("", "series_id").entry() + ","
                        + noInteger("", "since", "x").entry() + ","
                        + tooSmall("", "limit", "0", 1).entry() + "]}");
        assertThat(api.get("api/market/debug/series_health?recent_base_buckets=0&max_recent_gaps=99")
                        .body())
                .isEqualTo("{\"detail\":["
                        + missing("", "series_id").entry() + ","
                        + tooLarge("", "max_recent_gaps", "99", 50).entry() + ","
                        + tooSmall("", "recent_base_buckets", "0", 1).entry() + "]}");
    }
}
