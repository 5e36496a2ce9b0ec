package io.github.camelgitpod.testing;

import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.List;

/** Sees whether something is still held by somebody. */
public final class Garbage {
    private final List<WeakReference<?>> references;

    private Garbage(List<WeakReference<?>> references) {
        this.references = references;
    }

    /** @param objects that nobody should hold from now on */
    public static Garbage of(Collection<?> objects) {
        return new Garbage(
                objects.stream().<WeakReference<?>>map(WeakReference::new).toList());
    }

    /** Waits until the collector has taken all of them. */
    public void awaitCollected() {
        await().until(() -> {
            System.gc();
            return references.stream().allMatch(reference -> reference.get() == null);
        });
    }
}
