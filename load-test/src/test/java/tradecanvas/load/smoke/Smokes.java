package tradecanvas.load.smoke;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import tradecanvas.load.smoke.SmokeOutcome.Ingest;
import tradecanvas.load.smoke.SmokeOutcome.MetricsSnapshot;
import tradecanvas.load.smoke.SmokeOutcome.TriggerCheck;

/** Made-up parameters and outcomes for the tests of this package. */
final class Smokes {
    static final ZonedDateTime NOW = ZonedDateTime.parse("2026-11-23T08:56:21Z");
    static final ClientResult.Checks CLEAN = new ClientResult.Checks(1, 0, 0, 0, 0);

    private Smokes() {}

    static SmokeParameters parameters(String... namesAndValues) {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            environment.put(SmokeParameters.PREFIX + namesAndValues[i], namesAndValues[i + 1]);
        }
        return SmokeParameters.from(environment, NOW);
    }

    /** So many clients were served, so many connected and waited, so many never connected. */
    static SmokeOutcome outcome(int served, int waiting, int refused) {
        List<ClientResult> clients = new ArrayList<>();
        for (int i = 0; i < served + waiting + refused; i++) {
            clients.add(i < served ? served(i, 10 + i, CLEAN) : i < served + waiting ? waiting(i) : refused(i));
        }
        return outcome(clients, new Ingest(200, "{\"ok\":true}", null, 1), false);
    }

    static SmokeOutcome outcome(List<ClientResult> clients, Ingest ingest, boolean alreadyStored) {
        TriggerCheck check = new TriggerCheck(OptionalLong.empty(), alreadyStored, null);
        MetricsSnapshot metrics = new MetricsSnapshot(false, 404, null, "status 404");
        return new SmokeOutcome(check, clients, ingest, metrics, Duration.ofMillis(1_234));
    }

    static ClientResult served(int id, double ms, ClientResult.Checks checks) {
        return new ClientResult(id, true, 5, true, List.of(ms), 2, checks, null);
    }

    private static ClientResult waiting(int id) {
        ClientResult.Checks none = new ClientResult.Checks(0, 0, 0, 0, 0);
        return new ClientResult(id, true, 5, false, List.of(), 0, none, "timeout_waiting_trigger");
    }

    private static ClientResult refused(int id) {
        ClientResult.Checks none = new ClientResult.Checks(0, 0, 0, 0, 0);
        return new ClientResult(id, false, Double.NaN, false, List.of(), 0, none, "connect failed");
    }
}
