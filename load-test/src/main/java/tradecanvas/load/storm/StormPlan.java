package tradecanvas.load.storm;

import java.time.Duration;
import tradecanvas.load.process.Cores;

/**
 * What is the same for every server and round.
 *
 * @param history candles that each client has missed
 * @param warmups storms before the measured ones, the first of which is reported as that of a cold process
 * @param timeMax after which a client that has not caught up is given up
 */
record StormPlan(int clients, int history, int warmups, Duration timeMax, Cores cores) {
    static final long STEP_SECONDS = 60;

    StormPlan {
        if (clients < 1 || history < 1 || warmups < 0 || timeMax.isNegative()) {
            throw new IllegalArgumentException(
                    clients + " clients, " + history + " candles, " + warmups + " warm-ups, " + timeMax);
        }
    }
}
