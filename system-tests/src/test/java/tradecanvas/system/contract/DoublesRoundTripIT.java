package tradecanvas.system.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tradecanvas.system.client.Api;
import tradecanvas.system.client.MarketSocket;

class DoublesRoundTripIT {
    private static final int CANDLES = 500;

    private final Api api = SharedServer.api();
    private final String series = SharedServer.series();

    @ParameterizedTest
    @ValueSource(
            doubles = {
                0.0,
                4.9e-324,
                -4.9e-324,
                2.225073858507201e-308,
                2.2250738585072014e-308,
                1e308,
                1.7976931348623157e308,
                -1.7976931348623157e308,
                0.1,
                0.30000000000000004,
                1.0 / 3,
                123626783.6826,
                5e-8,
                1e-5,
                1e-4,
                1e15,
                1e16,
                1e17,
                1e21,
                1e22,
                1e23,
                9007199254740992.0,
                9.007199254740991e15,
                4.35
            })
    void doubleComesBackBitwise(double value) {
        String candle = "{\"candle_time\":100,\"open\":" + value + ",\"high\":" + value + ",\"low\":" + value
                + ",\"close\":" + value + ",\"volume\":" + value + "}";
        try (MarketSocket socket = SharedServer.socket()) {
            socket.subscribe(series, null, true);
            assertThat(socket.untilNow()).isEmpty();

            assertThat(api.post(Wire.POST_CLOSED, Wire.post(series, candle)).status())
                    .isEqualTo(200);

            assertBits(message(socket).get("candle"), value, value, value, value, value);
        }
        assertBits(read().get(0), value, value, value, value, value);
    }

    @ParameterizedTest
    @CsvSource({
        "0.1000000000000000055511151231257827, 0.1",
        "100000000000000000000, 1.0E20",
        "12345678901234567890123, 1.2345678901234568E22",
        "1e-400, 0.0",
        "179769313486231570000000000000000000000000000000e261, 1.7976931348623157E308",
        "0.000000000000000000000000000000049406564584124654e-292, 4.9E-324",
        "2.22507385850720113605740979670913197593481954635164564e-308, 2.225073858507201E-308",
        "9007199254740992.99999999999999999, 9007199254740992",
        "1.00000000000000011102230246251565404, 1.0",
        "1.00000000000000011102230246251565405, 1.0000000000000002",
    })
    void longTextIsReadAsTheNearestDouble(String text, double value) {
        String candle = "{\"candle_time\":100,\"open\":" + text + ",\"high\":1,\"low\":1,\"close\":1,\"volume\":\""
                + text + "\"}";

        assertThat(api.post(Wire.POST_CLOSED, Wire.post(series, candle)).status())
                .isEqualTo(200);

        assertBits(read().get(0), value, 1, 1, 1, value);
    }

    /** SQLite keeps a whole number as an integer, which has no negative zero. */
    @ParameterizedTest
    @ValueSource(strings = {"-0.0", "-0", "-1e-400"})
    void negativeZeroIsZero(String text) {
        String candle = "{\"candle_time\":100,\"open\":" + text + ",\"high\":1,\"low\":1,\"close\":1,\"volume\":1}";
        try (MarketSocket socket = SharedServer.socket()) {
            socket.subscribe(series, null, true);
            assertThat(socket.untilNow()).isEmpty();

            assertThat(api.post(Wire.POST_CLOSED, Wire.post(series, candle)).status())
                    .isEqualTo(200);

            assertBits(message(socket).get("candle"), 0.0, 1, 1, 1, 1);
        }
        assertBits(read().get(0), 0.0, 1, 1, 1, 1);
    }

    @Test
    void anyDoublesComeBackBitwiseByHttpAndBySocket() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        double[][] rows = new double[CANDLES][];
        StringBuilder body = new StringBuilder("{\"series_id\":\"" + series + "\",\"publish_ws\":true,\"candles\":[");
        for (int i = 0; i < CANDLES; i++) {
            rows[i] = DoubleStream.generate(() -> anyDouble(random)).limit(5).toArray();
            body.append(i == 0 ? "" : ",").append(candle(60L * i, rows[i]));
        }
        try (MarketSocket socket = SharedServer.socket()) {
            socket.subscribe(series, null, true);
            assertThat(socket.untilNow()).isEmpty();

            assertThat(api.post(Wire.POST_BATCH, body + "]}").status()).isEqualTo(200);

            JsonNode pushed = message(socket).get("candles");
            JsonNode read = read();
            for (int i = 0; i < CANDLES; i++) {
                assertThat(pushed.get(i).get("candle_time").longValue())
                        .as("seed %d", seed)
                        .isEqualTo(60L * i);
                assertBits(pushed.get(i), rows[i]);
                assertBits(read.get(i), rows[i]);
            }
        }
    }

    /** Every finite bit pattern is as likely as any other. */
    private static double anyDouble(Random random) {
        double value = Double.NaN;
        while (!Double.isFinite(value)) {
            value = Double.longBitsToDouble(random.nextLong());
        }
        return value;
    }

    private static String candle(long time, double[] row) {
        return "{\"candle_time\":" + time + ",\"open\":" + row[0] + ",\"high\":" + row[1] + ",\"low\":" + row[2]
                + ",\"close\":" + row[3] + ",\"volume\":" + row[4] + "}";
    }

    private JsonNode read() {
        return api.get("api/market/candles?series_id=" + series).json().get("candles");
    }

    private static JsonNode message(MarketSocket socket) {
        return Api.json(socket.next());
    }

    private static void assertBits(JsonNode candle, double... expected) {
        String[] fields = {"open", "high", "low", "close", "volume"};
        for (int i = 0; i < fields.length; i++) {
            assertThat(Double.doubleToRawLongBits(candle.get(fields[i]).doubleValue()))
                    .as("%s of %s", fields[i], candle)
                    .isEqualTo(Double.doubleToRawLongBits(expected[i]));
        }
    }
}
