package tradecanvas.load.smoke;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import tradecanvas.model.series.SeriesIdException;
import tradecanvas.model.series.Timeframe;

/**
 * The effective parameters of one smoke, read from {@code WS_SMOKE_*}. A blank variable counts as unset.
 *
 * <p>Units: Unix seconds for times, ratios 0..1. Added to the contract's list: connect ratio, p95 limit, candles, their
 * interval, settle time.
 */
record SmokeParameters(
        URI backendBase,
        URI socketUrl,
        String seriesId,
        int clients,
        int connectConcurrency,
        long since,
        Duration receiveTimeout,
        Duration httpTimeout,
        double deliveryRatioMin,
        double connectRatioMin,
        OptionalDouble p95DeliveryMsMax,
        long triggerCandleTime,
        int candles,
        Duration candleInterval,
        Duration settleTime,
        Path artifactRoot,
        String runId) {
    static final String PREFIX = "WS_SMOKE_";
    private static final String DEFAULT_SERIES = "binance:futures:BTC/USDT:1m";
    private static final long FALLBACK_STEP_SECONDS = 60;

    SmokeParameters {
        require(clients >= 1, PREFIX + "CLIENTS must be at least 1");
        require(connectConcurrency >= 1, PREFIX + "CONNECT_CONCURRENCY must be at least 1");
        require(candles >= 1, PREFIX + "CANDLES must be at least 1");
        require(!seriesId.contains("\""), PREFIX + "SERIES_ID must not hold quotes");
        require(!runId.contains("/"), PREFIX + "RUN_ID is a directory name");
    }

    /** Errors: IllegalArgumentException naming the variable and its value. */
    static SmokeParameters from(Map<String, String> environment, ZonedDateTime now) {
        Reader read = new Reader(environment);
        URI base = read.value("BACKEND_BASE", URI.create("http://127.0.0.1:8000"), URI::create);
        return new SmokeParameters(
                base,
                read.value("WS_URL", socketUrlOf(base), URI::create),
                read.value("SERIES_ID", DEFAULT_SERIES, text -> text),
                read.value("CLIENTS", 200, Integer::valueOf),
                read.value("CONNECT_CONCURRENCY", 100, Integer::valueOf),
                read.value("SINCE", 0L, Long::valueOf),
                read.value("RECEIVE_TIMEOUT_S", Duration.ofSeconds(8), SmokeParameters::seconds),
                read.value("HTTP_TIMEOUT_S", Duration.ofSeconds(8), SmokeParameters::seconds),
                read.value("MIN_DELIVERY_RATIO", 0.95, Double::valueOf),
                read.value("MIN_CONNECT_RATIO", 0.99, Double::valueOf),
                read.value(
                        "MAX_P95_DELIVERY_MS",
                        OptionalDouble.empty(),
                        text -> OptionalDouble.of(Double.parseDouble(text))),
                read.value("TRIGGER_CANDLE_TIME", Math.floorDiv(now.toEpochSecond(), 60) * 60, Long::valueOf),
                read.value("CANDLES", 1, Integer::valueOf),
                read.value("CANDLE_INTERVAL_MS", Duration.ofMillis(200), SmokeParameters::millis),
                read.value("SETTLE_MS", Duration.ZERO, SmokeParameters::millis),
                read.value("ARTIFACT_ROOT", Path.of("output/capacity"), Path::of),
                read.value("RUN_ID", runIdAt(now), text -> text));
    }

    /** Every parameter under its variable's name, in the order of the list. */
    Map<String, String> effective() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("BACKEND_BASE", backendBase.toString());
        values.put("WS_URL", socketUrl.toString());
        values.put("SERIES_ID", seriesId);
        values.put("CLIENTS", Integer.toString(clients));
        values.put("CONNECT_CONCURRENCY", Integer.toString(connectConcurrency));
        values.put("SINCE", Long.toString(since));
        values.put("RECEIVE_TIMEOUT_S", plain(receiveTimeout.toMillis() / 1_000.0));
        values.put("HTTP_TIMEOUT_S", plain(httpTimeout.toMillis() / 1_000.0));
        values.put("MIN_DELIVERY_RATIO", plain(deliveryRatioMin));
        values.put("MIN_CONNECT_RATIO", plain(connectRatioMin));
        values.put("MAX_P95_DELIVERY_MS", p95DeliveryMsMax.isPresent() ? plain(p95DeliveryMsMax.getAsDouble()) : "");
        values.put("TRIGGER_CANDLE_TIME", Long.toString(triggerCandleTime));
        values.put("CANDLES", Integer.toString(candles));
        values.put("CANDLE_INTERVAL_MS", Long.toString(candleInterval.toMillis()));
        values.put("SETTLE_MS", Long.toString(settleTime.toMillis()));
        values.put("ARTIFACT_ROOT", artifactRoot.toString());
        values.put("RUN_ID", runId);
        Map<String, String> named = new LinkedHashMap<>();
        values.forEach((name, value) -> named.put(PREFIX + name, value));
        return named;
    }

    /** Where the artifacts go. */
    Path directory() {
        return artifactRoot.resolve(runId);
    }

    /** The distance of consecutive candles; a series without a readable timeframe is taken as one of minutes. */
    long stepSeconds() {
        try {
            return Timeframe.parse(seriesId.substring(seriesId.lastIndexOf(':') + 1))
                    .seconds();
        } catch (SeriesIdException _) {
            return FALLBACK_STEP_SECONDS;
        }
    }

    /** The open time of an ingested candle. */
    long triggerTime(int index) {
        return triggerCandleTime + index * stepSeconds();
    }

    private static URI socketUrlOf(URI base) {
        String text = base.toString();
        String trimmed = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        return URI.create(trimmed.replaceFirst("^http", "ws") + "/ws/market");
    }

    private static String runIdAt(ZonedDateTime now) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss").format(now) + "-ws-readonly-smoke";
    }

    private static Duration seconds(String text) {
        return Duration.ofMillis(Math.round(Double.parseDouble(text) * 1_000));
    }

    private static Duration millis(String text) {
        return Duration.ofMillis(Long.parseLong(text));
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    private record Reader(Map<String, String> environment) {
        <T> T value(String name, T whenUnset, Function<String, T> parse) {
            String text = environment.getOrDefault(PREFIX + name, "").strip();
            if (text.isEmpty()) {
                return whenUnset;
            }
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException unreadable) {
                throw new IllegalArgumentException(PREFIX + name + " is unreadable: " + text, unreadable);
            }
        }
    }
}
