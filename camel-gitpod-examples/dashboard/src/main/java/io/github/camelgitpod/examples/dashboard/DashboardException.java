package io.github.camelgitpod.examples.dashboard;

/** The dashboard cannot start, for a reason that is for people. */
final class DashboardException extends Exception {
    private static final long serialVersionUID = 1L;

    DashboardException(String message, Throwable cause) {
        super(message, cause);
    }
}
