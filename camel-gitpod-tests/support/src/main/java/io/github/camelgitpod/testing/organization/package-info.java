/** What happens in a simulated organization while a test runs. */
package io.github.camelgitpod.testing.organization;
