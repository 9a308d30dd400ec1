package tradecanvas.gateway.subscription;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import tradecanvas.gateway.fanout.Frames;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;
import tradecanvas.model.wire.ServerMessage;

/** Candles read from the store, and their frames for everybody who waited for this read. */
record History(List<Candle> candles, ByteBuf frames, int frameCount) {
    private static final int BYTES_PER_CANDLE = 72;
    private static final int BYTES_OF_NOTHING = 64;

    static final History EMPTY = new History(List.of(), Unpooled.EMPTY_BUFFER, 0);

    static History unframed(List<Candle> candles) {
        return new History(candles, Unpooled.EMPTY_BUFFER, 0);
    }

    static History framed(SeriesId series, List<Candle> candles, boolean asBatch) {
        if (candles.isEmpty()) {
            return EMPTY;
        }
        List<ServerMessage> messages = asBatch
                ? List.of(new ServerMessage.CandlesBatch(series.text(), candles))
                : DeliveryPlan.singles(series, candles);
        return new History(candles, Frames.shared(Frames.encode(messages)), messages.size());
    }

    /** About what it takes in memory. */
    int bytes() {
        return BYTES_OF_NOTHING + candles.size() * BYTES_PER_CANDLE + frames.readableBytes();
    }
}
