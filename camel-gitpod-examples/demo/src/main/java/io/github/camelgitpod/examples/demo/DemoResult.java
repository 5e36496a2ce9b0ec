package io.github.camelgitpod.examples.demo;

import java.nio.file.Path;

/**
 * How a run of the demo went.
 *
 * @param flow          what flowed in it
 * @param file          where all runs' entries are
 * @param check         what the file is like
 * @param serverEntries how many entries the simulated organization had in the end; -1: it is a real one
 */
record DemoResult(Flow flow, Path file, AuditLogFile.Check check, int serverEntries) {}
