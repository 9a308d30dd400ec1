package tradecanvas.gateway.subscription;

import java.util.Collection;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tradecanvas.model.series.Timeframe;

/**
 * Notices a closed candle that was lost on the way without waiting for the next one of its series.
 *
 * <p>A series whose next candle should have come, two timeframes after the head opened and a grace later, is compared with
 * the store; so long as it stays silent once a timeframe. Owner: the one thread that calls {@link #check}; figures from any.
 */
final class HeadWatch {
    private static final Logger LOG = LoggerFactory.getLogger(HeadWatch.class);

    private final Collection<Topic> topics;
    private final HistoryReads reads;
    private final int graceS;
    private final LongAdder checks = new LongAdder();
    private final LongAdder losses = new LongAdder();

    /** @param topics what is watched now, also while it changes */
    HeadWatch(Collection<Topic> topics, HistoryReads reads, int graceS) {
        this.topics = topics;
        this.reads = reads;
        this.graceS = graceS;
    }

    /** Call it about once a second. Never blocks. */
    void check(long nowS) {
        for (Topic topic : topics) {
            if (topic.takeHealDue()) {
                topic.heal(Long.MAX_VALUE);
            }
            if (!topic.checking && isDue(topic, nowS)) {
                compare(topic);
            }
        }
    }

    /** Series compared with the store. */
    long checks() {
        return checks.sum();
    }

    /** Series of which the store had more than was seen. */
    long losses() {
        return losses.sum();
    }

    private boolean isDue(Topic topic, long nowS) {
        Timeframe timeframe = topic.series.timeframe();
        if (topic.checkDueAt == 0) {
            topic.checkDueAt = plus(timeframe.next(nowS), graceS);
        }
        long head = topic.head();
        long nextIsLateAt = head == Topic.NO_HEAD ? 0 : plus(timeframe.next(timeframe.next(head)), graceS);
        if (nowS < topic.checkDueAt || nowS < nextIsLateAt) {
            return false;
        }
        topic.checkDueAt = timeframe.next(nowS);
        return true;
    }

    private void compare(Topic topic) {
        checks.increment();
        topic.checking = true;
        var _ = reads.head(topic.series).whenComplete((head, failure) -> {
            topic.checking = false;
            if (failure != null) {
                LOG.debug("head not compared series={}", topic.series, failure);
            } else if (head != null) {
                compare(topic, head);
            }
        });
    }

    private void compare(Topic topic, long stored) {
        long seen = topic.head();
        if (seen != Topic.NO_HEAD && stored > seen) {
            losses.increment();
            LOG.info("lost candles noticed series={} seen={} stored={}", topic.series, seen, stored);
        }
        topic.sawHead(stored);
        topic.heal(stored); // also where the head is known: one subscription may have seen it, and another one not
    }

    private static long plus(long time, int seconds) {
        return time > Long.MAX_VALUE - seconds ? Long.MAX_VALUE : time + seconds;
    }
}
