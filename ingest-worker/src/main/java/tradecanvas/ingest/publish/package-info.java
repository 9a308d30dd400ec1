/**
 * Where published candles leave the worker's process: one order of events and heartbeats, offered to every sink.
 */
@NullMarked
package tradecanvas.ingest.publish;

import org.jspecify.annotations.NullMarked;
