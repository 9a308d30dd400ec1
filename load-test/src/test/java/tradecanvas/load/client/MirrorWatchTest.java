package tradecanvas.load.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MirrorWatchTest {
    @Test
    void stateRowsAndDepthAreRead() throws IOException {
        assertThat(parse("{\"state\":\"up\",\"epoch\":1,\"outbox_depth\":12,\"rows\":34}"))
                .isEqualTo(new MirrorWatch.Sample("up", 34, 12));
    }

    @Test
    void aServerWithoutAMirrorIsNotTakenForDrained() {
        assertThatThrownBy(() -> parse("{\"state\":\"off\"}")).hasMessageContaining("does not write to a mirror");
    }

    private static MirrorWatch.Sample parse(String body) throws IOException {
        return MirrorWatch.parse(body.getBytes(StandardCharsets.UTF_8));
    }
}
