package tradecanvas.reconcile.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BackfillProgressTest {
    @Test
    void lineShowsPartRateAndTimeLeft() {
        assertThat(new BackfillProgress("running", "a:1m", 250_000, 1_000_000).line(50_000))
                .isEqualTo("backfill running [########                      ] 250000 of 1000000 rows, 50000 rows/s,"
                        + " 0:00:15 left");
    }

    @Test
    void backfillThatYieldsToLiveWritesIsWaiting() {
        assertThat(new BackfillProgress("running", "a:1m", 0, 10).line(0)).endsWith("waiting");
    }

    @Test
    void rowsWrittenMeanwhileDoNotOverflowTheBar() {
        assertThat(new BackfillProgress("running", "a:1m", 20, 10).part()).isEqualTo(1);
        assertThat(new BackfillProgress("done", "a:1m", 9, 10).line(1)).contains("[##############################]");
    }

    @Test
    void rateIsThatOfTheNewestLooks() {
        RowRate rate = new RowRate();
        assertThat(rate.after(0, 0)).isZero();
        for (int second = 1; second <= 20; second++) {
            rate.after(second * 1_000_000_000L, 10L * second);
        }
        assertThat(rate.after(21_000_000_000L, 1_000)).isBetween(80.0, 100.0);
    }
}
