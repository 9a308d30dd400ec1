package tradecanvas.system.contract;

import static org.assertj.core.api.Assertions.assertThat;

import tradecanvas.system.client.Api;

/** Posts that must succeed. Returns when the server has stored and published. */
final class Posts {
    private final Api api;

    Posts(Api api) {
        this.api = api;
    }

    /** Closed candles, one post each. */
    void closed(String series, long... times) {
        for (long time : times) {
            send(Wire.POST_CLOSED, Wire.post(series, time));
        }
    }

    /** Closed candles in one write that subscribers are not told of. */
    void silently(String series, long... times) {
        send(Wire.POST_BATCH, Wire.postBatch(series, false, times));
    }

    /** Closed candles in one write that is published. */
    void batch(String series, long... times) {
        send(Wire.POST_BATCH, Wire.postBatch(series, true, times));
    }

    void forming(String series, long time) {
        send(Wire.POST_FORMING, Wire.post(series, time));
    }

    void send(String path, String body) {
        Api.Answer answer = api.post(path, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }
}
