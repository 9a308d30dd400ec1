package tradecanvas.ingest.pipeline;

import tradecanvas.model.series.SeriesId;

/** A run stopped at a step; what the earlier steps wrote stays. */
public final class PipelineException extends RuntimeException {
    /** The step that saves candles. */
    public static final String STEP_STORE = "store.upsert_many_closed";

    private static final long serialVersionUID = 1L;

    private final String step;

    public PipelineException(String step, SeriesId series, Throwable cause) {
        super("ingest_pipeline_failed:" + step + ":" + series.text(), cause);
        this.step = step;
    }

    public String step() {
        return step;
    }
}
