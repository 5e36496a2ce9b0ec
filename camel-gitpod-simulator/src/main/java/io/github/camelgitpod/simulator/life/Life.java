package io.github.camelgitpod.simulator.life;

import io.github.camelgitpod.simulator.Environment;
import io.github.camelgitpod.simulator.Project;
import io.github.camelgitpod.simulator.Runner;
import io.github.camelgitpod.simulator.protocol.Uuids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The life of an organization, one audit-log entry per step: it is founded, then people create environments, runners
 * bring them up and down, work goes on in them, and now and then something about the organization itself changes. What
 * a step does depends on the seed and the steps before it alone.
 */
public final class Life {

    private static final String USER = "PRINCIPAL_USER";
    private static final String RUNNER = "PRINCIPAL_RUNNER";
    private static final int RUNNERS = 3;
    private static final int PROJECTS = 5;
    private static final int STEPS_BEFORE_TODAYS_KINDS = 500;
    private static final int MOST_ENVIRONMENTS = 40;
    private static final List<String> PROJECT_NAMES =
            List.of("webshop", "payments", "design-system", "data-platform", "mobile-app");

    private final SplittableRandom random;
    private final String organizationId;
    private final People people;
    private final List<Runner> runners = new ArrayList<>();
    private final List<Project> projects = new ArrayList<>();
    private final List<LivingEnvironment> environments = new ArrayList<>();
    private final Work work;
    private final Administration administration;
    private long steps;

    /**
     * A life that has not begun.
     *
     * @param seed same seed, same life
     */
    public Life(long seed) {
        random = new SplittableRandom(seed);
        organizationId = Uuids.v4(random.nextLong(), random.nextLong());
        people = new People(random);
        work = new Work(random);
        administration = new Administration(random, organizationId, people);
    }

    /**
     * The organization's id.
     *
     * @return a UUID
     */
    public String organizationId() {
        return organizationId;
    }

    /**
     * Who acts in it.
     *
     * @return always the same
     */
    public People people() {
        return people;
    }

    /**
     * Makes the next step.
     *
     * @param now when it happens
     * @param story where it is written down
     */
    public void step(Instant now, Story story) {
        Chronicle chronicle = new Chronicle(random, now, story, steps < STEPS_BEFORE_TODAYS_KINDS);
        if (steps < people.ids().size() + RUNNERS + PROJECTS) {
            found((int) steps, chronicle);
        } else {
            live(chronicle);
        }
        steps++;
    }

    private void found(int step, Chronicle chronicle) {
        String admin = people.ids().get(0);
        Instant now = chronicle.now();
        int joined = people.ids().size();
        if (step < joined) {
            chronicle.entry(USER, people.ids().get(step), "USER", people.ids().get(step), "User joined organization");
        } else if (step < joined + RUNNERS) {
            int number = step - joined + 1;
            Runner runner = new Runner(chronicle.newId(), "runner-" + number, admin, now, now, "RUNNER_PHASE_ACTIVE");
            runners.add(runner);
            chronicle.entry(USER, admin, "RUNNER", runner.id(), "Runner created");
            chronicle.story().runner(runner);
            chronicle.event("CREATE", "RUNNER", runner.id(), admin, null);
        } else {
            String name = PROJECT_NAMES.get(step - joined - RUNNERS);
            Project project = new Project(chronicle.newId(), name, admin, now, now);
            projects.add(project);
            chronicle.entry(USER, admin, "PROJECT", project.id(), "Project created");
            chronicle.story().project(project);
            chronicle.event("CREATE", "PROJECT", project.id(), admin, null);
        }
    }

    private void live(Chronicle chronicle) {
        int dice = random.nextInt(100);
        List<LivingEnvironment> moving = environments.stream()
                .filter(one -> !one.isSettled() && !one.isStopped())
                .toList();
        List<LivingEnvironment> settled =
                environments.stream().filter(LivingEnvironment::isSettled).toList();
        List<LivingEnvironment> stopped =
                environments.stream().filter(LivingEnvironment::isStopped).toList();
        if (dice < 35 && !moving.isEmpty()) {
            move(pick(moving), chronicle);
        } else if (dice < 50 && environments.size() < MOST_ENVIRONMENTS) {
            create(chronicle);
        } else if (dice < 75 && !settled.isEmpty()) {
            work.go(pick(settled), chronicle);
        } else if (dice < 80 && !settled.isEmpty()) {
            stop(pick(settled), chronicle);
        } else if (dice < 88 && !stopped.isEmpty()) {
            delete(pick(stopped), chronicle);
        } else if (dice < 92) {
            changeProjectOrRunner(chronicle);
        } else {
            administration.go(chronicle);
        }
    }

    private void create(Chronicle chronicle) {
        String creator = pick(people.ids());
        String id = chronicle.newId();
        Environment environment = new Environment(
                id,
                "environment-" + id.substring(id.length() - 6),
                creator,
                pick(projects).id(),
                pick(runners).id(),
                chronicle.now(),
                "ENVIRONMENT_PHASE_CREATING",
                1);
        environments.add(new LivingEnvironment(environment));
        chronicle.entry(USER, creator, "ENVIRONMENT", id, "Environment created");
        chronicle.story().environment(environment);
        chronicle.event("CREATE", "ENVIRONMENT", id, creator, null);
    }

    private void move(LivingEnvironment environment, Chronicle chronicle) {
        Environment moved = environment.enter(environment.nextPhase());
        chronicle.entry(RUNNER, moved.runnerId(), "ENVIRONMENT", moved.id(), "changed update_time, status, phase");
        chronicle.story().environment(moved);
        chronicle.event("UPDATE_STATUS", "ENVIRONMENT", moved.id(), moved.creatorId(), null);
    }

    private void stop(LivingEnvironment environment, Chronicle chronicle) {
        environment.leave();
        Environment state = environment.state();
        chronicle.entry(USER, state.creatorId(), "ENVIRONMENT", state.id(), "changed spec, desired_phase");
        chronicle.event("UPDATE", "ENVIRONMENT", state.id(), state.creatorId(), null);
    }

    private void delete(LivingEnvironment environment, Chronicle chronicle) {
        environments.remove(environment);
        Environment state = environment.state();
        chronicle.entry(USER, state.creatorId(), "ENVIRONMENT", state.id(), "Environment deleted");
        chronicle.story().environmentGone(state.id());
        chronicle.event("DELETE", "ENVIRONMENT", state.id(), state.creatorId(), null);
    }

    private void changeProjectOrRunner(Chronicle chronicle) {
        if (random.nextBoolean()) {
            int index = random.nextInt(projects.size());
            Project project = projects.get(index).updated(chronicle.now());
            projects.set(index, project);
            chronicle.entry(USER, pick(people.ids()), "PROJECT", project.id(), "changed initializer, update_time");
            chronicle.story().project(project);
            chronicle.event("UPDATE", "PROJECT", project.id(), project.creatorId(), null);
        } else {
            int index = random.nextInt(runners.size());
            Runner runner = runners.get(index).updated(chronicle.now());
            runners.set(index, runner);
            chronicle.entry(
                    "PRINCIPAL_RUNNER_MANAGER", runner.id(), "RUNNER", runner.id(), "changed status, update_time");
            chronicle.story().runner(runner);
            chronicle.event("UPDATE_STATUS", "RUNNER", runner.id(), runner.creatorId(), null);
        }
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
