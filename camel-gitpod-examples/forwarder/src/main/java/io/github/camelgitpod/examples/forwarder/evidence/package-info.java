/**
 * What an auditor can check without this program: the manifest of an export, and the check itself. Begin at
 * {@link io.github.camelgitpod.examples.forwarder.evidence.Manifest}.
 */
package io.github.camelgitpod.examples.forwarder.evidence;
