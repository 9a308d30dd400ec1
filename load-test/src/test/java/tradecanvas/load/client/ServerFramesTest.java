package tradecanvas.load.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerFramesTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 125, 126, 65_535, 65_536})
    void aClientReadsWhatWasWritten(int length) {
        byte[] frame = ServerFrames.text(new byte[length]);
        List<Integer> lengths = new ArrayList<>();

        int used = FrameScanner.scan(frame, 0, frame.length, (opcode, last, _, _, payload) -> {
            assertThat(opcode).isEqualTo(FrameScanner.OPCODE_TEXT);
            assertThat(last).isTrue();
            lengths.add(payload);
        });

        assertThat(used).isEqualTo(frame.length);
        assertThat(lengths).containsExactly(length);
    }
}
