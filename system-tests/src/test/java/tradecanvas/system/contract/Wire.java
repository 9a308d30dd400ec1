package tradecanvas.system.contract;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import tradecanvas.system.client.Api;

/** The texts of the contract, byte by byte; a candle is the one that {@link Api#candle} makes of its time. */
final class Wire {
    static final String POST_CLOSED = "api/market/ingest/candle_closed";
    static final String POST_FORMING = "api/market/ingest/candle_forming";
    static final String POST_BATCH = "api/dev/market/ingest/candles_closed_batch";

    private Wire() {}

    static String closed(String series, long time) {
        return closed(series, Api.candle(time));
    }

    static String closed(String series, String candle) {
        return "{\"type\":\"candle_closed\",\"series_id\":\"" + series + "\",\"candle\":" + candle + "}";
    }

    /** One message a candle. */
    static List<String> singles(String series, long... times) {
        return Arrays.stream(times).mapToObj(time -> closed(series, time)).toList();
    }

    static String batch(String series, long... times) {
        return "{\"type\":\"candles_batch\",\"series_id\":\"" + series + "\",\"candles\":" + candles(times) + "}";
    }

    static String forming(String series, long time) {
        return "{\"type\":\"candle_forming\",\"series_id\":\"" + series + "\",\"candle\":" + Api.candle(time) + "}";
    }

    static String gap(String series, long expected, long actual) {
        return "{\"type\":\"gap\",\"series_id\":\"" + series + "\",\"expected_next_time\":" + expected
                + ",\"actual_time\":" + actual + "}";
    }

    static String badRequest(String message) {
        return "{\"type\":\"error\",\"code\":\"bad_request\",\"message\":\"" + message + "\"}";
    }

    static String badSeries(String series) {
        return "{\"type\":\"error\",\"code\":\"bad_request\",\"message\":\"invalid series_id\",\"series_id\":\""
                + series + "\"}";
    }

    static String capacity(String message, String series) {
        return "{\"type\":\"error\",\"code\":\"capacity\",\"message\":\"" + message + "\",\"series_id\":\"" + series
                + "\"}";
    }

    /** The answer of {@code GET /api/market/candles}. */
    static String page(String series, @Nullable Long head, long... times) {
        return "{\"series_id\":\"" + series + "\",\"server_head_time\":" + head + ",\"candles\":" + candles(times)
                + "}";
    }

    /** The body that posts one candle. */
    static String post(String series, String candle) {
        return "{\"series_id\":\"" + series + "\",\"candle\":" + candle + "}";
    }

    static String post(String series, long time) {
        return post(series, Api.candle(time));
    }

    /** The body that posts a batch. */
    static String postBatch(String series, boolean publish, long... times) {
        return "{\"series_id\":\"" + series + "\",\"candles\":" + candles(times) + ",\"publish_ws\":" + publish + "}";
    }

    /** The answer to one posted candle. */
    static String accepted(String series, long time) {
        return "{\"ok\":true,\"series_id\":\"" + series + "\",\"candle_time\":" + time + "}";
    }

    static String refused(String detail) {
        return "{\"detail\":\"" + detail + "\"}";
    }

    /** So many times, a minute apart. */
    static long[] minutes(long first, int count) {
        return LongStream.range(0, count).map(i -> first + 60 * i).toArray();
    }

    private static String candles(long... times) {
        return Arrays.stream(times).mapToObj(Api::candle).collect(Collectors.joining(",", "[", "]"));
    }
}
