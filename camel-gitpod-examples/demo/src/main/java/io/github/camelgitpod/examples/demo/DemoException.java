package io.github.camelgitpod.examples.demo;

/** The demo cannot go on, for a reason that its message explains. */
final class DemoException extends Exception {
    private static final long serialVersionUID = 1L;

    DemoException(String message) {
        super(message);
    }
}
