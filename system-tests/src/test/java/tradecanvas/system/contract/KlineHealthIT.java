package tradecanvas.system.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tradecanvas.system.client.Api;

class KlineHealthIT {
    private static final String NO_BACKFILL = "{\"state\":\"idle\",\"progress_pct\":100.0,\"started_at\":null,"
            + "\"updated_at\":null,\"reason\":null,\"note\":null,\"error\":null,\"recent\":false,"
            + "\"start_missing_seconds\":0,\"start_missing_candles\":0,"
            + "\"current_missing_seconds\":0,\"current_missing_candles\":0}";

    private final Api api = SharedServer.api();
    private final String series = SharedServer.series();

    /** What is expected of one moment; null without a head. */
    private record Expected(
            long now,
            long latestClosed,
            @Nullable Long head,
            @Nullable Long lag,
            @Nullable Long missingSeconds,
            @Nullable Long missingCandles,
            String status,
            String reason) {
        String body(String series, int timeframe) {
            return "{\"series_id\":\"" + series + "\",\"timeframe_seconds\":" + timeframe + ",\"now_time\":" + now
                    + ",\"expected_latest_closed_time\":" + latestClosed + ",\"head_time\":" + head
                    + ",\"lag_seconds\":" + lag + ",\"missing_seconds\":" + missingSeconds + ",\"missing_candles\":"
                    + missingCandles + ",\"status\":\"" + status + "\",\"status_reason\":\"" + reason
                    + "\",\"backfill\":" + NO_BACKFILL + "}";
        }
    }

    @Test
    void seriesWithoutCandlesIsRed() {
        assertThat(health(series, 1_000_030))
                .isEqualTo(new Expected(1_000_030, 999_960, null, null, null, null, "red", "missing_head")
                        .body(series, 60));
    }

    @Test
    void candleThatMayStillBeFormingIsYellow() {
        api.postClosed(series, 1_000_020);

        assertThat(health(series, 1_000_030))
                .isEqualTo(new Expected(
                                1_000_030, 999_960, 1_000_020L, 10L, 0L, 0L, "yellow", "head_ahead_of_closed_window")
                        .body(series, 60));
        assertThat(health(series, 999_000))
                .isEqualTo(
                        new Expected(999_000, 998_940, 1_000_020L, 0L, 0L, 0L, "yellow", "head_ahead_of_closed_window")
                                .body(series, 60));
    }

    @Test
    void newestClosedCandleIsGreen() {
        api.postClosed(series, 999_960);

        assertThat(health(series, 1_000_030))
                .isEqualTo(new Expected(1_000_030, 999_960, 999_960L, 70L, 0L, 0L, "green", "up_to_date")
                        .body(series, 60));
    }

    @Test
    void missingCandleIsRed() {
        api.postClosed(series, 999_900);

        assertThat(health(series, 1_000_030))
                .isEqualTo(
                        new Expected(1_000_030, 999_960, 999_900L, 130L, 60L, 1L, "red", "lagging_no_recent_backfill")
                                .body(series, 60));
    }

    @Test
    void missingCandlesAreRoundedUp() {
        api.postClosed(series, 999_850);

        assertThat(health(series, 1_000_030))
                .isEqualTo(
                        new Expected(1_000_030, 999_960, 999_850L, 180L, 110L, 2L, "red", "lagging_no_recent_backfill")
                                .body(series, 60));
    }

    @Test
    void expectedTimeIsNotBelowZero() {
        assertThat(health(series, 0))
                .isEqualTo(new Expected(0, 0, null, null, null, null, "red", "missing_head").body(series, 60));
        assertThat(health(series, 119))
                .isEqualTo(new Expected(119, 0, null, null, null, null, "red", "missing_head").body(series, 60));
        assertThat(health(series, 120))
                .isEqualTo(new Expected(120, 60, null, null, null, null, "red", "missing_head").body(series, 60));
    }

    @Test
    void windowIsTheOneOfTheTimeframe() {
        String daily = series.replace(":1m", ":1d");
        api.postClosed(daily, 86_400);

        assertThat(health(daily, 3 * 86_400 + 5))
                .isEqualTo(new Expected(
                                259_205, 172_800, 86_400L, 172_805L, 86_400L, 1L, "red", "lagging_no_recent_backfill")
                        .body(daily, 86_400));
    }

    @Test
    void nowIsTheClockUnlessGiven() {
        long before = Instant.now().getEpochSecond();
        long now = api.get("api/market/health?series_id=" + series)
                .json()
                .get("now_time")
                .longValue();

        assertThat(now).isBetween(before, Instant.now().getEpochSecond());
    }

    @Test
    void timesAtTheEndsOfTheirRangeDoNotOverflow() {
        api.postClosed(series, Long.MIN_VALUE);

        assertThat(health(series, 1_000_030))
                .isEqualTo(new Expected(
                                1_000_030,
                                999_960,
                                Long.MIN_VALUE,
                                Long.MAX_VALUE,
                                Long.MAX_VALUE,
                                Math.ceilDiv(Long.MAX_VALUE, 60L),
                                "red",
                                "lagging_no_recent_backfill")
                        .body(series, 60));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "foo | series_id must be '{exchange}:{market}:{symbol}:{timeframe}'",
                "a:b:1m | series_id must be '{exchange}:{market}:{symbol}:{timeframe}'",
                "a::c:1m | invalid series_id (empty component)",
                "a: :c:1m | invalid series_id (empty component)",
                "a:b:c: | invalid series_id (empty component)",
                "a:b:c:1x | unsupported timeframe unit: 'x'",
                "a:b:c:1w | unsupported timeframe unit: 'w'",
                "a:b:c:m | invalid timeframe: 'm'",
                "a:b:c:0h | invalid timeframe: '0h'",
                "a:b:c:1.5m | invalid timeframe: '1.5m'",
            })
    void illFormedIdIsExplained(String id, String reason) {
        for (String path : new String[] {"api/market/health", "api/market/debug/series_health"}) {
            Api.Answer answer = api.get(path + "?series_id=" + Api.encode(id));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).isEqualTo("{\"detail\":\"" + reason + "\"}");
        }
    }

    private String health(String id, long now) {
        Api.Answer answer = api.get("api/market/health?series_id=" + id + "&now_time=" + now);
        assertThat(answer.status()).isEqualTo(200);
        return answer.body();
    }
}
