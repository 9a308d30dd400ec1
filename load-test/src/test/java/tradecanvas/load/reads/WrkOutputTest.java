package tradecanvas.load.reads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class WrkOutputTest {
    private static final String OUTPUT = """
            Running 5s test @ http://127.0.0.1:20000
              1 threads and 16 connections
            Requests/sec:  24000.00
            figures requests=120000 micros=5001000 bytes=99 p50_micros=610 p99_micros=1900 max_micros=7000 not_2xx=2 lost=3 cpu_micros=2400000
            """;

    @Test
    void theLineOfTheScriptIsReadWhereverItStands() throws IOException {
        assertThat(WrkOutput.parse(OUTPUT)).isEqualTo(new WrkOutput(120_000, 5_001_000, 610, 1_900, 5, 2_400_000));
    }

    @Test
    void outputWithoutTheLineIsShown() {
        assertThatThrownBy(() -> WrkOutput.parse("unable to connect to 127.0.0.1"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unable to connect");
    }

    @Test
    void aMissingOrMangledFigureIsNamed() {
        assertThatThrownBy(() -> WrkOutput.parse("figures requests=1 micros=2")).hasMessageContaining("p50_micros");
        assertThatThrownBy(() -> WrkOutput.parse("figures requests=many")).hasMessageContaining("requests=many");
    }
}
