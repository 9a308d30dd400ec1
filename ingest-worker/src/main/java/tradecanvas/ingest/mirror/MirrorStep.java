package tradecanvas.ingest.mirror;

import java.util.List;
import tradecanvas.store.outbox.MirrorRow;
import tradecanvas.store.outbox.OutboxEntry;

/** One write to the mirror, and the changes that it settles once the mirror has committed it. */
sealed interface MirrorStep {
    List<OutboxEntry> settles();

    /** Rows as the truth held them when the step was made. */
    record Save(List<MirrorRow> rows, List<OutboxEntry> settles) implements MirrorStep {}

    /** A range that loses what the truth does not have there. */
    record Delete(String seriesId, long from, long to, List<Long> keep, List<OutboxEntry> settles)
            implements MirrorStep {}

    /** Changes whose rows the truth no longer has: a later change deletes them. */
    record Nothing(List<OutboxEntry> settles) implements MirrorStep {}
}
