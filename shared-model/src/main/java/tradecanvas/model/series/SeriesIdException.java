package tradecanvas.model.series;

/** A text that is no series id or no timeframe; the message is the contract's text for it. */
public final class SeriesIdException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public SeriesIdException(String message) {
        super(message);
    }
}
