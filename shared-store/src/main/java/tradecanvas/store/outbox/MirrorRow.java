package tradecanvas.store.outbox;

import tradecanvas.model.candle.Candle;

/** A candle under the text of its series, which old files hold also where it is no well-formed id. */
public record MirrorRow(String seriesId, Candle candle) {}
