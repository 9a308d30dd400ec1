package tradecanvas.store.compare;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tradecanvas.store.digest.RowBits;

/**
 * A row that the stores do not have in common, with what each of them holds as evidence; null where it has no such row.
 *
 * <p>Units: {@code time} in Unix seconds.
 */
public record Drift(
        String seriesId,
        long time,
        @Nullable RowBits truth,
        @Nullable RowBits mirror) {
    /** What is wrong with the mirror. */
    public enum Kind {
        /** Only the truth has the row. */
        MISSING,
        /** Only the mirror has it. */
        EXTRA,
        /** Both have it, with other bits. */
        DIFFERENT
    }

    public Drift {
        if (Objects.equals(truth, mirror)) {
            throw new IllegalArgumentException("row " + time + " of series " + seriesId + " is no drift");
        }
    }

    public Kind kind() {
        if (truth == null) {
            return Kind.EXTRA;
        }
        return mirror == null ? Kind.MISSING : Kind.DIFFERENT;
    }
}
