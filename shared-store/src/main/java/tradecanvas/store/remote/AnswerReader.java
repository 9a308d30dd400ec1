package tradecanvas.store.remote;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Makes a value of the JSON of one answer. Errors: IOException or IllegalArgumentException for what cannot be read. */
@FunctionalInterface
interface AnswerReader<T> {
    T read(JsonParser json) throws IOException;
}
