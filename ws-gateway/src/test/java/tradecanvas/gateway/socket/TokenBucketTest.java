package tradecanvas.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void reserveIsSpentFirstAndThenTheRateHolds() {
        TokenBucket budget = new TokenBucket(10, 0);
        for (int i = 0; i < 10; i++) {
            assertThat(budget.spend(0)).isZero();
        }
        assertThat(budget.spend(0)).isEqualTo(SECOND / 10);
        assertThat(budget.spend(SECOND / 10)).isEqualTo(SECOND / 10);
    }

    @Test
    void reserveFillsUpAgainToItsBound() {
        TokenBucket budget = new TokenBucket(2, 0);
        assertThat(budget.spend(100 * SECOND)).isZero();
        assertThat(budget.spend(100 * SECOND)).isZero();
        assertThat(budget.spend(100 * SECOND)).isPositive();
    }

    @Test
    void triedTokenIsSpentOnlyWhenItIsThere() {
        TokenBucket connects = new TokenBucket(2, 0);
        assertThat(connects.trySpend(0)).isTrue();
        assertThat(connects.trySpend(0)).isTrue();
        assertThat(connects.trySpend(0)).isFalse();
        assertThat(connects.trySpend(SECOND / 2 - 1)).isFalse();
        assertThat(connects.trySpend(SECOND / 2)).isTrue();
    }
}
