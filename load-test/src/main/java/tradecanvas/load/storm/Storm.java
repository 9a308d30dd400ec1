package tradecanvas.load.storm;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import tradecanvas.load.client.CandleSource;
import tradecanvas.load.client.SocketSwarm;
import tradecanvas.load.process.ServerProcess;

/** Plays storms to one server. Threads: one owner. */
final class Storm {
    private static final Duration COMPLETE_TIME_MAX = Duration.ofSeconds(10);
    private static final long POLL_NANOS = 5_000_000;

    private final StormPlan plan;
    private final ServerProcess server;
    private final URI intake;
    private final CandleSource source;
    private final boolean counted;

    /**
     * @param intake where candles are posted that this server sends
     * @param source of that place; what it has given is stored there
     * @param counted whether the server tells of its reads
     */
    Storm(StormPlan plan, ServerProcess server, URI intake, CandleSource source, boolean counted) {
        this.plan = plan;
        this.server = server;
        this.intake = intake;
        this.source = source;
        this.counted = counted;
    }

    /** Errors: IOException when the server dies or candles are not taken. */
    StormFigures play(boolean live) throws IOException, InterruptedException {
        long newest = source.newestTime();
        HistoryReads readsBefore = reads();
        long serverBefore = server.usage().cpuMicros();
        long clientBefore = clientCpuNanos();
        long start = System.nanoTime();
        long since = newest - plan.history() * StormPlan.STEP_SECONDS;
        StormRecorder recorder = new StormRecorder(plan.clients(), subscribe(since), since, newest, start);
        List<StormRecorder.Client> clients = new ArrayList<>();
        LiveCandles candles = new LiveCandles(intake, source);
        long serverCpuMicros;
        double clientCpuShare;
        int posted;
        try (ExecutorService poster = Executors.newSingleThreadExecutor();
                SocketSwarm swarm = new SocketSwarm(server.marketSocket(), plan.clients())) {
            Future<Integer> posting = poster.submit(live ? candles : () -> 0);
            try {
                swarm.open(plan.clients(), _ -> added(clients, recorder), plan.timeMax());
                recorder.awaitCaughtUp(plan.timeMax().toNanos());
            } finally {
                candles.stop();
            }
            clientCpuShare = (double) (clientCpuNanos() - clientBefore) / (System.nanoTime() - start);
            posted = result(posting);
            recorder.nothingComesAfter(newest + posted * StormPlan.STEP_SECONDS);
            swarm.run(() -> clients.forEach(StormRecorder.Client::checkComplete));
            awaitComplete(recorder);
            serverCpuMicros = server.usage().cpuMicros() - serverBefore;
        }
        HistoryReads reads = reads().minus(readsBefore);
        return new StormFigures(
                recorder.caughtUpMs(50),
                recorder.caughtUpMs(99),
                recorder.caughtUpMs(100),
                (double) serverCpuMicros / plan.clients(),
                reads.reads(),
                reads.asked(),
                recorder.refused(),
                recorder.complete(),
                plan.clients() - recorder.complete(),
                recorder.violations(),
                posted,
                clientCpuShare,
                recorder.firstTrouble());
    }

    private static StormRecorder.Client added(List<StormRecorder.Client> clients, StormRecorder recorder) {
        StormRecorder.Client client = recorder.client();
        clients.add(client);
        return client;
    }

    private void awaitComplete(StormRecorder recorder) {
        long deadline = System.nanoTime() + COMPLETE_TIME_MAX.toNanos();
        while (recorder.complete() < plan.clients() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private String subscribe(long since) {
        return "{\"type\":\"subscribe\",\"series_id\":\"" + source.seriesId() + "\",\"since\":" + since
                + ",\"supports_batch\":true}";
    }

    private HistoryReads reads() throws IOException, InterruptedException {
        return counted ? HistoryReads.of(server.base()) : HistoryReads.unknown();
    }

    private static long clientCpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static int result(Future<Integer> posting) throws IOException, InterruptedException {
        try {
            return posting.get();
        } catch (ExecutionException failure) {
            throw new IOException("posting failed: " + failure.getMessage(), failure);
        }
    }
}
