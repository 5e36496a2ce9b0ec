/**
 * What survives a restart: the cursor of the audit log, and of the event stream its position, the resources that are
 * known and the entries that were recovered. Each has a store, which knows its format; the repositories behind them,
 * {@link io.github.camelgitpod.state.CrashSafeFileStateRepository} and
 * {@link io.github.camelgitpod.state.JdbcStateRepository}, are public for users, the rest is internal.
 *
 * <p>Of Camel it uses the interface of state repositories only. Begin with {@code CursorStore}.
 */
package io.github.camelgitpod.state;
