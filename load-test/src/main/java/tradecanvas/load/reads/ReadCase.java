package tradecanvas.load.reads;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is asked for: candles of one series again and again (hot), or of many series in turn (cold). */
record ReadCase(Mode mode, int limit) {
    enum Mode {
        hot,
        cold
    }

    @JsonProperty
    String name() {
        return mode + " " + limit;
    }

    /** How many series take turns, of those that there are. */
    int series(int all) {
        return mode == Mode.hot ? 1 : all;
    }
}
