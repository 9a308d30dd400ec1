package tradecanvas.load.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostsTest {
    @Test
    void seriesTakeTurnsAndShareTheRows() {
        Posts posts = new Posts("M", 11, 2, 4);

        assertThat(all(posts))
                .extracting(Posts.Batch::series, batch -> batch.candles().size())
                .containsExactly(
                        tuple("binance:futures:M000/USDT:1m", 4),
                        tuple("binance:futures:M001/USDT:1m", 4),
                        tuple("binance:futures:M000/USDT:1m", 2),
                        tuple("binance:futures:M001/USDT:1m", 1));
    }

    @Test
    void everySizeOfBatchHasTheSameRows() {
        Posts posts = new Posts("M", 11, 2, 4);

        assertThat(rows(posts)).containsExactlyInAnyOrderElementsOf(rows(posts.inBatchesOf(1)));
    }

    @Test
    void eachSeriesHasItsOwnRequests() {
        assertThat(new Posts("M", 11, 2, 4).requests(URI.create("http://127.0.0.1:1")))
                .hasSize(2)
                .allSatisfy(requests -> assertThat(requests).toIterable().hasSize(2));
    }

    @Test
    void fewerRowsThanSeriesAreRefused() {
        assertThatThrownBy(() -> new Posts("M", 1, 2, 4)).hasMessageContaining("1 rows of 2 series");
    }

    private static List<String> rows(Posts posts) {
        return all(posts).stream()
                .flatMap(batch -> batch.candles().stream().map(candle -> batch.series() + candle))
                .toList();
    }

    private static List<Posts.Batch> all(Posts posts) {
        List<Posts.Batch> all = new ArrayList<>();
        posts.batches().forEachRemaining(all::add);
        return all;
    }
}
