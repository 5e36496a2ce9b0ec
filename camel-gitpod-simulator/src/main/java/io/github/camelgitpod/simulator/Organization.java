package io.github.camelgitpod.simulator;

import io.github.camelgitpod.simulator.life.Life;
import io.github.camelgitpod.simulator.life.Pace;
import io.github.camelgitpod.simulator.life.Story;
import io.github.camelgitpod.simulator.protocol.Uuids;
import io.github.camelgitpod.simulator.stream.Event;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The organization: what it has, changes of it by hand, and its life. Each change, by hand or of its life, is told by
 * the audit log and the event streams alike; changes by hand are the administrator's. Safe for use by several threads.
 *
 * <p>Its life is a function of seed, epoch and rate; changes by hand do not disturb it.
 */
public final class Organization {

    private static final int CHUNK = 10_000;
    private static final String ENVIRONMENT = "RESOURCE_TYPE_ENVIRONMENT";
    private static final String PROJECT = "RESOURCE_TYPE_PROJECT";
    private static final String RUNNER = "RESOURCE_TYPE_RUNNER";

    private final InstantSource clock;
    private final AuditLog auditLog;
    private final EventStreams streams;
    private final Instant epoch;
    private final Life life;
    private final Pace pace;
    private final Map<String, Environment> environments = new LinkedHashMap<>();
    private final Map<String, Project> projects = new LinkedHashMap<>();
    private final Map<String, Runner> runners = new LinkedHashMap<>();
    private boolean paused;

    Organization(InstantSource clock, AuditLog auditLog, EventStreams streams, Life life, Pace pace, Instant epoch) {
        this.clock = clock;
        this.auditLog = auditLog;
        this.streams = streams;
        this.life = life;
        this.pace = pace;
        this.epoch = epoch;
    }

    /**
     * Its id.
     *
     * @return a UUID, a function of the seed
     */
    public String id() {
        return life.organizationId();
    }

    /**
     * The person whom the access token belongs to.
     *
     * @return a UUID
     */
    public String adminId() {
        return life.people().ids().get(0);
    }

    /**
     * The person whom the member token belongs to.
     *
     * @return a UUID
     */
    public String memberId() {
        return life.people().ids().get(1);
    }

    /**
     * Its members: always the same people, also before its life begins.
     *
     * @return a copy; the first is the administrator
     */
    public List<Member> members() {
        return life.people().members(epoch);
    }

    /**
     * Its service accounts: always the same.
     *
     * @return a copy
     */
    public List<ServiceAccount> serviceAccounts() {
        return life.people().serviceAccounts();
    }

    /**
     * Its environments, in the order of their creation.
     *
     * @return a copy
     */
    public synchronized List<Environment> environments() {
        return List.copyOf(environments.values());
    }

    /**
     * Its projects, in the order of their creation.
     *
     * @return a copy
     */
    public synchronized List<Project> projects() {
        return List.copyOf(projects.values());
    }

    /**
     * Its runners, in the order of their creation.
     *
     * @return a copy
     */
    public synchronized List<Runner> runners() {
        return List.copyOf(runners.values());
    }

    /**
     * Creates a running environment of the administrator, without project and runner.
     *
     * @return the environment
     */
    public Environment createEnvironment() {
        return createEnvironment(adminId(), null, null);
    }

    /**
     * Creates a running environment.
     *
     * @param creatorId who creates it
     * @param projectId its project; nullable
     * @param runnerId its runner; nullable
     * @return the environment
     */
    public synchronized Environment createEnvironment(String creatorId, String projectId, String runnerId) {
        String id = newId();
        return restoreEnvironment(new Environment(
                id,
                "environment-" + id.substring(id.length() - 6),
                creatorId,
                projectId,
                runnerId,
                clock.instant(),
                "ENVIRONMENT_PHASE_RUNNING",
                1));
    }

    /**
     * Creates an environment as given, such as one that was deleted before.
     *
     * @param environment all of it, its id too
     * @return the environment
     */
    public synchronized Environment restoreEnvironment(Environment environment) {
        environments.put(environment.id(), environment);
        tell("CREATE", ENVIRONMENT, environment.id(), environment.creatorId(), "Environment created");
        return environment;
    }

    /**
     * Renames an environment.
     *
     * @param id the environment
     * @param name its new name
     * @return the environment as it is now
     * @throws NoSuchElementException if there is none
     */
    public synchronized Environment updateEnvironment(String id, String name) {
        Environment changed = existing(environments, id).named(name);
        environments.put(id, changed);
        tell("UPDATE", ENVIRONMENT, id, changed.creatorId(), "changed name");
        return changed;
    }

    /**
     * Brings an environment into another phase.
     *
     * @param environmentId the environment
     * @param phase such as {@code ENVIRONMENT_PHASE_STOPPED}
     * @return the environment as it is now
     * @throws NoSuchElementException if there is none
     */
    public synchronized Environment changePhase(String environmentId, String phase) {
        Environment changed = existing(environments, environmentId).inPhase(phase);
        environments.put(environmentId, changed);
        tell("UPDATE_STATUS", ENVIRONMENT, environmentId, changed.creatorId(), "changed status, phase");
        return changed;
    }

