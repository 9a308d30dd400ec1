package tradecanvas.load.fanout;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tradecanvas.load.client.ClosedCandleText;
import tradecanvas.load.client.ReceivedTimes;
import tradecanvas.load.client.Schedule;
import tradecanvas.load.client.SocketListener;

/**
 * What all sockets of one run received.
 *
 * <p>Threads: the event loop writes; phases are started by the owner; counts without their own word can be read by the
 * owner after the loop has stopped.
 */
final class FanOutRecorder {
    private final String subscribe;
    private final long stepSeconds;
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicReference<@Nullable String> firstLoss = new AtomicReference<>();
    private volatile @Nullable Tally tally;
    private long outOfOrder;
    private long duplicates;
    private long otherMessages;

    /** {@code subscribe} is what each socket says first, nothing if empty. */
    FanOutRecorder(String subscribe, long stepSeconds) {
        this.subscribe = subscribe;
        this.stepSeconds = stepSeconds;
    }

    /** A new socket of the run. */
    SocketListener socket() {
        return new Socket();
    }

    /** From now on deliveries of this schedule count. */
    Tally begin(Schedule schedule) {
        Tally next = new Tally(schedule);
        tally = next;
        return next;
    }

    /** Sockets that were opened; any thread. */
    int opened() {
        return opened.get();
    }

    /** Sockets that could not be opened or ended before the client wanted it; any thread. */
    int lost() {
        return lost.get();
    }

    /** Why the first of them was lost; any thread. */
    @Nullable
    String firstLoss() {
        return firstLoss.get();
    }

    long outOfOrder() {
        return outOfOrder;
    }

    long duplicates() {
        return duplicates;
    }

    /** Messages that were no closed candle. */
    long otherMessages() {
        return otherMessages;
    }

    private final class Socket implements SocketListener {
        private final ReceivedTimes received = new ReceivedTimes(stepSeconds);

        @Override
        public String opened() {
            opened.incrementAndGet();
            return subscribe;
        }

        @Override
        public void message(byte[] data, int offset, int length, long nanoTime) {
            long time = ClosedCandleText.timeOf(data, offset, length);
            if (time == ClosedCandleText.NOT_A_CLOSED_CANDLE) {
                otherMessages++;
                return;
            }
            switch (received.accept(time)) {
                case FIRST, NEXT -> count(time, nanoTime);
                case JUMP, OUT_OF_ORDER -> {
                    outOfOrder++;
                    count(time, nanoTime);
                }
                case DUPLICATE -> duplicates++;
            }
        }

        @Override
        public void failed(String reason) {
            lost.incrementAndGet();
            firstLoss.compareAndSet(null, reason);
        }

        private void count(long time, long nanoTime) {
            Tally current = tally;
            if (current != null) {
                current.add(time, nanoTime);
            }
        }
    }
}
