package tradecanvas.load.smoke;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import tradecanvas.load.report.Statistics;

/** Everything that one smoke observed. */
record SmokeOutcome(
        TriggerCheck triggerCheck,
        List<ClientResult> clients,
        Ingest ingest,
        MetricsSnapshot metrics,
        Duration duration) {
    /** Whether the trigger time is new; {@code head} is the newest stored time, {@code error} says why it is unknown. */
    record TriggerCheck(
            OptionalLong head,
            boolean alreadyStored,
            @Nullable String error) {}

    /** The posts: the answer of the first that failed, else of the last. */
    record Ingest(
            @Nullable Integer status,
            @Nullable String response,
            @Nullable String error,
            int posted) {
        static final Ingest NONE = new Ingest(null, null, null, 0);

        boolean ok() {
            return status != null && status == 200 && error == null;
        }
    }

    /** The server's own metrics after the run. {@code payload} is parsed JSON. */
    record MetricsSnapshot(
            boolean ok,
            @Nullable Integer status,
            @Nullable Object payload,
            @Nullable String error) {}

    SmokeOutcome {
        clients = List.copyOf(clients);
    }

    int connected() {
        return (int) clients.stream().filter(ClientResult::connected).count();
    }

    int delivered() {
        return (int) clients.stream().filter(ClientResult::delivered).count();
    }

    /** Delivered of connected clients; 0 when none connected. */
    double deliveryRatio() {
        return ratio(delivered(), connected());
    }

    double connectRatio() {
        return ratio(connected(), clients.size());
    }

    int sum(ToIntFunction<ClientResult.Checks> count) {
        return clients.stream().map(ClientResult::checks).mapToInt(count).sum();
    }

    double[] connectMs() {
        return clients.stream()
                .filter(ClientResult::connected)
                .mapToDouble(ClientResult::connectMs)
                .toArray();
    }

    double[] deliveryMs() {
        return clients.stream()
                .flatMap(client -> client.deliverMs().stream())
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    double deliveryMsP95() {
        return Statistics.percentile(0.95, deliveryMs());
    }

    static double ratio(int part, int whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
