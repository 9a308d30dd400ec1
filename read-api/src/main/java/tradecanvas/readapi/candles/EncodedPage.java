package tradecanvas.readapi.candles;

import org.jspecify.annotations.Nullable;
import tradecanvas.model.wire.JsonBuffer;
import tradecanvas.model.wire.ServerMessageCodec;
import tradecanvas.store.api.CandlePage;

/** The answer to a read of candles, ready to be sent to everybody who asks the same. The bytes are never changed. */
@SuppressWarnings("ArrayRecordComponent") // answers are not compared, and a copy for each reader is what they avoid
record EncodedPage(byte[] body, int count, @Nullable Long head) {
    private static final int BYTES_PER_CANDLE = 120;

    /** What an entry of a cache takes beside the body. */
    private static final int OVERHEAD_BYTES = 200;

    static EncodedPage of(String series, CandlePage page) {
        JsonBuffer json = new JsonBuffer(96 + page.candles().size() * BYTES_PER_CANDLE);
        json.ascii("{\"series_id\":").string(series);
        json.ascii(",\"server_head_time\":").numberOrNull(page.head());
        json.ascii(",\"candles\":");
        ServerMessageCodec.writeCandles(json, page.candles());
        return new EncodedPage(json.ascii("}").toByteArray(), page.candles().size(), page.head());
    }

    int weight() {
        return body.length + OVERHEAD_BYTES;
    }
}
