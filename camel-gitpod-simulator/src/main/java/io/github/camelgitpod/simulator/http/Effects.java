package io.github.camelgitpod.simulator.http;

import java.time.Duration;

/** What goes wrong with one request; nothing, as made. Belongs to one thread at a time. */
public final class Effects {

    /** What becomes of the answer as a whole. */
    public enum Fate {
        /** It is sent. */
        ANSWERED,
        /** The connection is reset before a byte of it. */
        RESET,
        /** It never comes. */
        SILENCE
    }

    private Fate fate = Fate.ANSWERED;
    private Duration delay = Duration.ZERO;
    private Reply reply;
    private int truncateAfter = -1;
    private int bytesPerSecond;
    private boolean date = true;
    private Duration dateSkew = Duration.ZERO;
    private LineStyle lineStyle = LineStyle.PLAIN;
    private boolean emptyPage;
    private boolean repeatedToken;
    private boolean expiredToken;

    /**
     * What becomes of the answer.
     *
     * @return never null
     */
    public Fate fate() {
        return fate;
    }

    /**
     * Sets what becomes of the answer.
     *
     * @param value never null
     */
    public void fate(Fate value) {
        fate = value;
    }

    /**
     * How long the answer takes.
     *
     * @return zero for none
     */
    public Duration delay() {
        return delay;
    }

    /**
     * Sets how long the answer takes.
     *
     * @param value zero or more
     */
    public void delay(Duration value) {
        delay = value;
    }

    /**
     * The answer in place of the server's own.
     *
     * @return null for the server's own
     */
    public Reply reply() {
        return reply;
    }

    /**
     * Sets the answer in place of the server's own.
     *
     * @param value null for the server's own
     */
    public void reply(Reply value) {
        reply = value;
    }

    /**
     * After how many bytes of the body the connection ends.
     *
     * @return negative for not at all
     */
    public int truncateAfter() {
        return truncateAfter;
    }

    /**
     * Sets after how many bytes of the body the connection ends.
     *
     * @param bytes as sent, that is, after compression
     */
    public void truncateAfter(int bytes) {
        truncateAfter = bytes;
    }

    /**
     * How fast the body comes.
     *
     * @return 0 for as fast as it can
     */
    public int bytesPerSecond() {
        return bytesPerSecond;
    }

    /**
     * Sets how fast the body comes.
     *
     * @param value 1 or more
     */
    public void bytesPerSecond(int value) {
        bytesPerSecond = value;
    }

    /**
     * Whether the answer has a Date header.
     *
     * @return true in general
     */
    public boolean date() {
        return date;
    }

    /** Leaves the Date header out. */
    public void noDate() {
        date = false;
    }

    /**
     * How far the Date header is ahead of the simulator's clock.
     *
     * @return zero in general
     */
    public Duration dateSkew() {
        return dateSkew;
    }

    /**
     * Sets how far the Date header is ahead.
     *
     * @param value negative for behind
     */
    public void dateSkew(Duration value) {
        dateSkew = value;
    }

    /**
     * How lines of a stream are written.
     *
     * @return never null
     */
    public LineStyle lineStyle() {
        return lineStyle;
    }

    /**
     * Sets how lines of a stream are written.
     *
     * @param value never null
     */
    public void lineStyle(LineStyle value) {
        lineStyle = value;
    }

    /**
     * Whether a listing answers an empty page with a token.
     *
     * @return false in general
     */
    public boolean emptyPage() {
        return emptyPage;
    }

    /** Makes a listing answer an empty page with a token. */
    public void setEmptyPage() {
        emptyPage = true;
    }

    /**
     * Whether a listing answers the token that it was asked with.
     *
     * @return false in general
     */
    public boolean repeatedToken() {
        return repeatedToken;
    }

    /** Makes a listing answer the token that it was asked with. */
    public void setRepeatedToken() {
        repeatedToken = true;
    }

    /**
     * Whether a listing refuses every token as expired.
     *
     * @return false in general
     */
    public boolean expiredToken() {
        return expiredToken;
    }

    /** Makes a listing refuse every token as expired. */
    public void setExpiredToken() {
        expiredToken = true;
    }
}
