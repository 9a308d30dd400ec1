package tradecanvas.gateway.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.gateway.fanout.Frames;
import tradecanvas.gateway.fanout.Outlet;
import tradecanvas.gateway.subscription.LoopSubscriptions;
import tradecanvas.gateway.subscription.SocketSubscriptions;
import tradecanvas.gateway.subscription.Subscriber;
import tradecanvas.model.wire.ServerMessage;

/**
 * One public socket, below Vert.x: a channel handler that takes every frame behind the decoder.
 *
 * <p>Candles are written ready-made by {@link Outlet}; control frames from Vert.x's place in the pipeline, through the
 * encoder. Both skip Vert.x's own bookkeeping per message.
 *
 * <p>Client messages are handled one after the other; while one waits for the store, or the client does not read what it
 * asked for, or has used up its message budget, nothing more is read from it. So what waits here is bounded by one read
 * of the channel. Owner: the event loop of the channel.
 */
final class MarketSocket extends ChannelInboundHandlerAdapter implements Subscriber {
    private static final Logger LOG = LoggerFactory.getLogger(MarketSocket.class);
    /** The decoder refuses the other codes that nobody may send. */
    private static final int CLOSE_CODE_MAX = 4999;

    private final ChannelHandlerContext context;
    private final GatewayConfig config;
    private final SocketMetrics metrics;
    private final Outlet outlet;
    private final SocketSubscriptions subscriptions;
    private final TokenBucket budget;
    private final Runnable onClosed;
    private final long openedAt;
    private final ArrayDeque<ClientMessage> waiting = new ArrayDeque<>(2);
    private @Nullable ByteBuf fragments;
    private boolean fragmentsAreText;
    private boolean readingHistory;
    private boolean budgetSpent;
    private boolean everSubscribed;
    private boolean closing;
    private long heardAt;
    private long pingedAt;
    private boolean awaitingPong;

    MarketSocket(
            ChannelHandlerContext context,
            LoopSubscriptions loop,
            GatewayConfig config,
            SocketMetrics metrics,
            Runnable onClosed) {
        this.context = context;
        this.config = config;
        this.metrics = metrics;
        this.onClosed = onClosed;
        this.outlet = new Outlet(
                context.channel(),
                loop.flushes(),
                metrics.fanOut(),
                config.queueBytesMax(),
                () -> context.executor().execute(() -> close(CloseReason.SLOW_CONSUMER)));
        this.subscriptions = new SocketSubscriptions(loop, this);
        this.openedAt = System.nanoTime();
        this.heardAt = openedAt;
        this.pingedAt = openedAt;
        this.budget = new TokenBucket(config.messagesPerSecondMax(), openedAt);
    }

    @Override
    public Outlet outlet() {
        return outlet;
    }

    @Override
    public void channelRead(ChannelHandlerContext here, Object message) {
        if (!(message instanceof WebSocketFrame frame)) {
            here.fireChannelRead(message);
            return;
        }
        try {
            heardAt = System.nanoTime();
            receive(frame);
        } finally {
            frame.release();
        }
    }

    private void receive(WebSocketFrame frame) {
        switch (frame) {
            case TextWebSocketFrame text -> begin(text, true);
            case BinaryWebSocketFrame binary -> begin(binary, false);
            case ContinuationWebSocketFrame more -> append(more);
            case PingWebSocketFrame ping -> {
                if (!closing) {
                    var _ = context.writeAndFlush(
                            new PongWebSocketFrame(ping.content().retain()));
                }
            }
            case CloseWebSocketFrame close -> answerClose(close);
            case PongWebSocketFrame _ -> awaitingPong = false;
            default -> LOG.debug("frame ignored type={}", frame.getClass());
        }
    }

    private void begin(WebSocketFrame frame, boolean isText) {
        if (frame.isFinalFragment()) {
            receiveMessage(frame.content(), isText);
        } else {
            dropFragments();
            fragmentsAreText = isText;
            fragments = context.alloc().buffer(frame.content().readableBytes(), config.messageBytesMax());
            append(frame);
        }
    }

    private void append(WebSocketFrame frame) {
        ByteBuf message = fragments;
        if (message == null || closing) {
            return;
        }
        if (message.readableBytes() + frame.content().readableBytes() > config.messageBytesMax()) {
            close(CloseReason.MESSAGE_TOO_BIG);
            return;
        }
        message.writeBytes(frame.content());
        if (frame.isFinalFragment()) {
            receiveMessage(message, fragmentsAreText);
            dropFragments();
        }
    }

    private void receiveMessage(ByteBuf content, boolean isText) {
        if (closing) {
            return;
        }
        waiting.add(
                isText && ByteBufUtil.isText(content, StandardCharsets.UTF_8)
                        ? ClientMessageCodec.decode(content.toString(StandardCharsets.UTF_8))
                        : ClientMessageCodec.notAnObject());
        handleWaiting();
    }

    private void handleWaiting() {
        while (!closing && !isBusy() && !waiting.isEmpty()) {
            ClientMessage message = waiting.poll();
            spendBudget();
            handle(message);
        }
        if (!closing) {
            context.channel().config().setAutoRead(!isBusy());
        }
    }

    private boolean isBusy() {
        return readingHistory || budgetSpent || !outlet.isFree();
    }

