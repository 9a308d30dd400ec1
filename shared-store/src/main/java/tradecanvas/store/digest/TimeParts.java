package tradecanvas.store.digest;

/**
 * A closed range of times that is cut into parts of equal width; the last one may be shorter. Any 64-bit times.
 *
 * <p>Units: seconds. Both sides of a comparison cut in the same way.
 */
public record TimeParts(long from, long to, int partsMax) {
    /** Parts of one question. */
    public static final int PARTS_MAX = 1_024;

    public TimeParts {
        if (from > to) {
            throw new IllegalArgumentException("range " + from + ".." + to + " is empty");
        }
        if (partsMax < 2 || partsMax > PARTS_MAX) {
            throw new IllegalArgumentException("parts " + partsMax + " are not within 2.." + PARTS_MAX);
        }
    }

    /** Seconds of a part; unsigned, as is every distance of two longs. */
    public long width() {
        return Long.divideUnsigned(to - from, partsMax) + 1;
    }

    /** How many parts there are, at most {@code partsMax}. */
    public int count() {
        return indexOf(to) + 1;
    }

    /** The part that holds a time of the range. */
    public int indexOf(long time) {
        return (int) Long.divideUnsigned(time - from, width());
    }

    public long fromOf(int part) {
        return from + part * width();
    }

    public long toOf(int part) {
        return part == count() - 1 ? to : from + (part + 1) * width() - 1;
    }
}
