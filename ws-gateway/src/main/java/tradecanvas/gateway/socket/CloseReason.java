package tradecanvas.gateway.socket;

import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;

/** Why the gateway closes a socket: the code and the text that the client sees. */
enum CloseReason {
    SERVER_SHUTDOWN(1001, "server_shutdown"),
    PROTOCOL_ERROR(1002, "protocol_error"),
    SUBSCRIBE_DEADLINE(1008, "subscribe_deadline"),
    MESSAGE_TOO_BIG(1009, "message_too_big"),
    HISTORY_UNAVAILABLE(1011, "history_unavailable"),
    INTERNAL_ERROR(1011, "internal_error"),
    PING_TIMEOUT(1011, "ping_timeout"),
    SLOW_CONSUMER(1013, "slow_consumer");

    private final int code;
    private final String text;

    CloseReason(int code, String text) {
        this.code = code;
        this.text = text;
    }

    CloseWebSocketFrame frame() {
        return new CloseWebSocketFrame(code, text);
    }

    String text() {
        return text;
    }
}
