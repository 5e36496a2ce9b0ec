package io.github.camelgitpod.simulator;

import java.time.Duration;
import java.util.function.IntPredicate;

/** One kind of misbehaviour: first when (until cleared, if nothing else is said), then what. */
public final class TroubleRule {
    TroubleRule() {}

    public TroubleRule times(int n) {
        throw new UnsupportedOperationException();
    }

    public TroubleRule after(int n) {
        throw new UnsupportedOperationException();
    }

    public TroubleRule nth(int n) {
        throw new UnsupportedOperationException();
    }

    public TroubleRule when(IntPredicate requestNumber) {
        throw new UnsupportedOperationException();
    }

    public TroubleRule probability(double probability, long seed) {
        throw new UnsupportedOperationException();
    }

    public TroubleRule respond(int status, String code, String message) {
        throw new UnsupportedOperationException();
    }

    public TroubleRule respondRaw(int status, String contentType, String body) {
        throw new UnsupportedOperationException();
    }

    public TroubleRule retryAfter(String value) {
        throw new UnsupportedOperationException();
    }

    public TroubleRule header(String name, String value) {
        throw new UnsupportedOperationException();
    }

    public TroubleRule redirect(int status, String location) {
        throw new UnsupportedOperationException();
    }

    public TroubleRule delay(Duration delay) {
        throw new UnsupportedOperationException();
    }

    public TroubleRule reset() {
        throw new UnsupportedOperationException();
    }

    public TroubleRule truncate(int bytes) {
        throw new UnsupportedOperationException();
    }

    public TroubleRule silence() {
        throw new UnsupportedOperationException();
    }

    public TroubleRule slow(int bytesPerSecond) {
        throw new UnsupportedOperationException();
    }

    public TroubleRule lineEnd(String lineEnd) {
        throw new UnsupportedOperationException();
    }

    public TroubleRule blankLines() {
        throw new UnsupportedOperationException();
    }

    public TroubleRule byteOrderMark() {
        throw new UnsupportedOperationException();
    }

    public TroubleRule noFinalNewline() {
        throw new UnsupportedOperationException();
    }

    public TroubleRule noDate() {
        throw new UnsupportedOperationException();
    }

    public TroubleRule skewDate(Duration skew) {
        throw new UnsupportedOperationException();
    }

    public TroubleRule emptyPage() {
        throw new UnsupportedOperationException();
    }

    public TroubleRule repeatToken() {
        throw new UnsupportedOperationException();
    }

    public TroubleRule expireToken() {
        throw new UnsupportedOperationException();
    }

    public int hits() {
        throw new UnsupportedOperationException();
    }

    public void clear() {
        throw new UnsupportedOperationException();
    }
}
