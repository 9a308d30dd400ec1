package tradecanvas.load.fanout;

import org.jspecify.annotations.Nullable;
import tradecanvas.load.process.ServerProcess;
import tradecanvas.load.process.ServerUnderTest;

/**
 * A server that takes part.
 *
 * @param intake a process on the client's side that passes candles on to it; null where it takes them itself
 */
record Contender(ServerUnderTest server, @Nullable Intake intake) {
    static Contender alone(ServerUnderTest server) {
        return new Contender(server, null);
    }

    String name() {
        return server.name();
    }

    Intake intakeOf(ServerProcess itself) {
        return intake == null ? new Intake(itself, false) : intake;
    }
}
