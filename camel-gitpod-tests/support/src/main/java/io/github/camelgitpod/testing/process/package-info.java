/** Processes that a test starts, kills and pauses, and what they wrote. Begin at {@link io.github.camelgitpod.testing.process.LoggedProcess}. */
package io.github.camelgitpod.testing.process;
