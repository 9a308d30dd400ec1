package tradecanvas.model.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesIdTest {
    @ParameterizedTest
    @CsvSource({"1m,60", "15m,900", "4h,14400", "1d,86400", "' 5m ',300"})
    void timeframeIsACountAndAUnit(String text, long seconds) {
        assertThat(Timeframe.parse(text).seconds()).isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "\"\",empty timeframe",
                "1w,unsupported timeframe unit: 'w'",
                "1M,unsupported timeframe unit: 'M'",
                "m,invalid timeframe: 'm'",
                "0m,invalid timeframe: '0m'",
                "-5m,invalid timeframe: '-5m'",
                "1.5h,invalid timeframe: '1.5h'",
                "9223372036854775807d,invalid timeframe: '9223372036854775807d'",
            })
    void otherTimeframesAreRefusedWithTheirText(String text, String message) {
        assertThatThrownBy(() -> Timeframe.parse(text))
                .isInstanceOf(SeriesIdException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b:c:1m", "1m", "binance:futures:BTC/USDT:USDT:1h", "::1d"})
    void onlyTheLastPartMustBeATimeframe(String text) {
        assertThat(SeriesId.parse(text).text()).isEqualTo(text);
    }

    @Test
    void idsThatNoStoreCanKeepApartAreRefused() {
        assertThatThrownBy(() -> SeriesId.parse("\ud83d:b:c:1m")).hasMessage("series_id is not Unicode text");
        assertThatThrownBy(() -> SeriesId.parse("x".repeat(510) + ":1m"))
                .hasMessage("series_id of 513 characters exceeds 512");
        assertThat(SeriesId.parse("\ud83d\ude00:b:c:1m").text()).hasSize(9);
    }

    @Test
    void strictFormNeedsEveryPart() {
        assertThat(SeriesId.parseStrict("binance:futures:BTC/USDT:USDT:1h").timeframe())
                .isEqualTo(new Timeframe(3600));
        assertThatThrownBy(() -> SeriesId.parseStrict("a:1m"))
                .hasMessage("series_id must be '{exchange}:{market}:{symbol}:{timeframe}'");
        assertThatThrownBy(() -> SeriesId.parseStrict("a: :c:1m")).hasMessage("invalid series_id (empty component)");
        assertThatThrownBy(() -> SeriesId.parseStrict("a:b:c:1x")).hasMessage("unsupported timeframe unit: 'x'");
    }

    @Test
    void nextTimeStopsAtTheLargestTime() {
        assertThat(new Timeframe(60).next(100)).isEqualTo(160);
        assertThat(new Timeframe(60).next(Long.MAX_VALUE - 5)).isEqualTo(Long.MAX_VALUE);
    }
}
