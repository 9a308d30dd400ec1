package tradecanvas.runtime.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ShutdownGateTest.OwnProcess.class)
class ShutdownGateTest {
    /** A closed gate stays closed, so nobody else may share this application. */
    public static final class OwnProcess implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("trade-canvas.cors-origins", "*");
        }
    }

    private final ShutdownGate gate;

    ShutdownGateTest(ShutdownGate gate) {
        this.gate = gate;
    }

    @Test
    void aProcessThatShutsDownTurnsNewRequestsAway() {
        given().get("/api/edge?series_id=a").then().statusCode(200);
        gate.close();
        given().header("Origin", "http://any.example")
                .get("/api/edge?series_id=a")
                .then()
                .statusCode(503)
                .header("Content-Type", "application/json")
                .header("Access-Control-Allow-Origin", "http://any.example")
                .body(equalTo("{\"detail\":\"server_shutting_down\"}"));
    }
}
