package io.github.camelgitpod.model;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.List;

/** Events that were received together as a body: a list that cannot be changed, which as text is a JSON array of the events' own texts. */
public final class GitpodEventBatch extends JsonBatch<GitpodEvent> {
    private static final long serialVersionUID = 1L;

    public GitpodEventBatch(List<GitpodEvent> events) {
        super(events);
    }

    private Object writeReplace() {
        return new Serialized(toArray(GitpodEvent[]::new));
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("A GitpodEventBatch is serialized as its events");
    }

    /** What is serialized. */
    private record Serialized(GitpodEvent[] events) implements Serializable {

        private Serialized {
            List.of(events);
        }

        private Object readResolve() {
            return new GitpodEventBatch(List.of(events));
        }
    }
}
