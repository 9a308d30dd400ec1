package tradecanvas.model.candle;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import tradecanvas.model.series.SeriesId;

/** Candles of one series, ascending by open time, each time once, at least one. */
public record SeriesCandles(SeriesId series, List<Candle> candles) {
    public SeriesCandles {
        candles = List.copyOf(candles);
        if (candles.isEmpty()) {
            throw new IllegalArgumentException("no candles for series " + series);
        }
        for (int i = 1; i < candles.size(); i++) {
            if (candles.get(i - 1).openTime() >= candles.get(i).openTime()) {
                throw new IllegalArgumentException("candles of series " + series + " are not ascending");
            }
        }
    }

    /** Puts candles that came in any order into this shape; of two with the same time the later one in the list wins. */
    public static SeriesCandles of(SeriesId series, List<Candle> anyOrder) {
        if (anyOrder.size() == 1) {
            return new SeriesCandles(series, anyOrder);
        }
        TreeMap<Long, Candle> byTime = new TreeMap<>();
        anyOrder.forEach(candle -> byTime.put(candle.openTime(), candle));
        return new SeriesCandles(series, new ArrayList<>(byTime.values()));
    }

    /** The newest candle. */
    public Candle last() {
        return candles.getLast();
    }
}
