package tradecanvas.load.mirror;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** What a server says about its backfill. */
record BackfillProgress(String phase, long rowsDone, long rowsTotal) {
    static BackfillProgress parse(byte[] body) throws IOException {
        JsonNode json = new ObjectMapper().readTree(body);
        if (!json.has("phase") || !json.has("rows_done")) {
            throw new IOException("not a backfill: " + json);
        }
        return new BackfillProgress(
                json.path("phase").asText(),
                json.path("rows_done").asLong(),
                json.path("rows_total").asLong());
    }

    boolean isDone() {
        return phase.equals("done");
    }

    /** Neither under way nor done: somebody has stopped it. */
    boolean hasStopped() {
        return !isDone() && !phase.equals("running");
    }
}
