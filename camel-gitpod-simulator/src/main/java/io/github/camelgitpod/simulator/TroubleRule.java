package io.github.camelgitpod.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgitpod.simulator.http.Effects;
import io.github.camelgitpod.simulator.http.LineStyle;
import io.github.camelgitpod.simulator.http.Reply;
import io.github.camelgitpod.simulator.protocol.ConnectException;
import io.github.camelgitpod.simulator.protocol.RetryInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/**
 * One rule of {@link Trouble}: say first when (each time until it is cleared, if nothing is said), then what. Several
 * conditions hold together; so do several effects, such as {@code delay} and {@code respond}. Each method returns the
 * rule itself. Safe for use by several threads.
 */
public final class TroubleRule {

    private final String method;
    private final Consumer<TroubleRule> remover;
    private final List<Consumer<Effects>> effects = new CopyOnWriteArrayList<>();
    private IntPredicate numbers = number -> true;
    private int remaining = Integer.MAX_VALUE;
    private double probability = 1;
    private Random random;
    private int seen;
    private int hits;

    TroubleRule(String method, Consumer<TroubleRule> remover) {
        this.method = method;
        this.remover = remover;
    }

    /**
     * Ends after so many hits.
     *
     * @param n 1 or more
     * @return this
     */
    public synchronized TroubleRule times(int n) {
        remaining = n;
        return this;
    }

    /**
     * Spares the first requests since the rule was made.
     *
     * @param n how many
     * @return this
     */
    public TroubleRule after(int n) {
        return when(number -> number > n);
    }

    /**
     * Hits one request only.
     *
     * @param n its number since the rule was made, from 1
     * @return this
     */
    public TroubleRule nth(int n) {
        return when(number -> number == n);
    }

    /**
     * Hits only requests with these numbers.
     *
     * @param requestNumber tests the number of a request since the rule was made, from 1
     * @return this
     */
    public synchronized TroubleRule when(IntPredicate requestNumber) {
        numbers = numbers.and(requestNumber);
        return this;
    }

    /**
     * Hits by chance.
     *
     * @param value 0 to 1
     * @param seed the same seed hits the same requests
     * @return this
     */
    public synchronized TroubleRule probability(double value, long seed) {
        probability = value;
        random = new Random(seed);
        return this;
    }

    /**
     * Answers with a Connect error.
     *
     * @param status the HTTP status
     * @param code the Connect code, such as {@code unavailable}
     * @param message for people
     * @return this
     */
    public TroubleRule respond(int status, String code, String message) {
        return reply(Reply.of(new ConnectException(status, code, message)));
    }

    /**
     * Answers with any body, such as a proxy's HTML.
     *
     * @param status the HTTP status
     * @param contentType null for none
     * @param body its text
     * @return this
     */
    public TroubleRule respondRaw(int status, String contentType, String body) {
        return reply(new Reply(status, contentType, body.getBytes(StandardCharsets.UTF_8), Map.of()));
    }

    /**
     * Answers with a redirect.
     *
     * @param status such as 307
     * @param location where to
     * @return this
     */
    public TroubleRule redirect(int status, String location) {
        return reply(new Reply(status, null, new byte[0], Map.of("Location", location)));
    }

    /**
     * Answers as the service's own rate limiter does: 429 {@code resource_exhausted} with a {@code google.rpc.RetryInfo}
     * in the error's details, and {@code RateLimit-RetryAfter} in whole seconds. It has no {@code Retry-After}.
     *
     * @param wait how long the client is asked to wait; zero or more
     * @return this
     * @throws IllegalArgumentException if negative
     */
    public TroubleRule rateLimited(Duration wait) {
        if (wait.isNegative()) {
            throw new IllegalArgumentException("wait must not be negative: " + wait);
        }
        long seconds = Math.max(1, wait.plusNanos(999_999_999).getSeconds());
        return respond(429, "resource_exhausted", "rate limit exceeded")
                .retryInfo(wait)
                .header("RateLimit-RetryAfter", Long.toString(seconds));
    }

    /**
     * Adds a {@code google.rpc.RetryInfo} to the details of the Connect error that was set before.
     *
     * @param wait how long the client is asked to wait; zero or more
     * @return this
     */
    public TroubleRule retryInfo(Duration wait) {
        ObjectNode detail = RetryInfo.detail(wait);
        return effect(effect -> {
            if (effect.reply() != null) {
                effect.reply(effect.reply().withDetail(detail));
            }
        });
    }

    /**
     * Adds {@code Retry-After} to the answer that was set before, as proxies do; the service itself sends none.
     *
     * @param value as sent: seconds, a date, nonsense
     * @return this
     */
    public TroubleRule retryAfter(String value) {
        return header("Retry-After", value);
    }

