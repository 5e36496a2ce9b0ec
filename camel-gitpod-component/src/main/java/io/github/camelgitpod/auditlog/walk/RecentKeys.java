package io.github.camelgitpod.auditlog.walk;

import io.github.camelgitpod.client.ServerLimits;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** The keys of the entries handed out last: what a server lists twice, it lists again soon. */
public final class RecentKeys {
    private static final int PAGES = 20;

    private final Set<String> keys = new LinkedHashSet<>();

    public boolean contains(String key) {
        return keys.contains(key);
    }

    /** Notes the key; false: it was there. */
    public boolean add(String key) {
        boolean added = keys.add(key);
        if (keys.size() > PAGES * ServerLimits.PAGE_SIZE) {
            Iterator<String> oldest = keys.iterator();
            oldest.next();
            oldest.remove();
        }
        return added;
    }
}
