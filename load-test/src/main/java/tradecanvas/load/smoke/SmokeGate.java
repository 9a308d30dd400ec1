package tradecanvas.load.smoke;

import java.util.ArrayList;
import java.util.List;

/** The verdict: the contract's three conditions and those that close its gaps. Stateless. */
final class SmokeGate {
    private SmokeGate() {}

    /** Why the smoke fails, one text a condition; nothing when it passes. */
    static List<String> failures(SmokeParameters parameters, SmokeOutcome outcome) {
        List<String> failures = new ArrayList<>();
        if (outcome.triggerCheck().alreadyStored()) {
            failures.add("trigger_time_already_stored");
        }
        if (!outcome.ingest().ok()) {
            failures.add("ingest_failed");
        }
        if (outcome.deliveryRatio() < parameters.deliveryRatioMin()) {
            failures.add("delivery_ratio " + outcome.deliveryRatio() + " below " + parameters.deliveryRatioMin());
        }
        if (outcome.connectRatio() < parameters.connectRatioMin()) {
            failures.add("connect_ratio " + outcome.connectRatio() + " below " + parameters.connectRatioMin());
        }
        parameters.p95DeliveryMsMax().ifPresent(limit -> {
            // without a delivery there is no p95, and that is no pass
            if (!(outcome.deliveryMsP95() <= limit)) {
                failures.add("p95_delivery_ms " + outcome.deliveryMsP95() + " above " + limit);
            }
        });
        addIfAny(failures, "deliveries_before_trigger", outcome.sum(ClientResult.Checks::beforeTrigger));
        addIfAny(failures, "duplicates", outcome.sum(ClientResult.Checks::duplicates));
        addIfAny(failures, "order_violations", outcome.sum(ClientResult.Checks::orderViolations));
        return failures;
    }

    private static void addIfAny(List<String> failures, String what, int count) {
        if (count > 0) {
            failures.add(what + " " + count);
        }
    }
}
