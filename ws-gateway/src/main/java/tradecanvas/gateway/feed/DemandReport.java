package tradecanvas.gateway.feed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tradecanvas.model.wire.JsonBuffer;

/**
 * What the worker must be told of the series that are watched here: changes at once, all of it now and then, since a lease
 * ends when it is not renewed. Owner: the feed's event loop.
 */
final class DemandReport {
    /** Series of one message. */
    static final int SERIES_MAX = 1_000;

    /** Three renewals may be lost. */
    static final int TTL_MS = 15_000;

    private static final long RENEW_NANOS = 4_000_000_000L;
    private static final int BYTES_PER_SERIES = 48;

    private Map<String, Integer> told = Map.of();
    private long renewedAt;
    private boolean renewalDue = true;

    /** The worker may have forgotten everything: all is told again. */
    void restart() {
        renewalDue = true;
    }

    /**
     * The messages to send now.
     *
     * @param watchers subscriptions of each watched series
     * @param now nanoseconds of a monotonic clock
     */
    List<String> messages(Map<String, Integer> watchers, long now) {
        boolean renew = renewalDue || now - renewedAt >= RENEW_NANOS;
        Map<String, Integer> news = new HashMap<>();
        watchers.forEach((series, count) -> {
            if (renew || !count.equals(told.get(series))) {
                news.put(series, count);
            }
        });
        for (String series : told.keySet()) {
            if (!watchers.containsKey(series)) {
                news.put(series, 0);
            }
        }
        if (renew) {
            renewedAt = now;
            renewalDue = false;
        }
        told = watchers;
        return encode(news);
    }

    private static List<String> encode(Map<String, Integer> news) {
        List<String> messages = new ArrayList<>();
        JsonBuffer json = new JsonBuffer(Math.min(news.size(), SERIES_MAX) * BYTES_PER_SERIES);
        int count = 0;
        for (Map.Entry<String, Integer> series : news.entrySet()) {
            json.ascii(count == 0 ? "{\"type\":\"demand\",\"ttl_ms\":" + TTL_MS + ",\"series\":{" : ",")
                    .asciiString(series.getKey())
                    .ascii(":")
                    .number(series.getValue().longValue());
            if (++count == SERIES_MAX) {
                messages.add(end(json));
                count = 0;
            }
        }
        if (count > 0) {
            messages.add(end(json));
        }
        return messages;
    }

    private static String end(JsonBuffer json) {
        String message = new String(json.ascii("}}").toByteArray(), java.nio.charset.StandardCharsets.US_ASCII);
        json.clear();
        return message;
    }
}
