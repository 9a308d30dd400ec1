package tradecanvas.readapi.health;

import java.util.List;
import tradecanvas.model.series.SeriesId;
import tradecanvas.model.wire.JsonBuffer;
import tradecanvas.store.api.GapSummary;
import tradecanvas.store.api.SeriesExtent;

/** Gaps of a series, and how complete the minutes are that its newest candles are made of. Unix seconds. */
record SeriesHealth(
        SeriesId series, long now, SeriesExtent extent, GapSummary gaps, String baseSeries, List<BaseBucket> buckets) {
    /** The base candles of one bar of the series. */
    record BaseBucket(long openTime, long expected, long actual) {}

    JsonBuffer toJson() {
        JsonBuffer json = new JsonBuffer(1024);
        json.ascii("{\"series_id\":").string(series.text());
        json.ascii(",\"timeframe_seconds\":").number(series.timeframe().seconds());
        json.ascii(",\"now_time\":").number(now);
        json.ascii(",\"first_time\":").numberOrNull(extent.first());
        json.ascii(",\"head_time\":").numberOrNull(extent.head());
        Long head = extent.head();
        json.ascii(",\"lag_seconds\":").numberOrNull(head == null ? null : (Long) Elapsed.seconds(head, now));
        json.ascii(",\"candle_count\":").number(extent.count());
        json.ascii(",\"gap_count\":").number(gaps.count());
        json.ascii(",\"max_gap_seconds\":").numberOrNull(gaps.count() == 0 ? null : (Long) gaps.secondsMax());
        json.ascii(",\"recent_gaps\":[");
        String separator = "";
        for (GapSummary.Gap gap : gaps.recent()) {
            write(json.ascii(separator), gap);
            separator = ",";
        }
        json.ascii("],\"base_series_id\":").string(baseSeries).ascii(",\"base_bucket_completeness\":[");
        separator = "";
        for (BaseBucket bucket : buckets) {
            write(json.ascii(separator), bucket);
            separator = ",";
        }
        return json.ascii("]}");
    }

    private void write(JsonBuffer json, GapSummary.Gap gap) {
        long delta = Elapsed.seconds(gap.previousTime(), gap.nextTime());
        long missing = Math.max(0, delta / series.timeframe().seconds() - 1);
        json.ascii("{\"prev_time\":").number(gap.previousTime());
        json.ascii(",\"next_time\":").number(gap.nextTime());
        json.ascii(",\"delta_seconds\":").number(delta);
        json.ascii(",\"missing_candles\":").number(missing).ascii("}");
    }

    private static void write(JsonBuffer json, BaseBucket bucket) {
        json.ascii("{\"bucket_open_time\":").number(bucket.openTime());
        json.ascii(",\"expected_minutes\":").number(bucket.expected());
        json.ascii(",\"actual_minutes\":").number(bucket.actual());
        json.ascii(",\"missing_minutes\":").number(Math.max(0, bucket.expected() - bucket.actual()));
        json.ascii("}");
    }
}
