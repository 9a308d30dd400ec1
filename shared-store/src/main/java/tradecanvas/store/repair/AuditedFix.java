package tradecanvas.store.repair;

import tradecanvas.store.compare.Drift;

/**
 * A fix as it is kept: what was found on both sides, who asked, and what became of it.
 *
 * <p>Units: Unix milliseconds; {@code settledAtMs} is 0 while it is queued. {@code id} ascends in the order of the requests.
 */
public record AuditedFix(
        long id, String runId, Drift evidence, FixOutcome outcome, long requestedAtMs, long settledAtMs) {}
