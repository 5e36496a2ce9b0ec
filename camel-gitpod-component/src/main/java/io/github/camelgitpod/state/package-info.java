/**
 * What survives a restart: the cursor of the audit log, and of the event stream its position, the resources that are
 * known and the entries that were recovered. Each has a store, which knows its format; the repositories behind them,
 * {@link io.github.camelgitpod.state.CrashSafeFileStateRepository} and
 * {@link io.github.camelgitpod.state.JdbcStateRepository}, and what they throw, are public for users, the rest is internal.
 * A third one is in the room {@code kafka}.
 *
 * <p>Of Camel it uses the interface of state repositories, and the base class of services, which all repositories extend. A
 * further repository extends it too, and implements {@code StateRepository<String, String>}: {@code getState} gives the text as
 * {@code setState} was given it last, or null; when {@code setState} returns, the text survives a crash, and when it throws, the
 * text before or the new one is there, whole; both may be called by several threads; a key may hold any characters; and where two processes
 * can have the same key, {@code setState} of the one that was overtaken throws instead of writing. Begin with
 * {@code CursorStore}.
 */
package io.github.camelgitpod.state;
