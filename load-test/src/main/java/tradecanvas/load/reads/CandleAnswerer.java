package tradecanvas.load.reads;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/** Someone who answers reads of candles, running and ready to be asked. Threads: one owner. */
interface CandleAnswerer extends AutoCloseable {
    /** Asks for a time and measures. Errors: IOException and SQLException when it fails as a whole. */
    ReadFigures measure(ReadCase what, Duration time) throws IOException, InterruptedException, SQLException;

    @Override
    void close();
}