    /**
     * Deletes an environment.
     *
     * @param id the environment
     * @throws NoSuchElementException if there is none
     */
    public synchronized void deleteEnvironment(String id) {
        Environment deleted = existing(environments, id);
        environments.remove(id);
        tell("DELETE", ENVIRONMENT, id, deleted.creatorId(), "Environment deleted");
    }

    /**
     * Creates a project.
     *
     * @param name its name
     * @return the project
     */
    public synchronized Project createProject(String name) {
        Instant now = clock.instant();
        Project project = new Project(newId(), name, adminId(), now, now);
        projects.put(project.id(), project);
        tell("CREATE", PROJECT, project.id(), project.creatorId(), "Project created");
        return project;
    }

    /**
     * Renames a project.
     *
     * @param id the project
     * @param name its new name
     * @return the project as it is now
     * @throws NoSuchElementException if there is none
     */
    public synchronized Project updateProject(String id, String name) {
        Project changed = existing(projects, id).named(name).updated(clock.instant());
        projects.put(id, changed);
        tell("UPDATE", PROJECT, id, changed.creatorId(), "changed name");
        return changed;
    }

    /**
     * Deletes a project.
     *
     * @param id the project
     * @throws NoSuchElementException if there is none
     */
    public synchronized void deleteProject(String id) {
        Project deleted = existing(projects, id);
        projects.remove(id);
        tell("DELETE", PROJECT, id, deleted.creatorId(), "Project deleted");
    }

    /**
     * Creates an active runner.
     *
     * @param name its name
     * @return the runner
     */
    public synchronized Runner createRunner(String name) {
        Instant now = clock.instant();
        Runner runner = new Runner(newId(), name, adminId(), now, now, "RUNNER_PHASE_ACTIVE");
        runners.put(runner.id(), runner);
        tell("CREATE", RUNNER, runner.id(), runner.creatorId(), "Runner created");
        return runner;
    }

    /**
     * Brings a runner into another phase.
     *
     * @param id the runner
     * @param phase such as {@code RUNNER_PHASE_DEGRADED}
     * @return the runner as it is now
     * @throws NoSuchElementException if there is none
     */
    public synchronized Runner changeRunnerPhase(String id, String phase) {
        Runner changed = existing(runners, id).inPhase(phase).updated(clock.instant());
        runners.put(id, changed);
        tell("UPDATE_STATUS", RUNNER, id, changed.creatorId(), "changed status, phase");
        return changed;
    }

    /**
     * Deletes a runner.
     *
     * @param id the runner
     * @throws NoSuchElementException if there is none
     */
    public synchronized void deleteRunner(String id) {
        Runner deleted = existing(runners, id);
        runners.remove(id);
        tell("DELETE", RUNNER, id, deleted.creatorId(), "Runner deleted");
    }

    /**
     * When its life begins.
     *
     * @return to the microsecond
     */
    public Instant epoch() {
        return epoch;
    }

    /**
     * Lives on to an instant, also where its life is paused or was given no rate. In what steps it is advanced makes no
     * difference.
     *
     * @param instant inclusive; nothing happens if it has been passed already
     */
    public synchronized void advanceTo(Instant instant) {
        while (!pace.next().isAfter(instant)) {
            Chapter chapter = new Chapter();
            for (int i = 0; i < CHUNK && !pace.next().isAfter(instant); i++) {
                life.step(pace.next(), chapter);
                pace.step();
            }
            chapter.publish();
        }
    }

    /** Stops its life until {@link #resume()}, which then catches up. */
    public synchronized void pause() {
        paused = true;
    }

    /** Lets its life go on, if it has a rate. */
    public synchronized void resume() {
        paused = false;
    }

    synchronized void keepUp() {
        if (!paused) {
            advanceTo(clock.instant());
        }
    }

    private void tell(String operation, String type, String id, String creatorId, String action) {
        auditLog.add(Entry.at(clock.instant())
                .withActor("PRINCIPAL_USER", adminId())
                .withSubject(type, id)
                .withAction(action));
        streams.publish("RESOURCE_OPERATION_" + operation, type, id, creatorId, null);
    }

    private String newId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return Uuids.v7(clock.instant(), random.nextLong(), random.nextLong());
    }

    private static <T> T existing(Map<String, T> things, String id) {
        T thing = things.get(id);
        if (thing == null) {
            throw new NoSuchElementException("There is no " + id);
        }
        return thing;
    }

    /** Collects what happens, to make it visible at once: entries first, then the events that tell of them. */
    private final class Chapter implements Story {

        private final List<Entry> entries = new ArrayList<>();
        private final List<Event> events = new ArrayList<>();

        @Override
        public void entry(Entry entry, String details) {
            entries.add(entry);
            if (details != null) {
                auditLog.details(entry.id(), details);
            }
        }

        @Override
        public void event(Event event) {
            if (streams.open() > 0) {
                events.add(event);
            }
        }

        @Override
        public void environment(Environment environment) {
            environments.put(environment.id(), environment);
        }

        @Override
        public void environmentGone(String id) {
            environments.remove(id);
        }

        @Override
        public void project(Project project) {
            projects.put(project.id(), project);
        }

        @Override
        public void runner(Runner runner) {
            runners.put(runner.id(), runner);
        }

        void publish() {
            auditLog.addAll(entries);
            events.forEach(streams::publish);
        }
    }
}
