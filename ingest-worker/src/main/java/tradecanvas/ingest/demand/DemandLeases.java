package tradecanvas.ingest.demand;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tradecanvas.model.series.SeriesId;

/**
 * Which series are watched at which gateway, each for a time that the gateway renews.
 *
 * <p>A lease holds for one series at one gateway; a further one replaces it, so telling twice changes nothing. Leases end
 * with their time only, as a gateway that is gone may be on its way back. Threads: any.
 */
public final class DemandLeases {
    private static final long SWEEP_NANOS = 1_000_000_000L;
    private static final long NANOS_PER_MS = 1_000_000L;

    /** What is remembered at most; past it a new lease is refused and counted, and those that are there can be renewed. */
    public record Bounds(int gatewaysMax, int leasesMax) {
        /** 200,000 leases are 20 gateways with 10,000 series each, or about 30 MB. */
        public static final Bounds STANDARD = new Bounds(1_000, 200_000);
    }

    private record Lease(int watchers, long endsAt) {}

    private final Bounds bounds;
    private final LongSupplier nanoTime;
    /** By series, then gateway. */
    private final TreeMap<String, Map<String, Lease>> leases = new TreeMap<>();

    private final Map<String, Integer> leasesOfGateway = new HashMap<>();
    private int leaseCount;
    private long watchers;
    private long sweptAt;
    private long refused;

    /** @param nanoTime a monotonic clock */
    public DemandLeases(Bounds bounds, LongSupplier nanoTime) {
        this.bounds = bounds;
        this.nanoTime = nanoTime;
        this.sweptAt = nanoTime.getAsLong();
    }

    /**
     * A gateway has so many watchers of these series, until the time is over or it says otherwise.
     *
     * @param series watchers by series id; 0 ends the lease
     */
    public synchronized void lease(String gateway, long ttlMs, Map<String, Integer> series) {
        long now = sweep();
        series.forEach((id, count) -> {
            if (count > 0) {
                put(gateway, id, new Lease(count, now + ttlMs * NANOS_PER_MS));
            } else {
                end(gateway, id);
            }
        });
    }

    /** As {@link #lease}, and the gateway has watchers of no other series. */
    public synchronized void replace(String gateway, long ttlMs, Map<String, Integer> series) {
        Set<String> others = new HashSet<>();
        leases.forEach((id, holders) -> {
            if (holders.containsKey(gateway) && !series.containsKey(id)) {
                others.add(id);
            }
        });
        others.forEach(id -> end(gateway, id));
        lease(gateway, ttlMs, series);
    }

    /** Whether anybody watches the series. */
    public synchronized boolean isDemanded(SeriesId series) {
        long now = nanoTime.getAsLong();
        return leases.getOrDefault(series.text(), Map.of()).values().stream().anyMatch(lease -> lease.endsAt - now > 0);
    }

    /** The demand for the first so many series, by series id. */
    public synchronized List<SeriesDemand> snapshot(int limit) {
        long now = sweepNow();
        List<SeriesDemand> demands = new ArrayList<>(Math.min(limit, leases.size()));
        for (var series : leases.entrySet()) {
            if (demands.size() >= limit) {
                break;
            }
            demands.add(demand(series.getKey(), series.getValue(), now));
        }
        return demands;
    }

    /** Series that somebody watches. */
    public synchronized int seriesCount() {
        var _ = sweepNow();
        return leases.size();
    }

    /** Watchers of all series. */
    public synchronized long watchers() {
        var _ = sweepNow();
        return watchers;
    }

    /** Leases refused at a bound. */
    public synchronized long refused() {
        return refused;
    }

    public void bind(MeterRegistry meters) {
        Gauge.builder("tradecanvas.demand.series", this, DemandLeases::seriesCount)
                .description("series that gateways have watchers for")
                .register(meters);
        Gauge.builder("tradecanvas.demand.watchers", this, DemandLeases::watchers)
                .description("watchers of all series at all gateways")
                .register(meters);
        FunctionCounter.builder("tradecanvas.demand.refused", this, DemandLeases::refused)
                .description("leases refused at a bound")
                .register(meters);
    }

    private static SeriesDemand demand(String series, Map<String, Lease> holders, long now) {
        long count = 0;
        long lastsNanos = 0;
        for (Lease lease : holders.values()) {
            count += lease.watchers;
            lastsNanos = Math.max(lastsNanos, lease.endsAt - now);
        }
        return new SeriesDemand(series, count, holders.size(), Math.ceilDiv(lastsNanos, NANOS_PER_MS));
    }

    private void put(String gateway, String series, Lease lease) {
        Map<String, Lease> holders = leases.get(series);
        Lease before = holders == null ? null : holders.get(gateway);
        if (before == null && !isRoom(gateway)) {
            refused++;
            return;
        }
        if (holders == null) {
            holders = new HashMap<>(2);
            leases.put(series, holders);
        }
        holders.put(gateway, lease);
        watchers += lease.watchers - watchersOf(before);
        if (before == null) {
            leaseCount++;
            leasesOfGateway.merge(gateway, 1, Integer::sum);
        }
    }

    private boolean isRoom(String gateway) {
        return leaseCount < bounds.leasesMax
                && (leasesOfGateway.containsKey(gateway) || leasesOfGateway.size() < bounds.gatewaysMax);
    }

    private void end(String gateway, String series) {
        Map<String, Lease> holders = leases.get(series);
        Lease ended = holders == null ? null : holders.remove(gateway);
        if (holders != null && ended != null) {
            forget(gateway, ended);
            if (holders.isEmpty()) {
                leases.remove(series);
            }
        }
    }

    private void forget(String gateway, Lease lease) {
        leaseCount--;
        watchers -= lease.watchers;
        leasesOfGateway.computeIfPresent(gateway, (_, count) -> count == 1 ? null : count - 1);
    }

    private static int watchersOf(@Nullable Lease lease) {
        return lease == null ? 0 : lease.watchers;
    }

    /** Ends what is over, now and then: this looks at every lease. */
    private long sweep() {
        return nanoTime.getAsLong() - sweptAt >= SWEEP_NANOS ? sweepNow() : nanoTime.getAsLong();
    }

    private long sweepNow() {
        long now = nanoTime.getAsLong();
        sweptAt = now;
        leases.values().removeIf(holders -> {
            holders.entrySet().removeIf(holder -> {
                boolean over = holder.getValue().endsAt - now <= 0;
                if (over) {
                    forget(holder.getKey(), holder.getValue());
                }
                return over;
            });
            return holders.isEmpty();
        });
        return now;
    }
}
