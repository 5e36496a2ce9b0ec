package io.github.camelgitpod.examples.demo;

import java.nio.file.Path;

/**
 * How a run of the demo went.
 *
 * @param flow          what flowed in it
 * @param address       of the API
 * @param failure       why the audit log could not be read in the end; null: it could
 * @param file          where all runs' entries are
 * @param check         what the file is like
 * @param serverEntries how many entries the simulated organization had in the end; -1: it is a real one
 */
record DemoResult(Flow flow, String address, String failure, Path file, AuditLogFile.Check check, int serverEntries) {

    /** Whether the audit log was read, and the file holds what it should. */
    boolean isGood() {
        return failure == null && check.repeated() == 0 && check.different() == 0;
    }
}
