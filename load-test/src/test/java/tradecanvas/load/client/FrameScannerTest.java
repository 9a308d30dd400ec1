package tradecanvas.load.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameScannerTest {
    private final List<String> frames = new ArrayList<>();

    @Test
    void severalFramesInOneReadComeOutInOrder() {
        byte[] data = concat(frame(0x81, "one"), frame(0x89, ""), frame(0x81, "two"));

        assertThat(scan(data, data.length)).isEqualTo(data.length);
        assertThat(frames).containsExactly("1+one", "9+", "1+two");
    }

    @Test
    void whereverTheReadEndsNothingIsLostOrDoubled() {
        byte[] data = concat(frame(0x81, "short"), frame(0x81, "x".repeat(172)), frame(0x81, "end"));
        for (int cut = 0; cut <= data.length; cut++) {
            frames.clear();
            int used = scan(data, cut);
            FrameScanner.scan(data, used, data.length, this::take);
            assertThat(frames).as("cut at %d", cut).containsExactly("1+short", "1+" + "x".repeat(172), "1+end");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 172, 65_535, 65_536, 200_000})
    void everyLengthFormIsRead(int length) {
        byte[] data = frame(0x81, "y".repeat(length));

        assertThat(scan(data, data.length)).isEqualTo(data.length);
        assertThat(frames).containsExactly("1+" + "y".repeat(length));
    }

    @Test
    void fragmentsAreMarked() {
        byte[] data = concat(frame(0x01, "a"), frame(0x00, "b"), frame(0x80, "c"));

        scan(data, data.length);

        assertThat(frames).containsExactly("1-a", "0-b", "0+c");
    }

    @Test
    void maskedOrAbsurdlyLongFramesAreRefused() {
        byte[] masked = {(byte) 0x81, (byte) 0x80, 0, 0, 0, 0};
        byte[] huge = {(byte) 0x81, 127, 0x40, 0, 0, 0, 0, 0, 0, 0};

        assertThatThrownBy(() -> scan(masked, masked.length)).hasMessageContaining("masked");
        assertThatThrownBy(() -> scan(huge, huge.length)).hasMessageContaining("4611686018427387904 bytes");
    }

    private int scan(byte[] data, int to) {
        return FrameScanner.scan(data, 0, to, this::take);
    }

    private void take(int opcode, boolean last, byte[] data, int offset, int length) {
        frames.add(opcode + (last ? "+" : "-") + new String(data, offset, length, StandardCharsets.UTF_8));
    }

    private static byte[] frame(int head, String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(head);
        if (payload.length < 126) {
            frame.write(payload.length);
        } else {
            int bytes = payload.length <= 0xffff ? 2 : 8;
            frame.write(bytes == 2 ? 126 : 127);
            for (int i = bytes - 1; i >= 0; i--) {
                frame.write((int) ((long) payload.length >>> (8 * i)));
            }
        }
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
