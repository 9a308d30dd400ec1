package tradecanvas.store.repair;

/** What became of a fix. */
public enum FixOutcome {
    /** Its key is in the outbox, and nobody has looked since. */
    QUEUED,
    /** The stores were equal there afterwards. */
    REPAIRED,
    /** They were not: the mirror refuses the row, or somebody else writes to it. */
    STILL_DRIFT
}
