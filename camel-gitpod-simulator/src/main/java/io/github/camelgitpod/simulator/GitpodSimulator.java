package io.github.camelgitpod.simulator;

import io.github.camelgitpod.simulator.http.HttpFace;
import io.github.camelgitpod.simulator.http.Method;
import io.github.camelgitpod.simulator.http.ServiceHandler;
import io.github.camelgitpod.simulator.life.Life;
import io.github.camelgitpod.simulator.life.Pace;
import io.github.camelgitpod.simulator.protocol.EnumNames;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A stand-in for Gitpod's EventService and the services beside it, on a port of the loopback interface. It keeps to the
 * documented protocol, refuses what the server refuses, and misbehaves when it is told to ({@link #trouble()}). Safe
 * for use by several threads.
 */
public final class GitpodSimulator implements AutoCloseable {

    private static final double PACE_WITHOUT_LIVE_RATE = 1;
    private static final long TICK_MILLIS = 10;

    private final InstantSource clock;
    private final AuditLog auditLog;
    private final EventStreams eventStreams;
    private final Organization organization;
    private final Tokens tokens;
    private final Trouble trouble;
    private final RequestLog requests = new RequestLog();
    private final ScheduledExecutorService scheduler;
    private final HttpFace server;
    private final ServiceHandler handler;
    /** Whose address this one shares; null: it has one of its own. */
    private final GitpodSimulator host;
    /** The organization's life; null: it has none of its own. */
    private final ScheduledFuture<?> life;

    private volatile ServerKind serverKind;
    private volatile PageTokens pageTokens;
    private volatile String organizationTier = EnumNames.TIER_ENTERPRISE;

    private GitpodSimulator(Builder builder) {
        clock = builder.clock;
        serverKind = builder.serverKind;
        pageTokens = builder.pageTokens;
        auditLog = new AuditLog(clock);
        eventStreams = new EventStreams(clock);
        Instant start = clock.instant();
        double perSecond = builder.liveRate > 0 ? builder.liveRate : PACE_WITHOUT_LIVE_RATE;
        Instant epoch = Objects.requireNonNullElse(
                        builder.epoch, start.minus(Pace.of(builder.seed, perSecond, builder.history)))
                .truncatedTo(ChronoUnit.MICROS);
        Pace pace = new Pace(builder.seed, epoch, perSecond);
        organization = new Organization(clock, auditLog, eventStreams, new Life(builder.seed), pace, epoch);
        if (builder.epoch != null || builder.history > 0) {
            organization.advanceTo(start);
        }
        tokens = new Tokens(organization, builder.accessToken);
        Map<String, Method> methods = methods();
        trouble = new Trouble(
                methods.keySet().stream().map(ServiceHandler::methodName).collect(Collectors.toSet()));
        host = builder.host;
        scheduler = host != null ? host.scheduler : Executors.newSingleThreadScheduledExecutor(this::clockThread);
        server = host != null ? host.server : new HttpFace(builder.port);
        handler = new ServiceHandler(new ServiceHandler.Surroundings(
                methods, tokens::owner, trouble::next, clock, requests::add, scheduler, builder.compression));
        server.add(handler);
        if (host == null) {
            startOrGiveUp();
        }
        life = builder.liveRate > 0
                ? scheduler.scheduleAtFixedRate(organization::keepUp, 0, TICK_MILLIS, TimeUnit.MILLISECONDS)
                : null;
    }

    private void startOrGiveUp() {
        try {
            server.start();
        } catch (RuntimeException e) {
            scheduler.shutdownNow();
            throw e;
        }
    }

    private Thread clockThread(Runnable task) {
        // Made with the first task, when the port is known.
        Thread thread = new Thread(task, "gitpod-simulator-" + port() + "-clock");
        thread.setDaemon(true);
        return thread;
    }

    private Map<String, Method> methods() {
        AuditLogMethods log = new AuditLogMethods(auditLog, this::serverKind, this::pageTokens, this::organizationTier);
        NeighbourMethods neighbours = new NeighbourMethods(organization, this::organizationTier);
        PeopleMethods people = new PeopleMethods(organization);
        return Map.of(
                "/api/gitpod.v1.EventService/ListAuditLogs", new Method.Unary(true, log::list),
                "/api/gitpod.v1.EventService/GetAuditLog", new Method.Unary(true, log::get),
                "/api/gitpod.v1.EventService/WatchEvents",
                        new Method.Streaming(call -> eventStreams.watch(call, organization.environments())),
                "/api/gitpod.v1.IdentityService/GetAuthenticatedIdentity",
                        new Method.Unary(false, neighbours::identity),
                "/api/gitpod.v1.EnvironmentService/ListEnvironments", new Method.Unary(false, neighbours::environments),
                "/api/gitpod.v1.ProjectService/ListProjects", new Method.Unary(false, neighbours::projects),
                "/api/gitpod.v1.RunnerService/ListRunners", new Method.Unary(false, neighbours::runners),
                "/api/gitpod.v1.OrganizationService/ListMembers", new Method.Unary(false, people::members),
                "/api/gitpod.v1.ServiceAccountService/ListServiceAccounts",
                        new Method.Unary(false, people::serviceAccounts));
    }

    /**
     * Settings for a simulator.
     *
     * @return settings at their defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts a simulator on a free port, with an empty organization that has no life of its own.
     *
     * @return a running simulator
     */
    public static GitpodSimulator start() {
        return builder().start();
    }

    /**
     * What a client needs as its base URL.
     *
     * @return {@code http://127.0.0.1:<port>/api}
     */
    public String baseUrl() {
        return "http://127.0.0.1:" + port() + "/api";
    }

    /**
     * The port.
     *
     * @return the same over a restart
     */
    public int port() {
        return server.port();
    }

    /**
     * The organization administrator's token.
     *
     * @return the valid one
     */
    public String accessToken() {
        return tokens.admin();
    }

    /**
     * The component's options that make it talk to this simulator as the administrator, as properties that Camel on
     * Spring Boot, on Quarkus and on its own know.
     *
     * @return {@code camel.component.gitpod.base-url} and {@code camel.component.gitpod.access-token}
     */
    public Map<String, String> properties() {
        return Map.of(
                "camel.component.gitpod.base-url", baseUrl(),
                "camel.component.gitpod.access-token", accessToken());
    }

    /**
     * The token of a member without the audit-log role, who sees only the environments that they created.
     *
     * @return always the same
     */
    public String memberToken() {
        return tokens.member();
    }

    /**
     * Replaces the administrator's token; the old one is answered 401 from now on.
     *
     * @param newToken the new one
     */
    public void rotateAccessToken(String newToken) {
        tokens.rotate(newToken);
    }

    /** Takes the audit-log role from the administrator: 403 on the audit log from now on. */
    public void revokeAuditLogRole() {
        tokens.auditLogRole(false);
    }

    /** Gives the audit-log role back. */
    public void grantAuditLogRole() {
        tokens.auditLogRole(true);
    }

    /**
     * The organization's id.
     *
     * @return a UUID, a function of the seed
     */
    public String organizationId() {
        return organization.id();
    }

    /**
     * The audit log.
     *
     * @return to add entries and to see what was visible
     */
    public AuditLog auditLog() {
        return auditLog;
    }

    /**
     * The event streams.
     *
     * @return to publish, to end, and to see what was written
     */
    public EventStreams eventStreams() {
        return eventStreams;
    }

    /**
     * The organization.
     *
     * @return to change what it has, and to steer its life
     */
    public Organization organization() {
        return organization;
    }

    /**
     * Scripted misbehaviour.
     *
     * @return none, as long as no rule is made
     */
    public Trouble trouble() {
        return trouble;
    }

    /**
     * The requests received.
     *
     * @return also those that were refused
     */
    public RequestLog requests() {
        return requests;
    }

    /**
     * The kind of server that is played.
     *
     * @return the present one
     */
    public ServerKind serverKind() {
        return serverKind;
    }

    /**
     * Plays another kind of server from now on, as after an upgrade.
     *
     * @param kind the kind
     */
    public void serverKind(ServerKind kind) {
        serverKind = Objects.requireNonNull(kind);
    }

    /**
     * How page tokens of the audit log work.
     *
     * @return the present way
     */
    public PageTokens pageTokens() {
        return pageTokens;
    }

    /**
     * Changes how page tokens work; those issued before become invalid.
     *
     * @param tokens the way
     */
    public void pageTokens(PageTokens tokens) {
        pageTokens = Objects.requireNonNull(tokens);
    }

    /**
     * The organization's tier, that is, its plan.
     *
     * @return at first {@code ORGANIZATION_TIER_ENTERPRISE}
     */
    public String organizationTier() {
        return organizationTier;
    }

    /**
     * Changes the organization's tier. Only {@code ORGANIZATION_TIER_ENTERPRISE} has audit logs; with any other they are
     * answered 400 {@code failed_precondition}.
     *
     * @param tier such as {@code ORGANIZATION_TIER_CORE}
     */
    public void organizationTier(String tier) {
        organizationTier = Objects.requireNonNull(tier, "tier");
    }

    /**
     * The simulator's time.
     *
     * @return by its clock
     */
    public Instant now() {
        return clock.instant();
    }

    /** Stops and starts the HTTP server on the same port; all connections are closed, everything else is kept. */
    public void restart() {
        stopServer();
        startServer();
    }

    /** Stops the HTTP server: connections are closed, new ones refused. */
    public void stopServer() {
        server.stop();
    }

    /** Starts the HTTP server again, on the same port. */
    public void startServer() {
        server.start();
    }

    /** Ends everything, threads included. One beside another ends alone: its token is unknown from now on. */
    @Override
    public void close() {
        if (host == null) {
            scheduler.shutdownNow();
            server.stop();
            return;
        }
        if (life != null) {
            life.cancel(false);
        }
        server.remove(handler);
        eventStreams.cutAll();
    }

    @Override
    public String toString() {
        return "GitpodSimulator at " + baseUrl();
    }

    /** Settings of a simulator; can start several. */
    public static final class Builder {

        private int port;
        private InstantSource clock = InstantSource.system();
        private long seed = 1;
        private Instant epoch;
        private int history;
        private double liveRate;
        private ServerKind serverKind = ServerKind.MODERN;
        private PageTokens pageTokens = PageTokens.KEYSET_ID;
        private String accessToken;
        private boolean compression = true;
        private GitpodSimulator host;

        private Builder() {}

        /**
         * One more organization at the address of another simulator, as many tenants share one server: requests with its
         * token are its own, and so are its audit log, streams, trouble and recorded requests. The server as a whole
         * ({@code port}, {@code stopServer}, {@code restart}) is the other's, which has to be closed last.
         *
         * @param value null, the default: an address of its own
         * @return this
         */
        public Builder beside(GitpodSimulator value) {
            host = value == null || value.host == null ? value : value.host;
            return this;
        }

        /**
         * The port to listen on.
         *
         * @param value 0, the default, for any free one
         * @return this
         */
        public Builder port(int value) {
            port = value;
            return this;
        }

        /**
         * The clock that the Date header, late visibility and the organization's life go by.
         *
         * @param value by default the system's
         * @return this
         */
        public Builder clock(InstantSource value) {
            clock = Objects.requireNonNull(value);
            return this;
        }

        /**
         * What the organization's life and ids depend on.
         *
         * @param value by default 1
         * @return this
         */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /**
         * When the organization's life begins. What happened from then to the start is history; {@code history} is not
         * looked at. Same seed, epoch and rate, same past.
         *
         * @param value null, the default: so long before the start that there are as many entries as {@code history}
         *     says
         * @return this
         */
        public Builder epoch(Instant value) {
            epoch = value;
            return this;
        }

        /**
         * How many entries there are before the start.
         *
         * @param entries by default 0
         * @return this
         * @throws IllegalArgumentException if negative
         */
        public Builder history(int entries) {
            if (entries < 0) {
                throw new IllegalArgumentException("history must not be negative: " + entries);
            }
            history = entries;
            return this;
        }

        /**
         * How many entries a second come about, on average: after the start, and in history, too.
         *
         * @param entriesPerSecond 0, the default: no life after the start, and 1 entry a second in history
         * @return this
         * @throws IllegalArgumentException unless it is a number from 0 to 1,000,000
         */
        public Builder liveRate(double entriesPerSecond) {
            if (!(entriesPerSecond >= 0 && entriesPerSecond <= 1_000_000)) {
                throw new IllegalArgumentException("liveRate must be 0 to 1000000: " + entriesPerSecond);
            }
            liveRate = entriesPerSecond;
            return this;
        }

        /**
         * The kind of server to play.
         *
         * @param value by default {@link ServerKind#MODERN}
         * @return this
         */
        public Builder serverKind(ServerKind value) {
            serverKind = Objects.requireNonNull(value);
            return this;
        }

        /**
         * How page tokens of the audit log work.
         *
         * @param value by default {@link PageTokens#KEYSET_ID}
         * @return this
         */
        public Builder pageTokens(PageTokens value) {
            pageTokens = Objects.requireNonNull(value);
            return this;
        }

        /**
         * The administrator's token.
         *
         * @param value null, the default, for a random one
         * @return this
         */
        public Builder accessToken(String value) {
            accessToken = value;
            return this;
        }

        /**
         * Whether answers are compressed for those who accept it. Compressing a page takes longer than all else that the
         * simulator does for it; measurements on one machine are better without.
         *
         * @param value by default true
         * @return this
         */
        public Builder compression(boolean value) {
            compression = value;
            return this;
        }

        /**
         * Starts a simulator with these settings.
         *
         * @return a running simulator, to be closed
         * @throws IllegalStateException if the port is taken
         */
        public GitpodSimulator start() {
            return new GitpodSimulator(this);
        }
    }
}
