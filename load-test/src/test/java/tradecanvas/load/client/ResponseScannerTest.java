package tradecanvas.load.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponseScannerTest {
    private final List<String> responses = new ArrayList<>();

    @Test
    void pipelinedResponsesComeOutInOrderWhereverTheReadEnds() {
        byte[] data = bytes("HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n{\"ok\":true}"
                + "HTTP/1.1 422 Unprocessable\r\nX: y\r\nContent-Length:2\r\n\r\n[]"
                + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        for (int cut = 0; cut <= data.length; cut++) {
            responses.clear();
            int used = ResponseScanner.scan(data, 0, cut, this::take);
            ResponseScanner.scan(data, used, data.length, this::take);
            assertThat(responses).as("cut at %d", cut).containsExactly("200 {\"ok\":true}", "422 []", "200 ");
        }
    }

    @Test
    void aResponseWithoutLengthIsRefused() {
        byte[] data = bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");

        assertThatThrownBy(() -> ResponseScanner.scan(data, 0, data.length, this::take))
                .hasMessageContaining("without a content length");
    }

    private void take(int status, byte[] data, int bodyOffset, int bodyLength) {
        responses.add(status + " " + new String(data, bodyOffset, bodyLength, StandardCharsets.UTF_8));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
