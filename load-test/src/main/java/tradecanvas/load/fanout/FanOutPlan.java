package tradecanvas.load.fanout;

import java.time.Duration;
import tradecanvas.load.process.Cores;

/** What is the same for every server and round. */
record FanOutPlan(int ratePerSecond, int seconds, int warmupSeconds, Cores cores) {
    FanOutPlan {
        if (ratePerSecond < 1 || seconds < 1 || warmupSeconds < 0) {
            throw new IllegalArgumentException(
                    "rate " + ratePerSecond + "/s, " + seconds + " s, warm-up " + warmupSeconds + " s");
        }
    }

    long periodNanos() {
        return 1_000_000_000L / ratePerSecond;
    }

    int messages() {
        return ratePerSecond * seconds;
    }

    int warmupMessages() {
        return ratePerSecond * warmupSeconds;
    }

    /** After this a server ends by itself: every phase at its own limit, and room. */
    Duration serverLifeMax() {
        return Duration.ofSeconds(2L * (seconds + warmupSeconds) + 300);
    }
}
