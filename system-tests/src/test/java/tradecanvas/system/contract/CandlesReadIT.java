package tradecanvas.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static tradecanvas.system.contract.Wire.minutes;
import static tradecanvas.system.contract.Wire.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tradecanvas.system.client.Api;

class CandlesReadIT {
    private final Api api = SharedServer.api();
    private final Posts posts = new Posts(api);
    private final String series = SharedServer.series();

    @Test
    void seriesThatNobodyWroteIsEmpty() {
        Api.Answer answer = api.get("api/market/candles?series_id=" + series);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().headers().firstValue("content-type")).contains("application/json");
        assertThat(answer.body())
                .isEqualTo("{\"series_id\":\"" + series + "\",\"server_head_time\":null,\"candles\":[]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "a:b:c:7w", "a:b:c:", ":", "binance:futures:BTC/USDT:1M", "a:b:c:0m", "a:b:c:-1m"})
    void idThatIsNoSeriesIsAnEmptySeries(String id) {
        Api.Answer answer = api.get("api/market/candles?since=0&series_id=" + Api.encode(id));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(page(id, null));
    }

    @Test
    void candlesHaveTheirFieldsInOrderAndKeepTimesOffTheGrid() {
        posts.closed(series, 100, 160, 220);

        assertThat(api.get("api/market/candles?series_id=" + series).body())
                .isEqualTo(
                        "{\"series_id\":\"" + series + "\",\"server_head_time\":220,\"candles\":["
                                + "{\"candle_time\":100,\"open\":110.0,\"high\":112.0,\"low\":109.0,\"close\":110.5,\"volume\":10.0},"
                                + "{\"candle_time\":160,\"open\":116.0,\"high\":118.0,\"low\":115.0,\"close\":116.5,\"volume\":10.0},"
                                + "{\"candle_time\":220,\"open\":122.0,\"high\":124.0,\"low\":121.0,\"close\":122.5,\"volume\":10.0}]}");
    }

    @Test
    void withoutSinceTheNewestComeAscending() {
        posts.silently(series, 100, 160, 220, 280);

        assertThat(read("limit=2")).isEqualTo(page(series, 280L, 220, 280));
        assertThat(read("limit=1")).isEqualTo(page(series, 280L, 280));
    }

    @Test
    void withSinceTheOldestLaterOnesComeAscending() {
        posts.silently(series, 100, 160, 220, 280);

        assertThat(read("since=99")).isEqualTo(page(series, 280L, 100, 160, 220, 280));
        assertThat(read("since=100")).isEqualTo(page(series, 280L, 160, 220, 280));
        assertThat(read("since=101&limit=2")).isEqualTo(page(series, 280L, 160, 220));
        assertThat(read("since=280")).isEqualTo(page(series, 280L));
        assertThat(read("since=9223372036854775807")).isEqualTo(page(series, 280L));
    }

    @Test
    void sinceZeroIsATimeAndNotTheSameAsNoSince() {
        posts.silently(series, -60, 0, 60);

        assertThat(read("since=0")).isEqualTo(page(series, 60L, 60));
        assertThat(read("limit=10")).isEqualTo(page(series, 60L, -60, 0, 60));
    }

    @Test
    void limitIs500UnlessGivenAnd5000AtMost() {
        long[] times = minutes(60, 5001);
        posts.silently(series, times);

        assertThat(timesOf("")).isEqualTo(last(times, 500));
        assertThat(timesOf("since=0")).isEqualTo(first(times, 500));
        assertThat(timesOf("limit=5000")).isEqualTo(last(times, 5000));
        assertThat(timesOf("since=0&limit=5000")).isEqualTo(first(times, 5000));
    }

    @Test
    void pagingByTheLastTimeReceivedEndsWithAnEmptyPage() {
        long[] times = minutes(1_700_000_000, 23);
        posts.silently(series, times);

        List<Integer> sizes = new ArrayList<>();
        List<Long> paged = new ArrayList<>();
        for (List<Long> page = timesOf("since=0&limit=7"); ; page = timesOf("limit=7&since=" + paged.getLast())) {
            sizes.add(page.size());
            paged.addAll(page);
            if (page.isEmpty()) {
                break;
            }
        }

        assertThat(sizes).containsExactly(7, 7, 7, 2, 0);
        assertThat(paged).isEqualTo(Arrays.stream(times).boxed().toList());
    }

    @ParameterizedTest
    @CsvSource({
        "limit=2.0, 220 280",
        "limit=%2B2, 220 280",
        "since=160.0, 220 280",
        "since=%2B160, 220 280",
        "limit=4&limit=1, 280",
        "since=280&since=160, 220 280",
        "limit=1&nonsense=1&Limit=x&LIMIT=0, 280",
    })
    void queryIsReadLeniently(String query, String times) {
        posts.silently(series, 100, 160, 220, 280);

        assertThat(timesOf(query))
                .isEqualTo(Arrays.stream(times.split(" ")).map(Long::valueOf).toList());
    }

    @Test
    void ofTwoSeriesTheLastOneCounts() {
        posts.closed(series, 100);

        assertThat(api.get("api/market/candles?series_id=other&series_id=" + series)
                        .body())
                .isEqualTo(page(series, 100L, 100));
        assertThat(api.get("api/market/candles?series_id=" + series + "&series_id=other")
                        .body())
                .isEqualTo(page("other", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ü:spot:日本/¥:1m", "a b:spot:x+y:1m", "x:y:🚀/USDT:USDT:1m", "a:b:c&d=e;f%20g#h:1m", "1m"})
    void idIsEchoedAsItWasSent(String id) {
        posts.closed(id, 100);

        assertThat(api.get("api/market/candles?series_id=" + Api.encode(id)).body())
                .isEqualTo(page(id, 100L, 100));
    }

    @Test
    void equalReadsAreAnsweredEqually() {
        posts.silently(series, minutes(60, 300));

        assertThat(read("limit=250")).isEqualTo(read("limit=250"));
    }

    @Test
    void seriesDoNotSeeEachOther() {
        posts.closed(series, 100);
        posts.closed(series + "x:1m", 160);
        posts.closed(series.replace(":1m", ":5m"), 220);

        assertThat(read("")).isEqualTo(page(series, 100L, 100));
    }

    private String read(String query) {
        Api.Answer answer = api.get("api/market/candles?series_id=" + series + "&" + query);
        assertThat(answer.status()).isEqualTo(200);
        return answer.body();
    }

    private List<Long> timesOf(String query) {
        List<Long> times = new ArrayList<>();
        api.get("api/market/candles?series_id=" + series + "&" + query)
                .json()
                .get("candles")
                .forEach(candle -> times.add(candle.get("candle_time").longValue()));
        return times;
    }

    private static List<Long> first(long[] times, int count) {
        return Arrays.stream(times, 0, count).boxed().toList();
    }

    private static List<Long> last(long[] times, int count) {
        return Arrays.stream(times, times.length - count, times.length).boxed().toList();
    }
}
