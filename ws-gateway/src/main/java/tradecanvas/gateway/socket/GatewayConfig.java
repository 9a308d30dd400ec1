package tradecanvas.gateway.socket;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import tradecanvas.runtime.config.AtLeast;

/** Limits of the public socket of one gateway process. */
@ConfigMapping(prefix = "trade-canvas.ws")
public interface GatewayConfig {
    /** Bytes of one client message, also in fragments; past it the socket is closed with 1009. */
    @WithDefault("65536")
    @AtLeast(1024)
    int messageBytesMax();

    /** Client messages a second and socket, with as many in reserve; past it the socket is read more slowly. */
    @WithDefault("1000")
    @AtLeast(1)
    int messagesPerSecondMax();

    /** Series one socket may watch at a time; past it a subscribe is answered with error code capacity. */
    @WithDefault("10000")
    @AtLeast(1)
    int seriesPerSocketMax();

    /** Sockets one client address may hold; past it the handshake is refused with 429. */
    @WithDefault("20000")
    @AtLeast(1)
    int socketsPerAddressMax();

    /** Seconds a socket may stay without its first subscribe; past it the socket is closed with 1008. */
    @WithDefault("300")
    @AtLeast(1)
    int subscribeDeadlineS();

    /** Bytes that may wait for one socket; past it the socket is closed with 1013 and the client resumes with since. */
    @WithDefault("4194304")
    @AtLeast(4096)
    int queueBytesMax();

    /** Live messages one subscription holds during a store read; past it they are read from the store afterwards. */
    @WithDefault("64")
    @AtLeast(1)
    int heldMessagesMax();

    /** Feed messages that wait for one event loop; past it forming is dropped and closed is healed from the store. */
    @WithDefault("8192")
    @AtLeast(1)
    int feedMessagesMax();

    /** Milliseconds a history read may take; past it a subscribe closes the socket with 1011. */
    @WithDefault("10000")
    @AtLeast(1)
    int historyTimeoutMs();

    /** Store reads of subscriptions under way at a time; further ones wait in their order. */
    @WithDefault("64")
    @AtLeast(1)
    int historyReadsMax();

    /** Milliseconds an answer of the store is given to those who ask the same, while nothing is published on the series. */
    @WithDefault("1000")
    @AtLeast(0)
    int historySharedMs();

    /** Bytes of such answers; past it they are read again. */
    @WithDefault("67108864")
    @AtLeast(0)
    long historySharedBytesMax();

    /** Seconds beyond the time at which a series should have gone on until it is compared with the store. */
    @WithDefault("10")
    @AtLeast(0)
    int watermarkGraceS();

    /** Handshakes a second, with as many in reserve; past it a handshake is refused with 503. */
    @WithDefault("2000")
    @AtLeast(1)
    int connectsPerSecondMax();

    /** Milliseconds over which a stopping process spreads the closes of its sockets. */
    @WithDefault("0")
    @AtLeast(0)
    int drainMs();

    /** Milliseconds between protocol pings. */
    @WithDefault("20000")
    @AtLeast(100)
    int pingIntervalMs();

    /** Milliseconds a pinged client may stay silent; past it the connection is dropped. */
    @WithDefault("20000")
    @AtLeast(100)
    int pingTimeoutMs();

    /** Milliseconds a closed socket may take to answer the close; past it the connection is dropped. */
    @WithDefault("3000")
    @AtLeast(1)
    int closeTimeoutMs();
}
