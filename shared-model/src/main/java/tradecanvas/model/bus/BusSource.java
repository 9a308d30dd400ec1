package tradecanvas.model.bus;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Who sent a bus message.
 *
 * <p>Of a worker it is 32 hexadecimal digits, as the contract has them: 8 of the epoch, then 24 that name its truth. So each
 * message carries its fence, and an instance that knows nothing of this sees a random id. Other instances send any text.
 */
public record BusSource(String text) {
    private static final int EPOCH_DIGITS = 8;
    private static final int TRUTH_DIGITS = 24;
    private static final long EPOCH_MAX = 0xFFFF_FFFFL;
    private static final Pattern WORKER = Pattern.compile("[0-9a-f]{" + (EPOCH_DIGITS + TRUTH_DIGITS) + "}");

    public BusSource {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("empty source");
        }
    }

    /**
     * The worker that writes a truth in one of its epochs.
     *
     * @param truthId a UUID
     * @param epoch rises at every start of a worker on that truth, 0 to 2^32 - 1
     */
    public static BusSource worker(String truthId, long epoch) {
        String digits = truthId.replace("-", "").toLowerCase(Locale.ROOT);
        if (epoch < 0 || epoch > EPOCH_MAX) {
            throw new IllegalArgumentException("epoch " + epoch + " is not within 0.." + EPOCH_MAX);
        }
        String text = String.format(Locale.ROOT, "%08x", epoch)
                + digits.substring(0, Math.min(TRUTH_DIGITS, digits.length()));
        if (!WORKER.matcher(text).matches()) {
            throw new IllegalArgumentException("truth '" + truthId + "' is no UUID");
        }
        return new BusSource(text);
    }

    /** Whether the text has the form of a worker's; an instance of another kind may have it by chance. */
    public boolean hasEpoch() {
        return WORKER.matcher(text).matches();
    }

    /** The digits that name the truth; only of a source that {@link #hasEpoch}. */
    public String truth() {
        return text.substring(EPOCH_DIGITS);
    }

    /** Only of a source that {@link #hasEpoch}. */
    public long epoch() {
        return Long.parseLong(text, 0, EPOCH_DIGITS, 16);
    }

    @Override
    public String toString() {
        return text;
    }
}
