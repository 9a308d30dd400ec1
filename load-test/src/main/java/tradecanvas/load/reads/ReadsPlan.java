package tradecanvas.load.reads;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tradecanvas.load.process.Cores;
import tradecanvas.load.reads.ReadCase.Mode;

/** What is the same in every round. */
record ReadsPlan(
        Set<Contender> contenders,
        List<Mode> modes,
        List<Integer> limits,
        int series,
        Load load,
        Times times,
        Cores cores) {
    private static final int LIMIT_MAX = 5_000; // of the endpoint
    private static final int SERIES_MAX = 10_000; // the names have four digits

    /** Connections over HTTP, threads of a database's own client. */
    record Load(int connections, int threads) {}

    /** Seconds of each measurement, and of the same before the first of each server. */
    record Times(int seconds, int warmupSeconds) {
        private static final int OTHERS_SECONDS_MAX =
                3; // they start fast, or run in this process since the first round

        int warmupSeconds(Contender who) {
            return who.isOurs() ? warmupSeconds : Math.min(warmupSeconds, OTHERS_SECONDS_MAX);
        }
    }

    ReadsPlan {
        contenders = Set.copyOf(contenders);
        modes = List.copyOf(modes);
        limits = List.copyOf(limits);
        if (contenders.isEmpty() || modes.isEmpty() || limits.isEmpty()) {
            throw new IllegalStateException("nothing to measure");
        }
        if (limits.stream().anyMatch(limit -> limit < 1 || limit > LIMIT_MAX)) {
            throw new IllegalStateException("limits " + limits + " are not within 1.." + LIMIT_MAX);
        }
        if (series < 1 || series > SERIES_MAX) {
            throw new IllegalStateException("series " + series + " is not within 1.." + SERIES_MAX);
        }
        if (load.connections() < 1 || load.threads() < 1 || times.seconds() < 1 || times.warmupSeconds() < 0) {
            throw new IllegalStateException(load + " or " + times + " is too small");
        }
    }

    List<ReadCase> cases(Mode mode) {
        return limits.stream().map(limit -> new ReadCase(mode, limit)).toList();
    }

    /** Candles that each series needs. */
    int candlesASeries() {
        return limits.stream().mapToInt(Integer::intValue).max().orElseThrow();
    }

    /** After this a server ends by itself: all measurements of its mode at twice their length, and room. */
    Duration serverLifeMax() {
        long measurements = (long) limits.size() * contenders.size();
        return Duration.ofSeconds(2 * measurements * (times.seconds() + times.warmupSeconds()) + 3_600);
    }

    Map<String, Object> json() {
        return Map.of(
                "series", series,
                "candles_a_series", candlesASeries(),
                "connections", load.connections(),
                "threads_of_the_database_client", load.threads(),
                "seconds", times.seconds(),
                "warmup_seconds", times.warmupSeconds(),
                "server_core", String.valueOf(cores.server()),
                "client_core", String.valueOf(cores.client()));
    }
}
