package tradecanvas.load.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongConsumer;

/** Finds the times of all closed candles in a message without reading its JSON, as {@link ClosedCandleText} does. */
public final class CandleTimes {
    private static final byte[] BATCH = "{\"type\":\"candles_batch\",".getBytes(StandardCharsets.US_ASCII);

    private CandleTimes() {}

    /** Hands over each time in its order; returns false, and hands over none, where the message has no closed candles. */
    public static boolean forEach(byte[] data, int offset, int length, LongConsumer times) {
        if (length < BATCH.length || !Arrays.equals(data, offset, offset + BATCH.length, BATCH, 0, BATCH.length)) {
            long time = ClosedCandleText.timeOf(data, offset, length);
            if (time == ClosedCandleText.NOT_A_CLOSED_CANDLE) {
                return false;
            }
            times.accept(time);
            return true;
        }
        int end = offset + length;
        int key = ClosedCandleText.indexOfTime(data, offset + BATCH.length, end);
        while (key >= 0) {
            int value = key + ClosedCandleText.TIME_KEY_BYTES;
            times.accept(ClosedCandleText.number(data, value, end));
            key = ClosedCandleText.indexOfTime(data, value, end);
        }
        return true;
    }
}
