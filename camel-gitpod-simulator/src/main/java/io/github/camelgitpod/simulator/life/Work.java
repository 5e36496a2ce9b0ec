package io.github.camelgitpod.simulator.life;

import io.github.camelgitpod.simulator.Environment;
import io.github.camelgitpod.simulator.protocol.Json;
import java.util.List;
import java.util.SplittableRandom;

/** What goes on in a running environment: tasks, services, secrets that are read, programs that are vetoed. */
final class Work {

    private static final String ENVIRONMENT = "PRINCIPAL_ENVIRONMENT";
    private static final List<String> PROGRAMS = List.of("nc", "nmap", "ssh-keyscan", "tcpdump");

    private final SplittableRandom random;

    Work(SplittableRandom random) {
        this.random = random;
    }

    void go(LivingEnvironment living, Chronicle chronicle) {
        Environment environment = living.state();
        int dice = random.nextInt(100);
        if (dice < 30) {
            String execution = chronicle.newId();
            living.running().add(execution);
            change(environment, "TASK_EXECUTION", execution, "Task execution created", "CREATE", chronicle);
        } else if (dice < 55 && !living.running().isEmpty()) {
            String execution = living.running().remove(0);
            change(environment, "TASK_EXECUTION", execution, "changed status, phase", "UPDATE_STATUS", chronicle);
        } else if (dice < 65) {
            change(environment, "TASK", chronicle.newId(), "Task created", "CREATE", chronicle);
        } else if (dice < 80) {
            change(environment, "SERVICE", chronicle.newId(), "Service created", "CREATE", chronicle);
        } else if (dice < 92) {
            chronicle.entry(
                    ENVIRONMENT,
                    environment.id(),
                    "USER_SECRET",
                    chronicle.newId(),
                    "Secret value read",
                    Chronicle.ACCESS,
                    null);
        } else {
            veto(environment, chronicle);
        }
    }

    private static void change(
            Environment environment, String type, String id, String action, String operation, Chronicle chronicle) {
        chronicle.entry(ENVIRONMENT, environment.id(), type, id, action);
        chronicle.event(operation, type, id, environment.creatorId(), environment.id());
    }

    private void veto(Environment environment, Chronicle chronicle) {
        String program = PROGRAMS.get(random.nextInt(PROGRAMS.size()));
        int pid = 1000 + random.nextInt(30_000);
        boolean explained = random.nextInt(4) > 0;
        String now = Json.quote(chronicle.now().toString());
        String details = "{\"vetoExec\":{\"environmentId\":" + Json.quote(environment.id())
                + ",\"executable\":" + Json.quote("/usr/bin/" + program)
                + ",\"filename\":" + Json.quote(program)
                + ",\"action\":\"VETO_ACTION_BLOCK\",\"process\":{\"pid\":" + pid + ",\"tid\":" + pid
                + ",\"name\":" + Json.quote(program) + ",\"startedAt\":" + now + ",\"ppid\":" + (pid - 1)
                + ",\"pgid\":" + pid + ",\"sid\":" + (pid - 7) + "},\"timestamp\":" + now + "}}";
        chronicle.entry(
                ENVIRONMENT,
                environment.id(),
                "ENVIRONMENT",
                environment.id(),
                "Execution of " + program + " blocked",
                Chronicle.VETO,
                explained ? details : null);
    }
}
