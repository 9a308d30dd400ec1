package tradecanvas.store.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Keeps all that a comparison finds. Owner: one test. */
final class Findings implements ComparisonListener {
    final List<Drift> drift = new ArrayList<>();
    final List<Drift> unconfirmed = new ArrayList<>();
    final List<String> failed = new ArrayList<>();
    final List<Progress> progress = new ArrayList<>();

    @Override
    public void drift(Drift found) {
        drift.add(found);
    }

    @Override
    public void unconfirmed(Drift suspect) {
        unconfirmed.add(suspect);
    }

    @Override
    public void failed(String seriesId, String reason) {
        failed.add(seriesId + " " + reason);
    }

    @Override
    public void progress(Progress now) {
        progress.add(now);
    }

    Set<String> keys() {
        return drift.stream()
                .map(found -> found.kind() + " " + found.seriesId() + " " + found.time())
                .collect(Collectors.toSet());
    }
}
