package tradecanvas.load.fanout;

import java.util.List;
import java.util.function.ToDoubleFunction;
import tradecanvas.load.report.Statistics;

/** All rounds of one server under one load. */
record FanOutCase(String server, Load load, List<FanOutFigures> rounds) {
    FanOutCase {
        rounds = List.copyOf(rounds);
    }

    double median(ToDoubleFunction<FanOutFigures> figure) {
        return Statistics.median(rounds.stream().mapToDouble(figure).toArray());
    }

    double max(ToDoubleFunction<FanOutFigures> figure) {
        return rounds.stream().mapToDouble(figure).max().orElse(Double.NaN);
    }

    /** NaN without a round: a server that did not run has not lost nothing. */
    double sum(ToDoubleFunction<FanOutFigures> figure) {
        return rounds.isEmpty()
                ? Double.NaN
                : rounds.stream().mapToDouble(figure).sum();
    }

    /** The median of the ratios of neighbouring runs: what disturbed one round disturbed both of its runs. */
    double ratio(FanOutCase base, ToDoubleFunction<FanOutFigures> figure) {
        int pairs = Math.min(rounds.size(), base.rounds.size());
        double[] ratios = new double[pairs];
        for (int i = 0; i < pairs; i++) {
            ratios[i] = figure.applyAsDouble(rounds.get(i)) / figure.applyAsDouble(base.rounds.get(i));
        }
        return Statistics.median(ratios);
    }
}
