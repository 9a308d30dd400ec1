package tradecanvas.store.digest;

/**
 * The 64-bit hash of the rows of one series, over its id, the time and the raw bits of all columns.
 *
 * <p>One word after the other goes through {@code mix}, a bijection of the longs, so rows that differ in one word, be it by
 * one bit, never have the same hash; others have it with odds of 2<sup>-64</sup>. The mixing function is variant 13 of David
 * Stafford ("Better Bit Mixing", 2011), the finalizer of SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom
 * Number Generators", OOPSLA 2014, figure 18; in the JDK {@code java.util.SplittableRandom}). Immutable; threads: any.
 */
public final class RowHash {
    /** The odd integer closest to 2<sup>64</sup> divided by the golden ratio; keeps a word of zeros from staying zero. */
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private final long seed;

    private RowHash(long seed) {
        this.seed = seed;
    }

    public static RowHash ofSeries(String seriesId) {
        long hash = next(0, seriesId.length());
        for (int i = 0; i < seriesId.length(); i++) {
            hash = next(hash, seriesId.charAt(i));
        }
        return new RowHash(hash);
    }

    public long of(RowBits row) {
        return of(row.time(), row.open(), row.high(), row.low(), row.close(), row.volume());
    }

    /** The hash of a row by its bits, without an object. */
    public long of(long time, long open, long high, long low, long close, long volume) {
        long hash = next(seed, time);
        hash = next(hash, open);
        hash = next(hash, high);
        hash = next(hash, low);
        hash = next(hash, close);
        return next(hash, volume);
    }

    private static long next(long hash, long word) {
        return mix((hash ^ word) + GOLDEN);
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