    /**
     * Adds a header to the answer that was set before.
     *
     * @param name the header
     * @param value as sent
     * @return this
     */
    public TroubleRule header(String name, String value) {
        return effect(effect -> {
            if (effect.reply() != null) {
                effect.reply(effect.reply().with(name, value));
            }
        });
    }

    /**
     * Answers late.
     *
     * @param delay how late
     * @return this
     */
    public TroubleRule delay(Duration delay) {
        return effect(effect -> effect.delay(delay));
    }

    /**
     * Resets the connection (RST) in place of an answer.
     *
     * @return this
     */
    public TroubleRule reset() {
        return effect(effect -> effect.fate(Effects.Fate.RESET));
    }

    /**
     * Never answers; the connection stays open.
     *
     * @return this
     */
    public TroubleRule silence() {
        return effect(effect -> effect.fate(Effects.Fate.SILENCE));
    }

    /**
     * Closes the connection in the middle of a unary answer's body; its Content-Length says more.
     *
     * @param bytes how many are sent, counted after compression
     * @return this
     */
    public TroubleRule truncate(int bytes) {
        return effect(effect -> effect.truncateAfter(bytes));
    }

    /**
     * Sends a unary answer's body slowly.
     *
     * @param bytesPerSecond 1 or more
     * @return this
     */
    public TroubleRule slow(int bytesPerSecond) {
        return effect(effect -> effect.bytesPerSecond(bytesPerSecond));
    }

    /**
     * Ends the lines of a stream otherwise than with a newline.
     *
     * @param lineEnd such as {@code "\r\n"}
     * @return this
     */
    public TroubleRule lineEnd(String lineEnd) {
        return style(old -> new LineStyle(lineEnd, old.blankLines(), old.byteOrderMark(), old.finalEnd()));
    }

    /**
     * Puts an empty line after each line of a stream.
     *
     * @return this
     */
    public TroubleRule blankLines() {
        return style(old -> new LineStyle(old.end(), true, old.byteOrderMark(), old.finalEnd()));
    }

    /**
     * Begins a stream with a byte order mark.
     *
     * @return this
     */
    public TroubleRule byteOrderMark() {
        return style(old -> new LineStyle(old.end(), old.blankLines(), true, old.finalEnd()));
    }

    /**
     * Leaves a stream's last line without an end: a line's end comes only with the next line.
     *
     * @return this
     */
    public TroubleRule noFinalNewline() {
        return style(old -> new LineStyle(old.end(), old.blankLines(), old.byteOrderMark(), false));
    }

    /**
     * Leaves the Date header out.
     *
     * @return this
     */
    public TroubleRule noDate() {
        return effect(Effects::noDate);
    }

    /**
     * Moves the Date header.
     *
     * @param skew how far ahead of the simulator's clock; negative for behind
     * @return this
     */
    public TroubleRule skewDate(Duration skew) {
        return effect(effect -> effect.dateSkew(skew));
    }

    /**
     * A listing answers an empty page with a token for the page that it should have been.
     *
     * @return this
     */
    public TroubleRule emptyPage() {
        return effect(Effects::setEmptyPage);
    }

    /**
     * A listing that is asked with a token answers the same token again.
     *
     * @return this
     */
    public TroubleRule repeatToken() {
        return effect(Effects::setRepeatedToken);
    }

    /**
     * A listing that is asked with a token refuses it as expired.
     *
     * @return this
     */
    public TroubleRule expireToken() {
        return effect(Effects::setExpiredToken);
    }

    /**
     * How many requests the rule has hit.
     *
     * @return 0 or more
     */
    public synchronized int hits() {
        return hits;
    }

    /** Ends this rule. */
    public void clear() {
        remover.accept(this);
    }

    void apply(String requested, Effects to) {
        if (!effects.isEmpty() && (method.equals(Trouble.ANY) || method.equals(requested)) && strikes()) {
            effects.forEach(effect -> effect.accept(to));
        }
    }

    private synchronized boolean strikes() {
        seen++;
        boolean strikes = remaining > 0 && numbers.test(seen) && (random == null || random.nextDouble() < probability);
        if (strikes) {
            remaining--;
            hits++;
        }
        return strikes;
    }

    private TroubleRule reply(Reply reply) {
        return effect(effect -> effect.reply(reply));
    }

    private TroubleRule style(UnaryOperator<LineStyle> change) {
        return effect(effect -> effect.lineStyle(change.apply(effect.lineStyle())));
    }

    private TroubleRule effect(Consumer<Effects> effect) {
        effects.add(effect);
        return this;
    }
}
