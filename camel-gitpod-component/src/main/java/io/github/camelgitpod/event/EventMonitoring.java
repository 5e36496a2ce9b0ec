package io.github.camelgitpod.event;

import io.github.camelgitpod.client.RequestMeter;
import io.github.camelgitpod.consumer.ConsumerName;
import io.github.camelgitpod.consumer.ShownHealth;
import io.github.camelgitpod.event.group.ConsumerStreams;
import io.github.camelgitpod.event.stream.StreamStatus;
import io.github.camelgitpod.health.HealthReport;
import io.github.camelgitpod.meter.Figure;
import io.github.camelgitpod.model.StreamGap;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.support.DefaultConsumer;

/** What an {@link EventConsumer} shows of itself in JMX. */
public abstract class EventMonitoring extends DefaultConsumer implements ShownHealth {

    private final RequestMeter requestMeter;

    EventMonitoring(Endpoint endpoint, Processor processor, LongSupplier nanoTime) {
        super(endpoint, processor);
        this.requestMeter = new RequestMeter(nanoTime);
    }

    /** Decides how the streams are. */
    abstract EventHealth health();

    /** What happens while another consumer goes on with the streams. */
    abstract EventStandby standby();

    @Override
    public final HealthReport report() {
        return standby().isOn() ? standby().report() : health().report();
    }

    final RequestMeter requestMeter() {
        return requestMeter;
    }

    final List<Figure> figures() {
        return EventFigures.of(this, requestMeter);
    }

    /** The streams that are shown. */
    abstract ConsumerStreams consumed();

    /** How the streams are now, as one. */
    StreamStatus status() {
        return consumed().status();
    }

    @ManagedOperation(
            description =
                    "Replace each connection by a new one, within a second and overlapping, so that nothing is missed")
    public void reconnect() {
        ConsumerStreams held = consumed();
        if (held == null || !isStarted()) {
            throw new IllegalStateException(
                    "The consumer of " + ConsumerName.of(this) + " is suspended or stopped, and holds no connection");
        }
        held.renew();
    }

    @ManagedAttribute(
            description = "How often another consumer went on with the positions of the streams, and this one stood by")
    public long getOvertaken() {
        return standby().times();
    }

    @ManagedAttribute(description = "What keeps something that was missed from being recovered")
    public String getRecoveryError() {
        return consumed().recoveryFailure();
    }

    @ManagedAttribute(description = "State of the stream: CONNECTING, OPEN, RECONNECTING or FAILED")
    public String getStreamState() {
        return status().state().name();
    }

    @ManagedAttribute(description = "Since when the stream has been in this state")
    public String getStreamStateSince() {
        return status().since().toString();
    }

    @ManagedAttribute(description = "Why the last connection ended or failed")
    public String getLastReason() {
        return status().lastReason();
    }

    @ManagedAttribute(description = "What the server or the network said to that")
    public String getLastError() {
        return status().lastError();
    }

    @ManagedAttribute(description = "When the last byte was received")
    public String getLastByteAt() {
        return Objects.toString(status().lastByteAt(), null);
    }

    @ManagedAttribute(description = "Connections opened")
    public long getConnects() {
        return status().connects();
    }

    @ManagedAttribute(description = "Events received")
    public long getEvents() {
        return status().events();
    }

    @ManagedAttribute(description = "Times in which events may have been missed")
    public long getGaps() {
        return status().gaps();
    }

    @ManagedAttribute(description = "Lines that were not events")
    public long getSkippedLines() {
        return status().skippedLines();
    }

    @ManagedAttribute(description = "Connections that were replaced by a new one before they ended")
    public long getRenewals() {
        return status().renewals();
    }

    @ManagedAttribute(description = "Streams that are held")
    public int getStreams() {
        return consumed().statuses().size();
    }

    @ManagedAttribute(description = "Streams that have a connection")
    public long getOpenStreams() {
        return consumed().openCount();
    }

    @ManagedAttribute(description = "Events that were received and wait for the route")
    public int getWaitingEvents() {
        return consumed().waiting();
    }

    @ManagedAttribute(description = "Gaps by their reasons")
    public String getGapsByReason() {
        return status().figures().gapsByReason().toString();
    }

    @ManagedAttribute(description = "Since when the oldest of the connections is open")
    public String getOpenedAt() {
        return Objects.toString(status().openedAt(), null);
    }

    @ManagedAttribute(description = "Requests sent")
    public long getRequests() {
        return requestMeter.total();
    }

    @ManagedAttribute(description = "Seconds in which no request was sent, because the server wanted fewer")
    public long getThrottledSeconds() {
        return requestMeter.throttled().toSeconds();
    }

    @ManagedAttribute(description = "Since when events may have been missed, of the last gap")
    public String getLastGapFrom() {
        return ofLastGap(gap -> gap.from().toString());
    }

    @ManagedAttribute(description = "Until when events may have been missed, of the last gap")
    public String getLastGapTo() {
        return ofLastGap(gap -> gap.to().toString());
    }

    @ManagedAttribute(description = "Why events may have been missed, of the last gap")
    public String getLastGapReason() {
        return ofLastGap(StreamGap::reason);
    }

    @ManagedAttribute(description = "Gaps of which all was delivered that could be recovered")
    public long getClosedGaps() {
        return consumed().closedGaps();
    }

    @ManagedAttribute(description = "Events that were recovered after gaps")
    public long getRecoveredEvents() {
        return consumed().recoveredEvents();
    }

    private String ofLastGap(Function<StreamGap, String> property) {
        StreamGap gap = status().lastGap();
        return gap == null ? null : property.apply(gap);
    }
}
