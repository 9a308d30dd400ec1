package tradecanvas.system.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.system.client.Api;
import tradecanvas.system.process.TradeCanvas;

class WhitelistIT {
    @Test
    void withoutAFileItIsEmpty() {
        Api.Answer answer = SharedServer.api().get("api/market/whitelist");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"series_ids\":[]}");
    }

    @Test
    void idsComeTrimmedOnceAndInTheOrderOfTheFile() {
        assertThat(CustomServer.api().get("api/market/whitelist?x=1").body())
                .isEqualTo("{\"series_ids\":[\"b:spot:Z/USDT:1m\",\"a:futures:日本:5m\",\"not a series\"]}");
    }

    @Test
    void fileWithoutAListStopsTheStart(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("whitelist.json"), "{\"series_ids\":\"a:b:c:1m\"}");
        try (TradeCanvas server = TradeCanvas.in(directory).launch()) {
            assertThat(server.awaitEnd()).isNotZero();
            assertThat(server.log())
                    .contains("whitelist series_ids must be a list")
                    .doesNotContain("ready http");
        }
    }
}
