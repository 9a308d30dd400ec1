package tradecanvas.gateway.subscription;

import java.util.List;
import tradecanvas.gateway.fanout.Frames;
import tradecanvas.model.bus.FeedEvent;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;
import tradecanvas.model.wire.ServerMessage;

/** One event of the feed, encoded once for all its subscribers. Immutable. */
@SuppressWarnings("ArrayRecordComponent") // frames are never compared, and a copy for each socket is what they avoid
sealed interface Published {
    /** Closed candles of one write, ascending. Without frames where a gap inside must be looked up first. */
    record Closed(SeriesId series, List<Candle> candles, boolean hasGap, byte[] singles, byte[] batch)
            implements Published {
        long firstTime() {
            return candles.getFirst().openTime();
        }

        long lastTime() {
            return candles.getLast().openTime();
        }

        boolean isBatch() {
            return candles.size() > 1;
        }

        byte[] frames(boolean supportsBatch) {
            return supportsBatch ? batch : singles;
        }

        int frameCount(boolean supportsBatch) {
            return supportsBatch ? 1 : candles.size();
        }
    }

    /** The bar that is still moving. */
    record Forming(long time, byte[] frame) implements Published {}

    /** News about the series. */
    record Notice(byte[] frame) implements Published {}

    byte[] NO_FRAMES = {};

    static Published of(FeedEvent event) {
        return switch (event) {
            case FeedEvent.Closed closed -> {
                byte[] frame = Frames.encode(
                        new ServerMessage.CandleClosed(closed.series().text(), closed.candle()));
                yield new Closed(closed.series(), List.of(closed.candle()), false, frame, frame);
            }
            case FeedEvent.ClosedBatch batch -> closedBatch(batch.series(), batch.candles());
            case FeedEvent.Forming forming ->
                new Forming(
                        forming.candle().openTime(),
                        Frames.encode(
                                new ServerMessage.CandleForming(forming.series().text(), forming.candle())));
            case FeedEvent.SystemNotice notice ->
                new Notice(Frames.encode(new ServerMessage.SystemNotice(
                        notice.series().text(), notice.event(), notice.message(), notice.data())));
        };
    }

    private static Closed closedBatch(SeriesId series, List<Candle> candles) {
        for (int i = 1; i < candles.size(); i++) {
            if (candles.get(i).openTime()
                    > series.timeframe().next(candles.get(i - 1).openTime())) {
                return new Closed(series, candles, true, NO_FRAMES, NO_FRAMES);
            }
        }
        return new Closed(
                series,
                candles,
                false,
                Frames.encode(DeliveryPlan.singles(series, candles)),
                Frames.encode(new ServerMessage.CandlesBatch(series.text(), candles)));
    }
}
