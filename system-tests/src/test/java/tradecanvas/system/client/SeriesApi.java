package tradecanvas.system.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One series of a server over HTTP, with a candle a minute. Threads: any. Errors: AssertionError for a refused post. */
public record SeriesApi(Api api, String series) {
    /** Seconds between two candles. */
    public static final long STEP_S = 60;

    private static final int PAGE = 5000;

    /** Posts one closed candle. */
    public void post(long time) {
        requireOk(api.postClosed(series, time));
    }

    /** Posts closed candles in one atomic write that is published. */
    public void postBatch(long firstTime, int count) {
        requireOk(tryPostBatch(firstTime, count));
    }

    /** As {@link #postBatch}, whatever the answer. */
    public Api.Answer tryPostBatch(long firstTime, int count) {
        String candles = IntStream.range(0, count)
                .mapToObj(i -> Api.candle(firstTime + i * STEP_S))
                .collect(Collectors.joining(","));
        return api.post(
                "api/dev/market/ingest/candles_closed_batch",
                "{\"series_id\":\"" + series + "\",\"publish_ws\":true,\"candles\":[" + candles + "]}");
    }

    /** Shows a forming candle that can be told from others of its time by its volume. */
    public void postForming(long time, int volume) {
        requireOk(api.post(
                "api/market/ingest/candle_forming",
                "{\"series_id\":\"" + series + "\",\"candle\":{\"candle_time\":" + time
                        + ",\"open\":1,\"high\":1,\"low\":1,\"close\":1,\"volume\":" + volume + "}}"));
    }

    /** Every stored candle after a time, 0 or later, page by page. */
    public List<JsonNode> stored(long since) {
        List<JsonNode> candles = new ArrayList<>();
        List<JsonNode> page = page(since);
        while (!page.isEmpty()) {
            candles.addAll(page);
            page = page(page.getLast().get("candle_time").longValue());
        }
        return candles;
    }

    private List<JsonNode> page(long since) {
        Api.Answer answer =
                api.get("api/market/candles?series_id=" + Api.encode(series) + "&since=" + since + "&limit=" + PAGE);
        requireOk(answer);
        List<JsonNode> candles = new ArrayList<>();
        answer.json().get("candles").forEach(candles::add);
        return candles;
    }

    private static void requireOk(Api.Answer answer) {
        if (answer.status() != 200) {
            throw new AssertionError(answer.status() + " " + answer.body());
        }
    }
}
