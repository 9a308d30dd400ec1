package tradecanvas.store.sqlite;

import org.jspecify.annotations.Nullable;

/** What a store has done since it was opened and what waits for it now; counts only grow. */
public record SqliteStats(Writes writes, Reads reads, Wal wal) {
    /**
     * The write side.
     *
     * @param queuedRows rows that wait for the writer now
     * @param refusedUnits units that met a full queue
     * @param failedUnits units that were accepted and not written
     * @param lastGroupUnits units of the newest transaction
     * @param lastCommitNanos how long the newest transaction took, its sync included
     */
    public record Writes(
            long queuedRows,
            long refusedUnits,
            long commits,
            long unitsWritten,
            long rowsWritten,
            long failedUnits,
            int lastGroupUnits,
            long lastCommitNanos) {}

    /**
     * The read side.
     *
     * @param waiting reads that wait for a thread now
     * @param refused reads that met a full queue
     * @param failed reads that the database did not answer
     */
    public record Reads(int waiting, long refused, long failed) {}

    /**
     * The write-ahead log.
     *
     * @param bytes length of the part in use, as of the newest commit; the file itself does not shrink while open
     */
    public record Wal(
            long bytes,
            long checkpoints,
            long failedCheckpoints,
            @Nullable Checkpoint lastCheckpoint) {}

    /**
     * One run of a checkpoint.
     *
     * @param byWriter whether it held up the writer, because the log had reached its bound
     * @param blocked whether a reader or another checkpoint kept it from finishing
     * @param walBytes length of the log
     * @param checkpointedBytes how much of the log is in the database file
     */
    public record Checkpoint(boolean byWriter, boolean blocked, long walBytes, long checkpointedBytes, long nanos) {}
}
