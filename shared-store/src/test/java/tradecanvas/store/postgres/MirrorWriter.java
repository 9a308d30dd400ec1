package tradecanvas.store.postgres;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tradecanvas.model.candle.SeriesCandles;
import tradecanvas.model.series.SeriesId;
import tradecanvas.store.api.CandleReader;
import tradecanvas.store.api.CandleWriter;
import tradecanvas.store.outbox.MirrorRow;
import tradecanvas.store.outbox.MirrorSession;

/** Lets the tests of a store write to the mirror as if it were the truth: of a key given twice the later one is sent. */
record MirrorWriter(MirrorSession session, CandleReader reader) implements CandleWriter {
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

    @Override
    public CompletionStage<Void> delete(SeriesId series, Collection<Long> times) {
        CompletionStage<Void> deleted = CompletableFuture.completedStage(null);
        for (long time : times) {
            deleted = session.delete(series.text(), time, time, List.of());
        }
        return deleted;
    }

    @Override
    public CompletionStage<Void> trim(SeriesId series, int newest) {
        if (newest < 1) {
            throw new IllegalArgumentException("newest " + newest + " is below 1");
        }
        return reader.newest(series, newest)
                .thenCompose(page -> page.candles().size() < newest
                        ? CompletableFuture.completedStage(null)
                        : session.delete(
                                series.text(),
                                Long.MIN_VALUE,
                                page.candles().getFirst().openTime() - 1,
                                List.of()));
    }
}
