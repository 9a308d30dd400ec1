package tradecanvas.load.smoke;

import java.io.IOException;
import java.nio.file.Files;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tradecanvas.load.report.Figures;
import tradecanvas.load.report.JsonReport;

/** {@code smoke}: the capacity gate; everything is set in the environment. */
@Command(
        name = "smoke",
        mixinStandardHelpOptions = true,
        description = {
            "Opens many sockets, ingests a candle and measures who received it and when.",
            "Exit code 0 when the gate passes, 1 when it does not, 2 for a bad parameter.",
            ""
        },
        footerHeading = "%nEnvironment, with defaults:%n",
        footer = {
            "  WS_SMOKE_BACKEND_BASE         http://127.0.0.1:8000   ingest and metrics",
            "  WS_SMOKE_WS_URL               base with ws and /ws/market; may be another instance",
            "  WS_SMOKE_SERIES_ID            binance:futures:BTC/USDT:1m",
            "  WS_SMOKE_CLIENTS              200",
            "  WS_SMOKE_CONNECT_CONCURRENCY  100    parallel handshakes",
            "  WS_SMOKE_SINCE                0      since of the subscribe",
            "  WS_SMOKE_RECEIVE_TIMEOUT_S    8      after the last ingest",
            "  WS_SMOKE_HTTP_TIMEOUT_S       8",
            "  WS_SMOKE_MIN_DELIVERY_RATIO   0.95   delivered of connected",
            "  WS_SMOKE_MIN_CONNECT_RATIO    0.99   connected of requested",
            "  WS_SMOKE_MAX_P95_DELIVERY_MS  unset  no limit",
            "  WS_SMOKE_TRIGGER_CANDLE_TIME  this minute; must not be stored yet",
            "  WS_SMOKE_CANDLES              1      consecutive candles from the trigger time on",
            "  WS_SMOKE_CANDLE_INTERVAL_MS   200    between them",
            "  WS_SMOKE_SETTLE_MS            0      between the last handshake and the first ingest",
            "  WS_SMOKE_ARTIFACT_ROOT        output/capacity",
            "  WS_SMOKE_RUN_ID               <YYYY-MM-DD-HHMMSS>-ws-readonly-smoke"
        })
public final class SmokeCommand implements Callable<Integer> {
    private final Map<String, String> environment;
    private final Supplier<ZonedDateTime> clock;

    @Spec
    private @Nullable CommandSpec spec;

    /** As started from a shell. */
    public SmokeCommand() {
        this(System.getenv(), ZonedDateTime::now);
    }

    SmokeCommand(Map<String, String> environment, Supplier<ZonedDateTime> clock) {
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        SmokeParameters parameters = parameters();
        Files.createDirectories(parameters.directory());
        try (RunLog log = new RunLog(SmokeCommand::print, parameters.directory().resolve("run.log"))) {
            parameters.effective().forEach((name, value) -> log.line(name + "=" + value));
            SmokeArtifacts.writeParameters(parameters);
            SmokeOutcome outcome = new SmokeRun(parameters, log::line).run();
            List<String> failures = SmokeGate.failures(parameters, outcome);
            SmokeArtifacts.writeOutcome(parameters, outcome, failures);
            log.line(JsonReport.text(SmokeSummary.of(parameters, outcome, failures)));
            log.line(verdict(outcome, failures));
            log.line("artifacts: " + parameters.directory());
            return failures.isEmpty() ? 0 : 1;
        }
    }

    private static void print(String line) {
        System.out.println(line);
    }

    private SmokeParameters parameters() {
        try {
            return SmokeParameters.from(environment, clock.get());
        } catch (IllegalArgumentException unreadable) {
            if (spec == null) {
                throw unreadable;
            }
            throw new ParameterException(spec.commandLine(), String.valueOf(unreadable.getMessage()), unreadable);
        }
    }

    private static String verdict(SmokeOutcome outcome, List<String> failures) {
        String figures = outcome.delivered() + " of " + outcome.connected() + " connected clients served, p95 "
                + Figures.text(outcome.deliveryMsP95()) + " ms";
        return failures.isEmpty() ? "gate passed: " + figures : "gate FAILED: " + failures + ", " + figures;
    }
}
