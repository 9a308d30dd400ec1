package tradecanvas.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonReportTest {
    @Test
    void keysAreSortedLinesIndentedAndUnknownFiguresNull() throws IOException {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("p99", Double.NaN);
        report.put("aim", Aim.atMost("x", 1, 2, "s"));

        assertThat(JsonReport.text(report)).isEqualTo("""
                {
                  "aim": {
                    "what": "x",
                    "figure": 1.0,
                    "at_most": true,
                    "limit": 2.0,
                    "unit": "s",
                    "met": true
                  },
                  "p99": null
                }""");
    }
}
