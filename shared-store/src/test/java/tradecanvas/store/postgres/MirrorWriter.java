package tradecanvas.store.postgres;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tradecanvas.model.candle.SeriesCandles;
import tradecanvas.store.api.CandleWriter;
import tradecanvas.store.outbox.MirrorRow;
import tradecanvas.store.outbox.MirrorSession;

/** Lets the tests of a store write to the mirror as if it were the truth: of a key given twice the later one is sent. */
record MirrorWriter(MirrorSession session) implements CandleWriter {
    private record Key(String seriesId, long time) {}

    @Override
    public CompletionStage<Void> save(List<SeriesCandles> unit) {
        Map<Key, MirrorRow> rows = new LinkedHashMap<>();
        for (SeriesCandles part : unit) {
            String seriesId = part.series().text();
            part.candles()
                    .forEach(candle -> rows.put(new Key(seriesId, candle.openTime()), new MirrorRow(seriesId, candle)));
        }
        return rows.isEmpty() ? CompletableFuture.completedStage(null) : session.save(new ArrayList<>(rows.values()));
    }
}
