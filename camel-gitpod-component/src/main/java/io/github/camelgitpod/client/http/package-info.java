/**
 * The API over HTTP with OkHttp: requests, retries, the gate that keeps a server's wish not to be asked, and the decoding
 * of pages and lines. Internal, without Camel.
 *
 * <p>It uses {@link io.github.camelgitpod.client} and {@link io.github.camelgitpod.model} only. Begin with
 * {@code OkHttpGitpodClient}, then {@code ApiTransport}.
 */
package io.github.camelgitpod.client.http;
