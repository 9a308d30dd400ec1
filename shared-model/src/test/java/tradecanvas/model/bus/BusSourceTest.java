package tradecanvas.model.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class BusSourceTest {
    private static final String TRUTH = "0F8FAD5B-d9cb-469f-a165-70867728950e";

    @Test
    void sourceOfAWorkerTellsItsTruthAndEpoch() {
        BusSource source = BusSource.worker(TRUTH, 4_294_967_295L);
        assertThat(source.text()).isEqualTo("ffffffff0f8fad5bd9cb469fa1657086");
        assertThat(source.hasEpoch()).isTrue();
        assertThat(source.epoch()).isEqualTo(4_294_967_295L);
        assertThat(source.truth()).isEqualTo(BusSource.worker(TRUTH, 1).truth());
    }

    @Test
    void otherTextsHaveNoEpoch() {
        assertThat(new BusSource("instance-a").hasEpoch()).isFalse();
        assertThat(new BusSource("FFFFFFFF0f8fad5bd9cb469fa1657086").hasEpoch()).isFalse();
    }

    @Test
    void whatIsNoWorkerIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BusSource(""));
        assertThatIllegalArgumentException().isThrownBy(() -> BusSource.worker("short", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> BusSource.worker(TRUTH, 4_294_967_296L));
        assertThatIllegalArgumentException().isThrownBy(() -> BusSource.worker(TRUTH, -1));
    }
}
