package tradecanvas.model.series;

import java.util.Optional;

/**
 * The name of a series, {@code {exchange}:{market}:{symbol}:{timeframe}}, as the client wrote it.
 *
 * <p>Only the last part must be well-formed: clients use short ids, and the raw text is the storage key.
 */
public record SeriesId(String text, Timeframe timeframe) {
    /** Characters of an id at most; it travels in every message. */
    public static final int CHARS_MAX = 512;

    public SeriesId {
        requireStorable(text);
        if (!Timeframe.parse(lastPart(text)).equals(timeframe)) {
            throw new IllegalArgumentException("timeframe " + timeframe + " does not belong to series " + text);
        }
    }

    /**
     * Reads an id whose last colon-separated part is a timeframe.
     *
     * @throws SeriesIdException with the contract's text
     */
    public static SeriesId parse(String text) {
        return new SeriesId(text, Timeframe.parse(lastPart(text)));
    }

    /** As {@link #parse}, empty where the text is no series id. */
    public static Optional<SeriesId> tryParse(String text) {
        try {
            return Optional.of(parse(text));
        } catch (SeriesIdException notASeries) {
            return Optional.empty();
        }
    }

    /**
     * As {@link #parse}, and every part must be there.
     *
     * @throws SeriesIdException with the contract's text
     */
    public static SeriesId parseStrict(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length < 4) {
            throw new SeriesIdException("series_id must be '{exchange}:{market}:{symbol}:{timeframe}'");
        }
        for (String part : parts) {
            // a symbol may hold colons, but its outer parts cannot be blank either
            if (part.isBlank()) {
                throw new SeriesIdException("invalid series_id (empty component)");
            }
        }
        return parse(text);
    }

    private static void requireStorable(String text) {
        if (text.length() > CHARS_MAX) {
            throw new SeriesIdException("series_id of " + text.length() + " characters exceeds " + CHARS_MAX);
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isHighSurrogate(text.charAt(i))
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(text.charAt(i))) {
                throw new SeriesIdException("series_id is not Unicode text"); // it would be stored as another id
            }
        }
    }

    private static String lastPart(String text) {
        return text.substring(text.lastIndexOf(':') + 1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SeriesId that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
