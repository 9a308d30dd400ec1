package tradecanvas.load.fanout;

import java.time.Duration;
import tradecanvas.load.process.Cores;

/** What is the same for every server, load and round. */
record FanOutPlan(int seconds, int warmupSeconds, Cores cores) {
    FanOutPlan {
        if (seconds < 1 || warmupSeconds < 0) {
            throw new IllegalArgumentException(seconds + " s, warm-up " + warmupSeconds + " s");
        }
    }

    /** After this a server ends by itself: every phase at its own limit, and room. */
    Duration serverLifeMax() {
        return Duration.ofSeconds(2L * (seconds + warmupSeconds) + 300);
    }
}
