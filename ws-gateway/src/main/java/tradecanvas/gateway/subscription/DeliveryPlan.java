package tradecanvas.gateway.subscription;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;
import tradecanvas.model.series.Timeframe;
import tradecanvas.model.wire.ServerMessage;

/** Which messages carry which candles to one subscriber. Pure functions; candles ascend and are new to it. */
final class DeliveryPlan {
    private DeliveryPlan() {}

    /** One message a candle. */
    static List<ServerMessage> singles(SeriesId series, List<Candle> candles) {
        return candles.stream()
                .<ServerMessage>map(candle -> new ServerMessage.CandleClosed(series.text(), candle))
                .toList();
    }

    /** One message a candle, and a gap before each that does not follow the one before it. */
    static List<ServerMessage> singlesWithGaps(SeriesId series, @Nullable Long lastSent, List<Candle> candles) {
        List<ServerMessage> messages = new ArrayList<>(candles.size());
        Long previous = lastSent;
        for (Candle candle : candles) {
            ServerMessage.Gap gap = gapBefore(series, previous, candle);
            if (gap != null) {
                messages.add(gap);
            }
            messages.add(new ServerMessage.CandleClosed(series.text(), candle));
            previous = candle.openTime();
        }
        return messages;
    }

    /** All candles in one message, and a gap before it where the first does not follow what was sent. */
    static List<ServerMessage> batchWithGap(SeriesId series, @Nullable Long lastSent, List<Candle> candles) {
        ServerMessage batch = new ServerMessage.CandlesBatch(series.text(), candles);
        ServerMessage.Gap gap = gapBefore(series, lastSent, candles.getFirst());
        return gap == null ? List.of(batch) : List.of(gap, batch);
    }

    static ServerMessage.@Nullable Gap gapBefore(SeriesId series, @Nullable Long previous, Candle candle) {
        if (previous == null) {
            return null;
        }
        Timeframe timeframe = series.timeframe();
        long expected = timeframe.next(previous);
        return candle.openTime() > expected ? new ServerMessage.Gap(series.text(), expected, candle.openTime()) : null;
    }

    /** Candles later than {@code after}; of two with the same time the one of {@code newer} wins. */
    static List<Candle> merge(List<Candle> older, List<Candle> newer, long after) {
        TreeMap<Long, Candle> byTime = new TreeMap<>();
        older.forEach(candle -> byTime.put(candle.openTime(), candle));
        newer.forEach(candle -> byTime.put(candle.openTime(), candle));
        return List.copyOf(byTime.tailMap(after, false).values());
    }
}
