package tradecanvas.store.digest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Adds up the rows of one question, in ascending order, into the digests of its parts. Owner: one read. */
public final class PartDigests {
    private final TimeParts parts;
    private final int rowsMax;
    private final long width;
    private final RowHash hash;
    private final List<Digest> finished = new ArrayList<>();
    private long rows;
    private int part;
    private long partRows;
    private long partHash;

    /** @param rowsMax rows to add up; a part that is not complete within them is left out, as are those behind it */
    public PartDigests(String seriesId, TimeParts parts, int rowsMax) {
        this.parts = parts;
        this.rowsMax = rowsMax;
        width = parts.width();
        hash = RowHash.ofSeries(seriesId);
    }

    /** How many rows the store is to give: one more than counts, which shows that there are more. */
    public int rowsWanted() {
        return rowsMax + 1;
    }

    /** Takes the next row, as its time and raw bits. */
    public void add(long time, long open, long high, long low, long close, long volume) {
        int at = (int) Long.divideUnsigned(time - parts.from(), width);
        while (part < at) {
            finishPart();
        }
        rows++;
        partRows++;
        partHash += hash.of(time, open, high, low, close, volume);
    }

    private void finishPart() {
        finished.add(new Digest(partRows, partHash));
        partRows = 0;
        partHash = 0;
        part++;
    }

    /** The digests of the parts that are complete, once all rows were given. */
    public List<Digest> complete() {
        if (rows <= rowsMax) {
            for (int count = parts.count(); part < count; ) {
                finishPart();
            }
        }
        return Collections.unmodifiableList(finished);
    }
}
