package tradecanvas.system.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static tradecanvas.system.contract.LimitedServer.MESSAGES_PER_SECOND_MAX;
import static tradecanvas.system.contract.LimitedServer.MESSAGE_BYTES_MAX;
import static tradecanvas.system.contract.LimitedServer.SERIES_PER_SOCKET_MAX;
import static tradecanvas.system.contract.LimitedServer.SOCKETS_PER_ADDRESS_MAX;
import static tradecanvas.system.contract.Wire.badRequest;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tradecanvas.system.client.MarketSocket;
import tradecanvas.system.client.RawConnection;
import tradecanvas.system.client.RawSocket;

class SocketLimitsIT {
    private final URI address = LimitedServer.server().marketSocket();
    private final Posts posts = new Posts(LimitedServer.api());

    @Test
    void messageOfTheLargestSizeIsAnsweredAndOneByteMoreCloses() {
        try (MarketSocket socket = LimitedServer.socket()) {
            assertThat(socket.send(messageOf(MESSAGE_BYTES_MAX)).next()).startsWith("{\"type\":\"error\"");

            socket.send(messageOf(MESSAGE_BYTES_MAX + 1));

            assertThat(socket.awaitClose()).isEqualTo(new MarketSocket.Closed(1009, "message_too_big"));
        }
    }

    @Test
    void messageInFragmentsHasTheSameBound() {
        byte[] message = messageOf(MESSAGE_BYTES_MAX).getBytes(StandardCharsets.UTF_8);
        byte[] half = Arrays.copyOf(message, MESSAGE_BYTES_MAX / 2);
        byte[] rest = Arrays.copyOfRange(message, MESSAGE_BYTES_MAX / 2, MESSAGE_BYTES_MAX);
        try (RawSocket socket = RawSocket.connect(address)) {
            socket.frame(RawSocket.TEXT, false, half).frame(RawSocket.CONTINUATION, true, rest);
            assertThat(socket.nextText()).startsWith("{\"type\":\"error\"");

            socket.frame(RawSocket.TEXT, false, half)
                    .frame(RawSocket.CONTINUATION, false, half)
                    .frame(RawSocket.CONTINUATION, true, new byte[1]);

            RawSocket.Frame close = socket.next(RawSocket.CLOSE);
            assertThat(close.closeCode()).isEqualTo(1009);
            assertThat(close.text()).isEqualTo("message_too_big");
            assertThat(socket.next()).isNull();
        }
    }

    @Test
    void oneSeriesTooManyIsRefusedAndTheOthersStay() {
        List<String> series = IntStream.range(0, SERIES_PER_SOCKET_MAX + 1)
                .mapToObj(_ -> SharedServer.series())
                .toList();
        String extra = series.getLast();
        series.forEach(id -> posts.silently(id, 100));
        try (MarketSocket socket = LimitedServer.socket()) {
            series.forEach(id -> socket.subscribe(id, 100L, true));
            assertThat(socket.untilNow()).containsExactly(Wire.capacity("series_per_socket_max", extra));

            socket.subscribe(series.getFirst(), null, true);
            assertThat(socket.untilNow()).containsExactly(Wire.batch(series.getFirst(), 100));

            posts.closed(extra, 160);
            posts.closed(series.get(1), 160);
            assertThat(socket.next()).isEqualTo(Wire.closed(series.get(1), 160));

            socket.unsubscribe(series.get(1)).subscribe(extra, 100L, true);
            assertThat(socket.untilNow()).containsExactly(Wire.batch(extra, 160));
        }
    }

    @Test
    void socketsOfOneAddressAreBoundedAndOthersAreNotConcerned() {
        HttpClient greedy = LimitedServer.clientAt("127.0.0.9");
        List<MarketSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < SOCKETS_PER_ADDRESS_MAX; i++) {
                sockets.add(MarketSocket.connect(greedy, address).subscribe("a:b:c:1m", null, true));
            }

            RawConnection.Answer refused = handshakeFrom("127.0.0.9");

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.body()).isEqualTo("{\"detail\":\"sockets_per_address_max\"}");
            assertThat(handshakeFrom("127.0.0.10").status()).isEqualTo(101);
            assertThat(sockets.getLast().untilNow()).isEmpty();

            sockets.removeLast().close();
            await().untilAsserted(() ->
                    assertThat(handshakeFrom("127.0.0.9").status()).isEqualTo(101));
        } finally {
            sockets.forEach(MarketSocket::close);
        }
    }

    @Test
    void socketWithoutASubscriptionIsClosedAtTheDeadline() {
        try (MarketSocket subscribed = LimitedServer.socket();
                MarketSocket idle = LimitedServer.socket();
                MarketSocket refused = LimitedServer.socket()) {
            subscribed.subscribe("a:b:c:1m", null, true).unsubscribe("a:b:c:1m");
            refused.send("{\"type\":\"subscribe\",\"series_id\":\"no series\"}");
            assertThat(refused.next()).isEqualTo(Wire.badSeries("no series"));

            MarketSocket.Closed deadline = new MarketSocket.Closed(1008, "subscribe_deadline");
            assertThat(idle.awaitClose()).isEqualTo(deadline);
            assertThat(refused.awaitClose()).isEqualTo(deadline);
            assertThat(subscribed.untilNow()).isEmpty();
            assertThat(subscribed.isClosed()).isFalse();
        }
    }

    @Test
    void messagesBeyondTheBudgetWaitAndAreAllAnsweredInOrder() {
        int count = 3 * MESSAGES_PER_SECOND_MAX;
        List<String> expected = new ArrayList<>();
        String series = SharedServer.series();
        try (MarketSocket socket = LimitedServer.socket()) {
            socket.subscribe(series, null, true);
            for (int i = 0; i < count; i++) {
                socket.send("{\"type\":\"" + i + "\"}");
                expected.add(badRequest("unknown message type: " + i));
            }

            posts.closed(series, 100);

            List<String> received = socket.take(count + 1);
            assertThat(received).contains(Wire.closed(series, 100));
            assertThat(received.stream().filter(message -> message.contains("\"error\"")))
                    .containsExactlyElementsOf(expected);
            assertThat(socket.untilNow()).isEmpty();
        }
    }

    private RawConnection.Answer handshakeFrom(String from) {
        try (RawConnection connection = RawConnection.open(address, from)) {
            return RawSocket.handshake(connection, address);
        }
    }

    private static String messageOf(int bytes) {
        String frame = "{\"type\":\"\"}";
        return "{\"type\":\"" + "x".repeat(bytes - frame.length()) + "\"}";
    }
}