    private void spendBudget() {
        long waitNanos = budget.spend(System.nanoTime());
        if (waitNanos > 0) {
            budgetSpent = true;
            metrics.countThrottled();
            var _ = context.executor()
                    .schedule(
                            () -> {
                                budgetSpent = false;
                                handleWaiting();
                            },
                            waitNanos,
                            TimeUnit.NANOSECONDS);
        }
    }

    private void handle(ClientMessage message) {
        switch (message) {
            case ClientMessage.Subscribe subscribe -> subscribe(subscribe);
            case ClientMessage.Unsubscribe unsubscribe -> {
                long startedAt = System.nanoTime();
                boolean known = subscriptions.unsubscribe(unsubscribe.series());
                metrics.unsubscribed(known, System.nanoTime() - startedAt);
            }
            case ClientMessage.Nothing _ -> {}
            case ClientMessage.Refused refused -> answer(refused.answer());
        }
    }

    private void subscribe(ClientMessage.Subscribe subscribe) {
        long startedAt = System.nanoTime();
        boolean isNew = !subscriptions.contains(subscribe.series());
        if (isNew && subscriptions.size() >= config.seriesPerSocketMax()) {
            metrics.subscribeRefused(System.nanoTime() - startedAt);
            answer(ServerMessage.Refusal.capacity(
                    "series_per_socket_max", subscribe.series().text()));
            return;
        }
        everSubscribed = true;
        readingHistory = true;
        subscriptions.subscribe(subscribe.series(), subscribe.since(), subscribe.supportsBatch());
        metrics.subscribed(isNew, System.nanoTime() - startedAt);
    }

    @Override
    public void onCaughtUp(int candles, int messages) {
        metrics.caughtUp(candles, messages);
        readingHistory = false;
        // behind the caller: the subscription first sends what it has held
        context.executor().execute(this::handleWaiting);
    }

    @Override
    public void onHistoryUnavailable(Throwable failure) {
        LOG.debug("history unavailable, socket closed", failure);
        close(CloseReason.HISTORY_UNAVAILABLE);
    }

    private void answer(ServerMessage.Refusal refusal) {
        outlet.offer(Frames.encode(refusal), 1);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext here) {
        if (context.channel().isWritable()) {
            outlet.onWritable();
            handleWaiting();
        }
        here.fireChannelWritabilityChanged();
    }

    /** Called about once a second. */
    void tick(long now) {
        if (closing) {
            return;
        }
        if (!everSubscribed && now - openedAt > TimeUnit.SECONDS.toNanos(config.subscribeDeadlineS())) {
            close(CloseReason.SUBSCRIBE_DEADLINE);
        } else if (awaitingPong) {
            boolean silent =
                    heardAt < pingedAt && now - pingedAt > TimeUnit.MILLISECONDS.toNanos(config.pingTimeoutMs());
            // a client that we do not read cannot be heard
            if (silent && context.channel().config().isAutoRead()) {
                close(CloseReason.PING_TIMEOUT);
            } else if (heardAt >= pingedAt) {
                awaitingPong = false;
            }
        } else if (now - pingedAt > TimeUnit.MILLISECONDS.toNanos(config.pingIntervalMs())) {
            pingedAt = now;
            awaitingPong = true;
            var _ = context.writeAndFlush(new PingWebSocketFrame());
        }
    }

    /** Sends a close frame behind what is queued, and drops the connection when the client does not answer in time. */
    void close(CloseReason reason) {
        if (closing || !context.channel().isActive()) {
            return;
        }
        stop();
        metrics.closed(reason);
        var _ = context.writeAndFlush(reason.frame());
        context.channel().config().setAutoRead(true); // for the client's answer
        var timeout = context.executor().schedule(this::drop, config.closeTimeoutMs(), TimeUnit.MILLISECONDS);
        var _ = context.channel().closeFuture().addListener(_ -> timeout.cancel(false));
    }

    private void drop() {
        var _ = context.close();
    }

    private void answerClose(CloseWebSocketFrame close) {
        if (closing) {
            drop();
            return;
        }
        int code = close.statusCode();
        if (code > CLOSE_CODE_MAX) {
            close(CloseReason.PROTOCOL_ERROR);
            return;
        }
        stop();
        CloseWebSocketFrame answer = code < 0 ? new CloseWebSocketFrame() : new CloseWebSocketFrame(code, "");
        // closed from here, as a close through the whole pipeline would make Vert.x begin a handshake of its own
        var _ = context.writeAndFlush(answer).addListener(_ -> drop());
    }

    /** From here on nothing is delivered and nothing handled. */
    private void stop() {
        closing = true;
        outlet.close();
        waiting.clear();
        dropFragments();
        metrics.disconnected(subscriptions.clear());
    }

    @Override
    public void channelInactive(ChannelHandlerContext here) {
        if (!closing) {
            stop();
        }
        onClosed.run();
        here.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ignored, Throwable failure) {
        if (failure instanceof CorruptedWebSocketFrameException corrupt) {
            close(
                    corrupt.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG)
                            ? CloseReason.MESSAGE_TOO_BIG
                            : CloseReason.PROTOCOL_ERROR);
        } else if (failure instanceof IOException) {
            LOG.debug("connection lost", failure);
            drop();
        } else {
            LOG.error("socket failed", failure);
            close(CloseReason.INTERNAL_ERROR);
        }
    }

    private void dropFragments() {
        ReferenceCountUtil.release(fragments);
        fragments = null;
    }
}
