package io.github.camelgitpod.simulator.life;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelgitpod.simulator.Environment;
import io.github.camelgitpod.simulator.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
            chronicle.access(environment.id(), chronicle.newId(), "Secret value read");
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
        String filename = "/usr/bin/" + program;
        // The server does not always know the file's digest, nor always both.
        int known = random.nextInt(6);
        String executable = known < 4 ? digest(filename) : "";
        if (known == 5) {
            filename = "";
        }
        boolean blocked = random.nextInt(4) > 0;
        boolean explained = random.nextInt(4) > 0;
        int pid = 1000 + random.nextInt(30_000);
        String now = chronicle.now().toString();
        ObjectNode details = Json.object();
        ObjectNode exec = details.putObject("vetoExec").put("environmentId", environment.id());
        if (!executable.isEmpty()) {
            exec.put("executable", executable);
        }
        if (!filename.isEmpty()) {
            exec.put("filename", filename);
        }
        exec.put("action", "KERNEL_CONTROLS_ACTION_" + (blocked ? "BLOCK" : "AUDIT"));
        exec.putObject("process")
                .put("pid", pid)
                .put("tid", pid)
                .put("name", program)
                .put("startedAt", now)
                .put("ppid", pid - 1)
                .put("pgid", pid)
                .put("sid", pid - 7);
        exec.put("timestamp", now);
        String action = "Veto Exec " + (blocked ? "blocked" : "audited")
                + (filename.isEmpty() ? "" : ": " + filename)
                + (executable.isEmpty() ? "" : " (" + executable + ")");
        chronicle.veto(environment.id(), blocked, action, explained ? details.toString() : null);
    }

    private static String digest(String file) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(file.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
