package tradecanvas.store.remote;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.wire.JsonBuffer;
import tradecanvas.model.wire.ServerMessageCodec;
import tradecanvas.store.api.CandlePage;
import tradecanvas.store.api.GapSummary;
import tradecanvas.store.api.SeriesExtent;

/** Writes the answers of the internal endpoints, which {@link RemoteCandleReader} reads. Stateless. */
public final class StoreAnswers {
    private static final int BYTES_PER_CANDLE = 120;
    private static final int BYTES_PER_GAP = 64;
    private static final int BYTES_PER_SERIES = 40;
    private static final int BYTES_ELSE = 96;

    private StoreAnswers() {}

    public static JsonBuffer page(CandlePage page) {
        JsonBuffer json = new JsonBuffer(BYTES_ELSE + page.candles().size() * BYTES_PER_CANDLE);
        json.ascii("{\"head_time\":").numberOrNull(page.head()).ascii(",\"candles\":");
        ServerMessageCodec.writeCandles(json, page.candles());
        return json.ascii("}");
    }

    public static JsonBuffer candles(List<Candle> candles) {
        JsonBuffer json = new JsonBuffer(BYTES_ELSE + candles.size() * BYTES_PER_CANDLE).ascii("{\"candles\":");
        ServerMessageCodec.writeCandles(json, candles);
        return json.ascii("}");
    }

    public static JsonBuffer count(long count) {
        return new JsonBuffer(BYTES_ELSE).ascii("{\"count\":").number(count).ascii("}");
    }

    public static JsonBuffer extent(SeriesExtent extent) {
        JsonBuffer json = new JsonBuffer(BYTES_ELSE).ascii("{\"first_time\":").numberOrNull(extent.first());
        json.ascii(",\"head_time\":").numberOrNull(extent.head());
        return json.ascii(",\"count\":").number(extent.count()).ascii("}");
    }

    public static JsonBuffer gaps(GapSummary gaps) {
        JsonBuffer json = new JsonBuffer(BYTES_ELSE + gaps.recent().size() * BYTES_PER_GAP);
        json.ascii("{\"count\":").number(gaps.count());
        json.ascii(",\"seconds_max\":").number(gaps.secondsMax()).ascii(",\"recent\":[");
        String separator = "";
        for (GapSummary.Gap gap : gaps.recent()) {
            json.ascii(separator).ascii("{\"previous_time\":").number(gap.previousTime());
            json.ascii(",\"next_time\":").number(gap.nextTime()).ascii("}");
            separator = ",";
        }
        return json.ascii("]}");
    }

    public static JsonBuffer lag(MirrorLag lag) {
        JsonBuffer json = new JsonBuffer(BYTES_ELSE + lag.behind().size() * BYTES_PER_SERIES);
        json.ascii("{\"epoch\":").number(lag.epoch());
        json.ascii(",\"state\":").string(lag.state().name().toLowerCase(Locale.ROOT));
        json.ascii(",\"lease_ms\":").number(lag.leaseMs()).ascii(",\"behind\":[");
        String separator = "";
        for (String series : new TreeSet<>(lag.behind())) {
            json.ascii(separator).string(series);
            separator = ",";
        }
        return json.ascii("]}");
    }
}
