package tradecanvas.ingest.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;

class ReplayTest {
    private static final SeriesId SERIES = SeriesId.parse("a:b:c:1m");
    private static final RecordedCandles RECORDED = new RecordedCandles(
            SERIES,
            List.of(new Candle(0, 10, 14, 8, 12, 100), new Candle(0, 12, 13, 6, 7, 50), new Candle(0, 7, 9, 7, 9, 10)));

    private long nowMs = 600_000 * 1000L + 30_000;

    @Test
    void emptySeriesIsFilledUpToTheClock() {
        Replay replay = replay(null, 1);
        List<Candle> history = replay.closed(100);
        assertThat(history)
                .extracting(Candle::openTime)
                .containsExactly(599_700L, 599_760L, 599_820L, 599_880L, 599_940L);
        assertThat(replay.forming()).as("history comes first").isNull();
        replay.confirm(599_940);
        assertThat(replay.closed(100)).isEmpty();
        assertThat(Objects.requireNonNull(replay.forming()).openTime()).isEqualTo(600_000);
    }

    @Test
    void candleThatWasNotStoredIsOfferedAgain() {
        Replay replay = replay(599_880L, 1);
        assertThat(replay.closed(100)).isEqualTo(replay.closed(100)).hasSize(1);
    }

    @Test
    void replayGoesOnBehindTheHeadWithTheSameCandles() {
        Candle before = replay(null, 1).closed(100).getLast();
        assertThat(replay(599_880L, 1).closed(100)).containsExactly(before);
    }

    @Test
    void speedMakesTheClockOfTheSeriesRunFaster() {
        Replay replay = replay(599_940L, 60);
        nowMs += 2_000;
        assertThat(replay.closed(100)).extracting(Candle::openTime).containsExactly(600_000L, 600_060L);
    }

    @Test
    void headAheadOfTheClockIsWhereTheReplayStarts() {
        Replay replay = replay(700_020L, 60);
        assertThat(replay.closed(100)).isEmpty();
        assertThat(Objects.requireNonNull(replay.forming()).openTime()).isEqualTo(700_080);
    }

    @Test
    void formingBarWalksFromOpenOverBothExtremesToClose() {
        Candle rising = RECORDED.at(0);
        assertThat(FormingPath.at(rising, 0)).isEqualTo(new Candle(0, 10, 10, 10, 10, 0));
        assertThat(FormingPath.at(rising, 0.3).low()).isEqualTo(8);
        assertThat(FormingPath.at(rising, 0.7)).isEqualTo(new Candle(0, 10, 14, 8, 14, 70));
        Candle end = FormingPath.at(rising, 1);
        assertThat(end.close()).isCloseTo(12, within(1e-9));
        assertThat(end.high()).isEqualTo(14);
        assertThat(FormingPath.at(RECORDED.at(60), 0.3).high())
                .as("a falling bar visits its high first")
                .isEqualTo(13);
    }

    @Test
    void demoFilesAreReadable() throws IOException {
        RecordedCandles demo = RecordedCandles.load("ftx:futures:BTC-PERP:1m=classpath:replay/ftx-btcperp-1m.csv");
        assertThat(demo.at(0)).isEqualTo(new Candle(0, 46319.0, 46385.0, 46319.0, 46377.0, 2300413.7295));
    }

    private Replay replay(@Nullable Long head, double speed) {
        return new Replay(RECORDED, () -> Instant.ofEpochMilli(nowMs), speed, head, 5);
    }
}
