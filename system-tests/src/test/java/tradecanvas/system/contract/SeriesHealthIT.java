package tradecanvas.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tradecanvas.system.contract.Wire.minutes;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tradecanvas.system.client.Api;

class SeriesHealthIT {
    private final Api api = SharedServer.api();
    private final Posts posts = new Posts(api);
    private final String series = SharedServer.series();

    @Test
    void seriesWithoutCandlesHasNothingToTell() {
        assertHealth(series, "", body(series, 60, null, null, 0, 0, null, "", ""));
    }

    @Test
    void neighboursMoreThanATimeframeApartAreAGap() {
        posts.silently(series, 100, 160, 221, 400, 460, 1000);

        assertHealth(
                series,
                "",
                body(
                        series,
                        60,
                        100L,
                        1000L,
                        6,
                        3,
                        540L,
                        gap(460, 1000, 540, 8) + "," + gap(221, 400, 179, 1) + "," + gap(160, 221, 61, 0),
                        ""));
    }

    @Test
    void onlyTheNewestGapsAreListedButAllAreCounted() {
        long[] times = new long[61];
        for (int i = 0; i < times.length; i++) {
            times[i] = 120L * i;
        }
        posts.silently(series, times);

        assertThat(gapsListed("")).isEqualTo(5);
        assertThat(gapsListed("&max_recent_gaps=50")).isEqualTo(50);
        assertHealth(
                series,
                "&max_recent_gaps=2",
                body(series, 60, 0L, 7200L, 61, 60, 120L, gap(7080, 7200, 120, 1) + "," + gap(6960, 7080, 120, 1), ""));
    }

    @Test
    void bucketsEndWithTheHeadOfTheMinutesAndTellWhatIsMissing() {
        String five = series.replace(":1m", ":5m");
        posts.silently(series, minutes(600, 5));
        posts.silently(series, 960, 1020, 1250, 1500);
        posts.silently(five, 600, 900);

        assertHealth(
                five,
                "",
                body(
                        five,
                        300,
                        600L,
                        900L,
                        2,
                        0,
                        null,
                        "",
                        bucket(0, 0, 5, 5) + "," + bucket(300, 0, 5, 5) + "," + bucket(600, 5, 5, 0) + ","
                                + bucket(900, 2, 5, 3) + "," + bucket(1200, 1, 5, 4) + "," + bucket(1500, 1, 5, 4)));
        assertHealth(
                five,
                "&recent_base_buckets=2",
                body(five, 300, 600L, 900L, 2, 0, null, "", bucket(1200, 1, 5, 4) + "," + bucket(1500, 1, 5, 4)));
    }

    @Test
    void bucketsAreShownForASeriesThatIsEmptyItself() {
        String hourly = series.replace(":1m", ":1h");
        posts.silently(series, minutes(360_000, 60));

        assertHealth(
                hourly,
                "&recent_base_buckets=1",
                body(hourly, 3600, null, null, 0, 0, null, "", bucket(360_000, 60, 60, 0)));
    }

    @Test
    void bucketsOfTheLastTimesDoNotOverflow() {
        String five = series.replace(":1m", ":5m");
        posts.silently(series, Long.MAX_VALUE);

        assertThat(api.get("api/market/debug/series_health?series_id=" + five)
                        .json()
                        .get("base_bucket_completeness")
                        .size())
                .isEqualTo(8);
    }

    private int gapsListed(String query) {
        return api.get("api/market/debug/series_health?series_id=" + series + query)
                .json()
                .get("recent_gaps")
                .size();
    }

    /** The clock of the server is taken from its answer, once it is known to be right. */
    private void assertHealth(String id, String query, String expected) {
        long before = Instant.now().getEpochSecond();
        Api.Answer answer = api.get("api/market/debug/series_health?series_id=" + id + query);
        assertThat(answer.status()).isEqualTo(200);
        long now = answer.json().get("now_time").longValue();
        assertThat(now).isBetween(before, Instant.now().getEpochSecond());
        long head = answer.json().get("head_time").asLong();
        assertThat(answer.body())
                .isEqualTo(expected.replace("NOW", Long.toString(now)).replace("LAG", Long.toString(now - head)));
    }

    private static String body(
            String id,
            int timeframe,
            @Nullable Long first,
            @Nullable Long head,
            int candles,
            int gaps,
            @Nullable Long longestGap,
            String recentGaps,
            String buckets) {
        return "{\"series_id\":\"" + id + "\",\"timeframe_seconds\":" + timeframe + ",\"now_time\":NOW,\"first_time\":"
                + first + ",\"head_time\":" + head + ",\"lag_seconds\":" + (head == null ? "null" : "LAG")
                + ",\"candle_count\":" + candles + ",\"gap_count\":" + gaps + ",\"max_gap_seconds\":" + longestGap
                + ",\"recent_gaps\":[" + recentGaps + "],\"base_series_id\":\""
                + id.substring(0, id.lastIndexOf(':')) + ":1m\",\"base_bucket_completeness\":[" + buckets + "]}";
    }

    private static String gap(long previous, long next, long delta, long missing) {
        return "{\"prev_time\":" + previous + ",\"next_time\":" + next + ",\"delta_seconds\":" + delta
                + ",\"missing_candles\":" + missing + "}";
    }

    private static String bucket(long open, int actual, int expected, int missing) {
        return "{\"bucket_open_time\":" + open + ",\"expected_minutes\":" + expected + ",\"actual_minutes\":" + actual
                + ",\"missing_minutes\":" + missing + "}";
    }
}
