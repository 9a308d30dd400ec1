package tradecanvas.ingest.publish;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.model.bus.BusMessage;
import tradecanvas.model.bus.BusMessageCodec;
import tradecanvas.model.bus.BusSource;
import tradecanvas.model.bus.CandlePublisher;
import tradecanvas.model.bus.FeedEvent;

/**
 * Writes each published event once and offers it to every sink, in one order with the heartbeats that count the events.
 *
 * <p>A sink that fails costs neither the publisher nor the other sinks anything. Threads: any may call; the order is that in
 * which the calls get the lock, which is held for offers only.
 */
public final class BusPublisher implements CandlePublisher {
    /** How often the owner lets {@link #heartbeat} run; receivers take three missing ones for silence. */
    public static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(BusPublisher.class);

    private final BusSource source;
    private final InstantSource clock;
    private final List<BusSink> sinks = new CopyOnWriteArrayList<>();
    private final Object order = new Object();
    private long position;

    public BusPublisher(BusSource source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    /** The name that everything published here carries. */
    public BusSource source() {
        return source;
    }

    /** From now on the sink is offered everything. */
    public void add(BusSink sink) {
        sinks.add(sink);
    }

    @Override
    public void publish(FeedEvent event) {
        BusMessage message = new BusMessage.Event(source, event);
        byte[] early = sinks.stream().anyMatch(BusSink::wantsEvents) ? BusMessageCodec.encode(message) : null;
        synchronized (order) {
            position++;
            offer(message, early);
        }
    }

    /** Tells every sink that the worker is there, and how many events it has published. */
    public void heartbeat() {
        synchronized (order) {
            byte[] text = encodedHeartbeat();
            for (BusSink sink : sinks) {
                guarded(sink, to -> to.heartbeat(text));
            }
        }
    }

    /**
     * Gives the heartbeat of this moment to one receiver.
     *
     * <p>Events before it are those that were offered before this call, and none is offered until {@code receiver} returns.
     */
    public void join(Consumer<byte[]> receiver) {
        synchronized (order) {
            receiver.accept(encodedHeartbeat());
        }
    }

    /** Events published since the start, whether or not a sink took them. */
    public long position() {
        synchronized (order) {
            return position;
        }
    }

    private void offer(BusMessage message, byte @Nullable [] early) {
        byte[] text = early;
        for (BusSink sink : sinks) {
            if (sink.wantsEvents()) {
                if (text == null) {
                    text = BusMessageCodec.encode(message); // somebody came since we looked
                }
                byte[] written = text;
                guarded(sink, to -> to.event(written));
            }
        }
    }

    private static void guarded(BusSink sink, Consumer<BusSink> call) {
        try {
            call.accept(sink);
        } catch (RuntimeException failure) {
            LOG.error("bus sink failed sink={}", sink.getClass().getSimpleName(), failure);
        }
    }

    private byte[] encodedHeartbeat() {
        return BusMessageCodec.encode(new BusMessage.Heartbeat(source, position, clock.millis()));
    }
}
