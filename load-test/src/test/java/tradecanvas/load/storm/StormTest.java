package tradecanvas.load.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.load.client.CandleSource;
import tradecanvas.load.client.ServerFrames;
import tradecanvas.load.process.Cores;
import tradecanvas.load.process.Layout;
import tradecanvas.load.process.MinimalServer;
import tradecanvas.load.process.ServerProcess;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.wire.ServerMessage;
import tradecanvas.model.wire.ServerMessageCodec;

class StormTest {
    private static final StormPlan PLAN = new StormPlan(20, 50, 0, Duration.ofSeconds(5), Cores.ANY);

    @TempDir
    private Path directory = Path.of("");

    @Test
    void everyClientGetsTheHistoryAndWhatIsPublishedMeanwhile() throws IOException, InterruptedException {
        CandleSource source = new CandleSource("binance:futures:BTC/USDT:1m");

        StormFigures figures = play(source, source.next(50));

        assertThat(figures.complete()).isEqualTo(20);
        assertThat(figures.violations()).isZero();
        assertThat(figures.liveCandles()).isPositive();
        assertThat(figures.p50Ms()).isPositive().isLessThanOrEqualTo(figures.lastMs());
        assertThat(figures.reads()).isNaN();
    }

    @Test
    void aHoleInTheHistoryIsSeenByEveryClient() throws IOException, InterruptedException {
        CandleSource source = new CandleSource("binance:futures:BTC/USDT:1m");
        List<Candle> candles = source.next(50);

        StormFigures figures = play(source, candles.subList(1, 50));

        assertThat(figures.violations()).isEqualTo(20);
    }

    private StormFigures play(CandleSource source, List<Candle> sent) throws IOException, InterruptedException {
        Layout layout = Layout.ofThisCode();
        Path frames = directory.resolve("history.frames");
        Files.write(
                frames,
                ServerFrames.text(ServerMessageCodec.encode(new ServerMessage.CandlesBatch(source.seriesId(), sent))));
        MinimalServer server = MinimalServer.compile(layout.minimalServerSource(), directory.resolve("minimal_server"))
                .withHistory(frames);
        try (ServerProcess process =
                ServerProcess.start(server, directory.resolve("work"), Cores.ANY, Duration.ofMinutes(1))) {
            return new Storm(PLAN, process, process.base(), source, false).play(true);
        }
    }
}
