package tradecanvas.model.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBufferTest {
    @ParameterizedTest
    @CsvSource({
        "100, 100.0",
        "-0.0, -0.0",
        "0.001, 0.001",
        "0.0001, 0.0001",
        "0.00012345, 0.00012345",
        "0.00001, 1e-05",
        "-2.5e-6, -2.5e-06",
        "123626783.6826, 123626783.6826",
        "12345678, 12345678.0",
        "1e15, 1000000000000000.0",
        "1e16, 1e+16",
        "1.5e300, 1.5e+300",
        "4.9e-324, 4.9e-324",
    })
    void doublesAreWrittenAsClientsKnowThem(double value, String text) {
        assertThat(write(value)).isEqualTo(text);
    }

    @Test
    void everyDoubleReadsBackToTheSameBits() {
        long seed = 20261123;
        Random random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(Double.doubleToRawLongBits(Double.parseDouble(write(value))))
                        .as("seed %d value %s", seed, value)
                        .isEqualTo(Double.doubleToRawLongBits(value));
            }
        }
    }

    @Test
    void pricesAndTheirNeighboursHaveTheShortestForm() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 300_000; i++) {
            double price = random.nextLong(1, 10_000_000) / Math.pow(10, random.nextInt(9));
            double value = switch (random.nextInt(4)) {
                case 0 -> Math.nextUp(price);
                case 1 -> -price;
                default -> price;
            };
            double size = Math.abs(value);
            if (size >= 1e-3 && size < 1e7) { // where the JDK writes plain digits as well
                assertThat(write(value)).as("seed %d", seed).isEqualTo(Double.toString(value));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 9, 10, 99, 1_700_000_000, 999_999_999_999L, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void integersAreWrittenInFull(long value) {
        assertThat(new String(new JsonBuffer(1).number(value).toByteArray(), StandardCharsets.US_ASCII))
                .isEqualTo(Long.toString(value));
    }

    @Test
    void stringsKeepUnicodeAndEscapeOnlyWhatJsonRequires() {
        JsonBuffer json = new JsonBuffer(1);
        json.string("因子 \"q\" \\ \n\t\u0001 ~\u007f é");
        assertThat(new String(json.toByteArray(), StandardCharsets.UTF_8))
                .isEqualTo("\"因子 \\\"q\\\" \\\\ \\n\\t\\u0001 ~\u007f é\"");
    }

    private static String write(double value) {
        return new String(new JsonBuffer(4).number(value).toByteArray(), StandardCharsets.US_ASCII);
    }
}
