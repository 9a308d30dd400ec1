package tradecanvas.store.compare;

import java.time.Duration;
import tradecanvas.store.digest.DigestReader;
import tradecanvas.store.digest.TimeParts;

/**
 * What a comparison may take.
 *
 * @param rowsPerSecondMax rows compared a second, 0 for as fast as the stores are; at the bound it pauses
 * @param windowRows rows that one question for digests aims at; twice as many end it
 * @param parts parts that a window is cut into
 * @param leafRows rows of a part from which on rows are asked for instead of digests
 * @param mirrorWaitMax how long a suspect waits for the mirror to have what the truth had; past it, it stays unconfirmed
 * @param answerWaitMax how long one answer of a store may take
 */
public record ComparisonBounds(
        long rowsPerSecondMax,
        int windowRows,
        int parts,
        int leafRows,
        Duration mirrorWaitMax,
        Duration answerWaitMax) {
    /** 65,536 rows take 0.1 s or less, 64 parts of them are 1,024 rows each, one answer. */
    public static final ComparisonBounds STANDARD =
            new ComparisonBounds(0, 65_536, 64, 1_024, Duration.ofSeconds(10), Duration.ofSeconds(30));

    public ComparisonBounds {
        if (rowsPerSecondMax < 0) {
            throw new IllegalArgumentException("rowsPerSecondMax " + rowsPerSecondMax + " is negative");
        }
        DigestReader.requireWithin(DigestReader.DIGEST_ROWS_MAX / 2, windowRows, "windowRows");
        DigestReader.requireWithin(TimeParts.PARTS_MAX, parts, "parts");
        DigestReader.requireWithin(DigestReader.ROWS_MAX, leafRows, "leafRows");
    }

    /** One answer of a reader may have so many rows more than a leaf had when it was measured. */
    int leafPageRows() {
        return Math.min(DigestReader.ROWS_MAX, 2 * leafRows);
    }

    int windowRowsMax() {
        return 2 * windowRows;
    }

    public ComparisonBounds withRowsPerSecondMax(long changed) {
        return new ComparisonBounds(changed, windowRows, parts, leafRows, mirrorWaitMax, answerWaitMax);
    }

    public ComparisonBounds withWindow(int changedRows, int changedParts, int changedLeafRows) {
        return new ComparisonBounds(
                rowsPerSecondMax, changedRows, changedParts, changedLeafRows, mirrorWaitMax, answerWaitMax);
    }

    public ComparisonBounds withMirrorWaitMax(Duration changed) {
        return new ComparisonBounds(rowsPerSecondMax, windowRows, parts, leafRows, changed, answerWaitMax);
    }
}
