package tradecanvas.load.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tradecanvas.load.smoke.SmokeOutcome.Ingest;

class SmokeGateTest {
    @Test
    void everyoneServedPasses() {
        assertThat(failures(Smokes.outcome(100, 0, 0))).isEmpty();
    }

    @Test
    void theDeliveryRatioIsOfConnectedClientsAndItsLimitPasses() {
        assertThat(failures(Smokes.outcome(95, 5, 0))).isEmpty();
        assertThat(failures(Smokes.outcome(94, 6, 0))).containsExactly("delivery_ratio 0.94 below 0.95");
    }

    @Test
    void tooFewConnectionsFailHoweverWellTheyAreServed() {
        assertThat(failures(Smokes.outcome(99, 0, 1))).isEmpty();
        assertThat(failures(Smokes.outcome(1, 0, 999))).containsExactly("connect_ratio 0.001 below 0.99");
    }

    @Test
    void nobodyConnectedFails() {
        assertThat(failures(Smokes.outcome(0, 0, 10))).hasSize(2);
    }

    @Test
    void aRefusedOrFailedIngestFails() {
        List<ClientResult> clients = Smokes.outcome(10, 0, 0).clients();

        assertThat(failures(Smokes.outcome(clients, new Ingest(500, "no", null, 1), false)))
                .containsExactly("ingest_failed");
        assertThat(failures(Smokes.outcome(clients, new Ingest(null, null, "ConnectException", 1), false)))
                .containsExactly("ingest_failed");
    }

    @Test
    void aTriggerThatWasStoredBeforeFails() {
        SmokeOutcome fine = Smokes.outcome(10, 0, 0);

        assertThat(failures(Smokes.outcome(fine.clients(), fine.ingest(), true)))
                .containsExactly("trigger_time_already_stored");
    }

    @Test
    void duplicatesDisorderAndEarlyDeliveriesFail() {
        SmokeOutcome fine = Smokes.outcome(9, 0, 0);
        List<ClientResult> clients = new ArrayList<>(fine.clients());
        clients.add(Smokes.served(9, 3, new ClientResult.Checks(0, 1, 0, 2, 3)));

        assertThat(failures(Smokes.outcome(clients, fine.ingest(), false)))
                .containsExactly("deliveries_before_trigger 1", "duplicates 2", "order_violations 3");
    }

    @Test
    void theLatencyLimitIsOptionalAndNothingDeliveredDoesNotMeetIt() {
        SmokeParameters limited = Smokes.parameters("MAX_P95_DELIVERY_MS", "100");

        assertThat(SmokeGate.failures(limited, Smokes.outcome(50, 0, 0))).isEmpty();
        assertThat(SmokeGate.failures(limited, Smokes.outcome(200, 0, 0)))
                .singleElement()
                .asString()
                .startsWith("p95_delivery_ms 199");
        assertThat(SmokeGate.failures(limited, Smokes.outcome(0, 10, 0))).anyMatch(text -> text.contains("NaN above"));
    }

    private static List<String> failures(SmokeOutcome outcome) {
        return SmokeGate.failures(Smokes.parameters(), outcome);
    }
}
