/**
 * One scope of the event stream held open: connect, read, renew before it goes stale, connect again after a loss, and say
 * which time was missed. Internal, without Camel.
 *
 * <p>It uses {@link io.github.camelgitpod.client} and {@link io.github.camelgitpod.model} only. Begin with
 * {@code EventStream}; renewals are {@code Renewals}, and one of them, the hard part, is {@code Renewal}.
 */
package io.github.camelgitpod.event.stream;
