package io.github.camelgitpod.auditlog.reader;

import io.github.camelgitpod.state.Origin;

/** Whose entries a cursor is about, as far as that is known. */
final class CursorOrigin {
    private Origin origin;
    private boolean changed;
    private boolean held;

    /** @param address at which they are read; null: not told */
    CursorOrigin(String address) {
        origin = new Origin(address, null);
    }

    Origin get() {
        return origin;
    }

    /** Of this organization at the same address. */
    Origin with(String organization) {
        return new Origin(origin.address(), organization);
    }

    /** A cursor that is gone on with says this. At another address there is another organization. */
    void loaded(Origin stored) {
        if (!stored.differsFrom(origin)) {
            origin = origin.or(stored);
        }
        changed = !origin.equals(stored);
    }

    /** They are read from now on. What is not known of them is as before. */
    void becomes(Origin now) {
        Origin known = now.or(origin);
        changed |= !known.equals(origin);
        origin = known;
    }

    /** Whose they are is known, as far as the server tells. */
    void release() {
        held = false;
    }

    /** Whose are read from now on is not known. */
    void hold() {
        held = origin.organization() != null;
    }

    /** Whether the watermark stays where it is, since whose entries are read is not known. */
    boolean isHeld() {
        return held;
    }

    /** Whether it differs from what was saved last. */
    boolean hasChanged() {
        return changed;
    }

    void saved() {
        changed = false;
    }
}
