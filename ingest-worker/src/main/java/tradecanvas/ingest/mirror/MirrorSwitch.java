package tradecanvas.ingest.mirror;

import org.jspecify.annotations.Nullable;

/** The mirror of this process, where there is one. Immutable. */
public record MirrorSwitch(@Nullable Mirroring mirroring) {
    public static final MirrorSwitch OFF = new MirrorSwitch(null);
}
