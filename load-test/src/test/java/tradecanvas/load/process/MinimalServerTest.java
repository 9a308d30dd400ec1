package tradecanvas.load.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tradecanvas.load.client.SocketListener;
import tradecanvas.load.client.SocketSwarm;
import tradecanvas.model.bus.BusChannels;
import tradecanvas.model.bus.BusMessage;
import tradecanvas.model.bus.BusMessageCodec;
import tradecanvas.model.bus.BusSource;
import tradecanvas.model.bus.FeedEvent;
import tradecanvas.model.candle.Candle;
import tradecanvas.model.series.SeriesId;

class MinimalServerTest {
    private static final Duration TIME_MAX = Duration.ofSeconds(20);

    @TempDir
    private Path directory = Path.of("");

    @Test
    void whatThePublisherSendsArrivesAsAGatewaySendsIt() throws IOException, InterruptedException {
        MinimalServer direct =
                MinimalServer.compile(Layout.ofThisCode().minimalServerSource(), directory.resolve("minimal_server"));
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        try (ServerSocket redis = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            MinimalServer server = direct.over(URI.create("redis://127.0.0.1:" + redis.getLocalPort()));
            try (ServerProcess process =
                            ServerProcess.start(server, directory.resolve("work"), Cores.ANY, Duration.ofMinutes(1));
                    SocketSwarm swarm = new SocketSwarm(process.marketSocket(), 1);
                    Socket bus = redis.accept()) {
                swarm.open(1, _ -> new Collecting(received), TIME_MAX);
                publish(bus, push("subscribe", ":1\r\n") + event(60) + event(120));

                String first = received.poll(TIME_MAX.toSeconds(), TimeUnit.SECONDS);
                String second = received.poll(TIME_MAX.toSeconds(), TimeUnit.SECONDS);

                assertThat(List.of(String.valueOf(first), String.valueOf(second)))
                        .containsExactly(message(60), message(120));
            }
        }
    }

    /** In small pieces, as a network may cut it. */
    private static void publish(Socket bus, String pushes) throws IOException, InterruptedException {
        bus.setTcpNoDelay(true);
        for (String piece : pushes.split("(?<=\\G.{50})", -1)) {
            bus.getOutputStream().write(piece.getBytes(StandardCharsets.US_ASCII));
            TimeUnit.MILLISECONDS.sleep(1); // so that each is read alone
        }
    }

    private static String event(long time) {
        FeedEvent.Closed closed = new FeedEvent.Closed(series(), new Candle(time, 1, 2, 0.5, 1.5, 7));
        byte[] json = BusMessageCodec.encode(new BusMessage.Event(new BusSource("worker"), closed));
        return push("message", "$" + json.length + "\r\n" + new String(json, StandardCharsets.US_ASCII) + "\r\n");
    }

    private static String push(String kind, String last) {
        return "*3\r\n$" + kind.length() + "\r\n" + kind + "\r\n$" + BusChannels.EVENTS.length() + "\r\n"
                + BusChannels.EVENTS + "\r\n" + last;
    }

    private static String message(long time) {
        return "{\"type\":\"candle_closed\",\"series_id\":\"" + series().text() + "\",\"candle\":{\"candle_time\":"
                + time + ",\"open\":1.0,\"high\":2.0,\"low\":0.5,\"close\":1.5,\"volume\":7.0}}";
    }

    private static SeriesId series() {
        return SeriesId.parse("binance:futures:BTC/USDT:1m");
    }

    private record Collecting(BlockingQueue<String> received) implements SocketListener {
        @Override
        public String opened() {
            return "{}";
        }

        @Override
        public void message(byte[] data, int offset, int length, long nanoTime) {
            received.add(new String(data, offset, length, StandardCharsets.UTF_8));
        }

        @Override
        public void failed(@Nullable String reason) {
            received.add("failed: " + reason);
        }
    }
}
