package tradecanvas.model.candle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import tradecanvas.model.series.SeriesId;

class SeriesCandlesTest {
    private static final SeriesId SERIES = SeriesId.parse("a:b:c:1m");

    @Test
    void candlesInAnyOrderAreSortedAndTheLastOfEachTimeWins() {
        SeriesCandles ordered = SeriesCandles.of(SERIES, List.of(candle(220, 1), candle(100, 2), candle(220, 3)));
        assertThat(ordered.candles()).containsExactly(candle(100, 2), candle(220, 3));
    }

    @Test
    void candlesOutOfOrderCannotExist() {
        assertThatThrownBy(() -> new SeriesCandles(SERIES, List.of(candle(220, 1), candle(100, 2))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void numbersThatAreNotFiniteCannotExist() {
        assertThatThrownBy(() -> candle(100, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void negativeZeroIsZero() {
        assertThat(candle(100, -0.0)).isEqualTo(candle(100, 0.0));
    }

    private static Candle candle(long time, double close) {
        return new Candle(time, 1, 2, 0.5, close, 10);
    }
}
