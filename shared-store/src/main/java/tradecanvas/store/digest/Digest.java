package tradecanvas.store.digest;

/**
 * What a set of rows is reduced to: their number and the sum of their hashes, modulo 2<sup>64</sup>.
 *
 * <p>A sum does not depend on the order and, other than an exclusive-or, does not cancel out for a row that is there twice. Of
 * two sets that differ, be it by rows swapped or moved, the sums of well mixed hashes are equal with odds of
 * 2<sup>-64</sup>, 5.4e-20, and the counts must be equal too: of a million comparisons of parts that differ, one is missed
 * with odds of 5.4e-14. Additive combination of hashes is AdHash of Bellare and Micciancio ("A New Paradigm for
 * Collision-Free Hashing: Incrementality at Reduced Cost", Eurocrypt 1997). Of 64 bits it does not resist somebody who
 * chooses the rows in order to deceive it; drift is no such adversary.
 */
public record Digest(long rows, long hash) {
    public static final Digest EMPTY = new Digest(0, 0);

    /** The digest of both sets together. */
    public Digest plus(Digest other) {
        return new Digest(rows + other.rows, hash + other.hash);
    }
}
