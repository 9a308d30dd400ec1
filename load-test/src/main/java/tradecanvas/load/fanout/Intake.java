package tradecanvas.load.fanout;

import java.io.IOException;
import java.net.URI;
import tradecanvas.load.client.PostRequest;
import tradecanvas.load.process.ProcessUsage;
import tradecanvas.load.process.ServerProcess;
import tradecanvas.model.candle.Candle;

/**
 * Where the candles of a run are posted, so that the sockets of the server under test get them.
 *
 * @param verbatim whether sockets get what is posted; else it is put into a message
 */
record Intake(ServerProcess process, boolean verbatim) {
    URI base() {
        return process.base();
    }

    byte[] request(String series, Candle candle) {
        return verbatim ? PostRequest.message(base(), series, candle) : PostRequest.single(base(), series, candle);
    }

    ProcessUsage usage() throws IOException {
        return process.usage();
    }
}
