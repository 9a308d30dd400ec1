package tradecanvas.model.bus;

/** What travels on the bus and on the worker's internal feed. */
public sealed interface BusMessage {
    BusSource source();

    /** One publish. */
    record Event(BusSource source, FeedEvent event) implements BusMessage {}

    /**
     * The worker is there, and has published so many events since it started.
     *
     * <p>Events and heartbeats keep their order on the way, so a receiver that has counted fewer has lost some.
     *
     * @param position events published before this
     * @param sentAtMs the sender's clock, milliseconds since 1970
     */
    record Heartbeat(BusSource source, long position, long sentAtMs) implements BusMessage {}

    /** A message without an effect that its sender sends to itself through the channel, to see that it is subscribed. */
    record Probe(BusSource source) implements BusMessage {}
}
