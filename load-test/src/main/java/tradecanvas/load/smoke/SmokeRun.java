package tradecanvas.load.smoke;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import tradecanvas.load.client.SocketSwarm;
import tradecanvas.load.smoke.SmokeOutcome.Ingest;
import tradecanvas.load.smoke.SmokeOutcome.TriggerCheck;

/** Connect all, ingest, wait, look at the server's metrics. Threads: one owner. */
final class SmokeRun {
    private static final int HANDSHAKE_SECONDS_MAX = 20;
    private static final Duration LINGER = Duration.ofMillis(250); // for a duplicate that comes after the last candle

    private final SmokeParameters parameters;
    private final Consumer<String> log;
    private final List<Watcher> watchers = new ArrayList<>(); // filled by the event loop, read after it has stopped

    SmokeRun(SmokeParameters parameters, Consumer<String> log) {
        this.parameters = parameters;
        this.log = log;
    }

    /** Runs once. Errors: IllegalStateException when sockets neither open nor fail. */
    SmokeOutcome run() throws InterruptedException {
        long start = System.nanoTime();
        try (SmokeBackend backend = new SmokeBackend(parameters)) {
            TriggerCheck check = backend.checkTrigger();
            Ingest ingest = Ingest.NONE;
            if (check.alreadyStored()) {
                log.accept("the store has candles up to " + check.head().orElse(0) + ": use a later trigger time");
            } else {
                ingest = connectAndIngest(backend, check.head());
            }
            List<ClientResult> clients = new ArrayList<>();
            for (int i = 0; i < watchers.size(); i++) {
                watchers.get(i).giveUp();
                clients.add(watchers.get(i).result(i));
            }
            SmokeOutcome.MetricsSnapshot metrics = backend.metrics();
            log.accept("metrics snapshot " + (metrics.ok() ? "taken" : "failed: " + metrics.error()));
            return new SmokeOutcome(check, clients, ingest, metrics, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private Ingest connectAndIngest(SmokeBackend backend, OptionalLong head) throws InterruptedException {
        Trigger trigger = new Trigger(parameters.triggerCandleTime(), parameters.stepSeconds(), parameters.candles());
        CountDownLatch finished = new CountDownLatch(parameters.clients());
        Watcher.Assignment assignment = new Watcher.Assignment(parameters, trigger, head, System.nanoTime(), finished);
        try (SocketSwarm swarm = new SocketSwarm(parameters.socketUrl(), parameters.connectConcurrency())) {
            log.accept("connecting " + parameters.clients() + " clients to " + parameters.socketUrl());
            swarm.open(parameters.clients(), _ -> watcher(assignment), connectTimeMax());
            pause(parameters.settleTime());
            Ingest ingest = ingestAll(backend, trigger);
            boolean all = finished.await(parameters.receiveTimeout().toMillis(), TimeUnit.MILLISECONDS);
            log.accept(all ? "every client is done" : finished.getCount() + " clients still wait at the timeout");
            pause(LINGER);
            return ingest;
        }
    }

    private Watcher watcher(Watcher.Assignment assignment) {
        Watcher watcher = new Watcher(assignment);
        watchers.add(watcher);
        return watcher;
    }

    private Ingest ingestAll(SmokeBackend backend, Trigger trigger) throws InterruptedException {
        Ingest last = Ingest.NONE;
        for (int i = 0; i < trigger.count(); i++) {
            long next = System.nanoTime() + parameters.candleInterval().toNanos();
            trigger.start(i);
            Ingest answer = backend.ingest(parameters.triggerTime(i));
            last = new Ingest(answer.status(), answer.response(), answer.error(), i + 1);
            log.accept("ingested candle_time=" + parameters.triggerTime(i) + " status=" + answer.status());
            if (!answer.ok()) {
                return last;
            }
            if (i + 1 < trigger.count()) {
                pause(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
            }
        }
        return last;
    }

    private Duration connectTimeMax() {
        int waves = 1 + parameters.clients() / parameters.connectConcurrency();
        return Duration.ofSeconds((long) waves * HANDSHAKE_SECONDS_MAX + HANDSHAKE_SECONDS_MAX);
    }

    private static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
