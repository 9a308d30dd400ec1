package tradecanvas.runtime.debug;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import tradecanvas.model.wire.JsonBuffer;

/**
 * The newest events of this process, and who listens to them.
 *
 * <p>Keeps {@value #RING_EVENTS_MAX} events, oldest dropped first; nothing with the gate closed. Threads: any; events
 * reach a listener one at a time and in the order of the ring.
 */
public final class DebugEvents {
    /** Events that a new listener still sees. */
    public static final int RING_EVENTS_MAX = 2000;

    private static final Logger LOG = Logger.getLogger(DebugEvents.class);

    private final boolean enabled;
    private final InstantSource clock;
    private final Deque<DebugEvent> ring = new ArrayDeque<>();
    private final Set<Consumer<DebugEvent>> listeners = new LinkedHashSet<>();

    public DebugEvents(boolean enabled, InstantSource clock) {
        this.enabled = enabled;
        this.clock = clock;
    }

    /** Whether events are kept; ask before work that only an event needs. */
    public boolean enabled() {
        return enabled;
    }

    /** Tells of a success on the way of a read. */
    public void read(String event, @Nullable String seriesId, String message, Map<String, ?> data) {
        emit(DebugEvent.Pipe.READ, DebugEvent.Level.INFO, event, seriesId, message, data);
    }

    /** Tells of a success on the way of a write. */
    public void write(String event, @Nullable String seriesId, String message, Map<String, ?> data) {
        emit(DebugEvent.Pipe.WRITE, DebugEvent.Level.INFO, event, seriesId, message, data);
    }

    /** Tells of anything. */
    public void emit(
            DebugEvent.Pipe pipe,
            DebugEvent.Level level,
            String event,
            @Nullable String seriesId,
            String message,
            Map<String, ?> data) {
        if (enabled) {
            add(new DebugEvent(clock.millis(), pipe, event, seriesId, level, message, data));
        }
    }

    /**
     * Registers a listener and returns what happened before: nothing is seen twice and nothing is missed.
     *
     * @param listener is called under a lock and must not block; it hands over to its own thread
     */
    public synchronized List<DebugEvent> listen(Consumer<DebugEvent> listener) {
        listeners.add(listener);
        return List.copyOf(ring);
    }

    /** Forgets a listener. */
    public synchronized void forget(Consumer<DebugEvent> listener) {
        listeners.remove(listener);
    }

    /** What happened, oldest first. */
    public synchronized List<DebugEvent> snapshot() {
        return List.copyOf(ring);
    }

    /** The socket's message that holds what happened before. */
    public static byte[] snapshotMessage(List<DebugEvent> events) {
        JsonBuffer json = new JsonBuffer(64 + events.size() * 256);
        json.ascii("{\"type\":\"debug_snapshot\",\"events\":[");
        for (int i = 0; i < events.size(); i++) {
            json.ascii(i == 0 ? "" : ",");
            events.get(i).write(json);
        }
        return json.ascii("]}").toByteArray();
    }

    /** The socket's message that holds one new event. */
    public static byte[] eventMessage(DebugEvent event) {
        JsonBuffer json = new JsonBuffer(256);
        json.ascii("{\"type\":\"debug_event\",\"event\":");
        event.write(json);
        return json.ascii("}").toByteArray();
    }

    private synchronized void add(DebugEvent event) {
        if (ring.size() == RING_EVENTS_MAX) {
            ring.removeFirst();
        }
        ring.addLast(event);
        listeners.forEach(listener -> tell(listener, event));
    }

    /** A listener that cannot listen any more must not end the write that the event tells of. */
    private static void tell(Consumer<DebugEvent> listener, DebugEvent event) {
        try {
            listener.accept(event);
        } catch (RuntimeException failure) {
            LOG.debugf(failure, "debug listener failed event=%s", event.event());
        }
    }
}
