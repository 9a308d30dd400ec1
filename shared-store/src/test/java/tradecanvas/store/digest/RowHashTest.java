package tradecanvas.store.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RowHashTest {
    private static final RowBits ROW = RowBits.of(60, 0.0000005, 2.5e-6, 100.1000005, Double.MIN_VALUE, 1e300);

    /** Stored nowhere, but both ends of the wire must agree, also of different builds. */
    @Test
    void hashIsFixed() {
        assertThat(RowHash.ofSeries("a:b:c:1m").of(ROW))
                .isEqualTo(RowHash.ofSeries("a:b:c:1m").of(ROW));
        assertThat(Long.toHexString(RowHash.ofSeries("a:b:c:1m").of(ROW))).isEqualTo("bebe0b3725aa9370");
    }

    @Test
    void eachBitOfEachColumnTheTimeAndTheSeriesMatter() {
        RowHash hash = RowHash.ofSeries("a:b:c:1m");
        Set<Long> hashes = new HashSet<>(List.of(
                hash.of(ROW),
                RowHash.ofSeries("a:b:d:1m").of(ROW),
                RowHash.ofSeries("a:b:c:1m ").of(ROW)));
        for (int bit = 0; bit < Long.SIZE; bit++) {
            for (int column = 0; column < RowBits.COLUMNS; column++) {
                List<Long> bits = new ArrayList<>(ROW.bits());
                bits.set(column, bits.get(column) ^ (1L << bit));
                hashes.add(hash.of(RowBits.of(ROW.time(), bits)));
            }
            hashes.add(hash.of(RowBits.of(ROW.time() ^ (1L << bit), ROW.bits())));
        }
        assertThat(hashes).hasSize(3 + Long.SIZE * (RowBits.COLUMNS + 1));
    }

    @Test
    void changeOfOneBitChangesHalfOfTheHash() {
        RowHash hash = RowHash.ofSeries("a:b:c:1m");
        Random random = new Random(1);
        long changed = 0;
        int tries = 20_000;
        for (int i = 0; i < tries; i++) {
            long time = random.nextInt();
            long open = random.nextInt(100);
            changed += Long.bitCount(
                    hash.of(time, open, 0, 0, 0, 0) ^ hash.of(time, open ^ (1L << random.nextInt(64)), 0, 0, 0, 0));
        }
        assertThat(changed / (double) tries).isBetween(31.9, 32.1);
    }

    /** Rows swapped, moved or there twice: what an exclusive-or or a sum of plain values would not show. */
    @Test
    void sumShowsRowsThatAreSwappedMovedOrThereTwice() {
        RowBits other = RowBits.of(120, 1, 2, 3, 4, 5);
        Digest both = digest(ROW, other);
        assertThat(digest(RowBits.of(60, other.bits()), RowBits.of(120, ROW.bits())))
                .isNotEqualTo(both);
        assertThat(digest(RowBits.of(61, ROW.bits()), RowBits.of(119, other.bits())))
                .isNotEqualTo(both);
        assertThat(digest(ROW, ROW, other, other).hash())
                .isNotEqualTo(both.hash())
                .isNotZero();
        assertThat(digest(other, ROW)).isEqualTo(both);
    }

    private static Digest digest(RowBits... rows) {
        RowHash hash = RowHash.ofSeries("a:b:c:1m");
        Digest sum = Digest.EMPTY;
        for (RowBits row : rows) {
            sum = sum.plus(new Digest(1, hash.of(row)));
        }
        return sum;
    }
}
