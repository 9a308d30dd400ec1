package tradecanvas.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "YES", " on ", "True"})
    void fewWordsAreTrue(String text) {
        assertThat(SettingText.truthy(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "0", "2", "y", "t", "enabled", "false", "off"})
    void everythingElseIsFalse(String text) {
        assertThat(SettingText.truthy(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "5,5",
        "' +5 ',5",
        "-3,-3",
        "1_000,1000",
        "007,7",
        "99999999999999999999,9223372036854775807",
        "-99999999999999999999,-9223372036854775808",
    })
    void integersAreReadAndEndAtTheirRange(String text, long value) {
        assertThat(SettingText.integer(text)).isEqualTo(OptionalLong.of(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "5.0", "1e3", "five", "0x10", "_1", "1__0", "+"})
    void otherTextIsNoInteger(String text) {
        assertThat(SettingText.integer(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"5,5", "0.5,0.5", ".5,0.5", "5.,5", "-1e-3,-0.001", "' 2 ',2"})
    void numbersAreDecimal(String text, double value) {
        assertThat(SettingText.number(text)).isEqualTo(OptionalDouble.of(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nan", "inf", "1e999", "1d", "0x1p3", ".", "1,5"})
    void otherTextIsNoNumber(String text) {
        assertThat(SettingText.number(text)).isEmpty();
    }

    @Test
    void listsAreTrimmedAndHoldEachPartOnce() {
        assertThat(SettingText.list(" a, b,,a , c,")).containsExactly("a", "b", "c");
        assertThat(SettingText.list(" , ")).isEmpty();
    }
}
