package tradecanvas.load.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SocketSwarmTest {
    private static final String REFUSAL = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\n\r\n";
    private static final String ACCEPTANCE = "HTTP/1.1 101 Switching Protocols\r\n\r\n";

    @Test
    void aRefusedHandshakeIsTriedAgainWhenItsClientWantsThat() throws Exception {
        assertThat(refusedOnceThenAccepted(0)).containsExactly("refused HTTP/1.1 503 Service Unavailable", "opened");
    }

    @Test
    void elseItIsAFailure() throws Exception {
        assertThat(refusedOnceThenAccepted(SocketListener.NO_RETRY))
                .containsExactly(
                        "refused HTTP/1.1 503 Service Unavailable",
                        "failed handshake refused: HTTP/1.1 503 Service Unavailable");
    }

    private static List<String> refusedOnceThenAccepted(long retryAfterNanos) throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        try (ServerSocket server = new ServerSocket(0, 2, InetAddress.getLoopbackAddress());
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<?> answers = threads.submit(() -> {
                answer(server, REFUSAL);
                return retryAfterNanos < 0 ? "" : answer(server, ACCEPTANCE);
            });
            try (SocketSwarm swarm = new SocketSwarm(URI.create("ws://127.0.0.1:" + server.getLocalPort()), 1)) {
                swarm.open(1, _ -> new Telling(told, retryAfterNanos), Duration.ofSeconds(20));
            }
            answers.get();
        }
        return told;
    }

    private static String answer(ServerSocket server, String answer) throws IOException {
        Socket socket = server.accept(); // its peer closes it
        byte[] request = socket.getInputStream().readNBytes(1);
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        return new String(request, StandardCharsets.US_ASCII);
    }

    private record Telling(List<String> told, long retry) implements SocketListener {
        @Override
        public String opened() {
            told.add("opened");
            return "";
        }

        @Override
        public long retryAfterNanos(String statusLine) {
            told.add("refused " + statusLine);
            return retry;
        }

        @Override
        public void message(byte[] data, int offset, int length, long nanoTime) {}

        @Override
        public void failed(String reason) {
            told.add("failed " + reason);
        }
    }
}
