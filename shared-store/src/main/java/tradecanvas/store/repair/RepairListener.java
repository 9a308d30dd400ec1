package tradecanvas.store.repair;

import tradecanvas.store.compare.Drift;

/** Learns what a repair does, on its thread. */
public interface RepairListener {
    /** A fix that will be made, or would be in a dry run. */
    default void planned(Drift drift) {}

    /** Drift that no repair can end. */
    default void refused(Drift drift) {}

    /** What became of a fix. */
    default void settled(Drift drift, FixOutcome outcome) {}
}
