package io.github.camelgitpod.state;

/** A state was stored by a later version of the component, in a format that this one does not know. It stays as it is. */
final class LaterFormatException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /**
     * @param what    names the state
     * @param version of its format
     * @param known   the version that this component reads
     */
    LaterFormatException(String what, String version, Object known) {
        super("The " + what + " has the format version " + version + ", this component knows " + known
                + ": use the version of the component that wrote it, or remove it to begin anew");
    }
}
