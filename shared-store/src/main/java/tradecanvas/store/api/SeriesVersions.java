package tradecanvas.store.api;

import java.util.OptionalLong;
import tradecanvas.model.series.SeriesId;

/** Tells whether a series has changed since somebody looked. Threads: any. */
@FunctionalInterface
public interface SeriesVersions {
    /** For a process that does not learn of changes. */
    SeriesVersions UNKNOWN = _ -> OptionalLong.empty();

    /**
     * A number that changes with every write to the series, before that write is answered or published. A read that begins
     * after this call gives at least the state that the number stands for. Empty where it is not known.
     */
    OptionalLong of(SeriesId series);
}
