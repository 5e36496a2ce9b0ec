package io.github.camelgitpod.crash;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the children's routes got, read from their file as it grows. */
final class Deliveries {
    private final Path file;
    /** In which run an entry was delivered last, by id. */
    private final Map<String, Integer> runs = new HashMap<>();
    /** How many deliveries of a run were in vain, since a later run repeated them, by run. */
    private final Map<Integer, Integer> repeated = new HashMap<>();

    private final List<Integer> duplicatesPerRun = new ArrayList<>();
    private final List<Long> recoveries = new ArrayList<>();
    private int withoutKill;
    private long offset;

    Deliveries(Path directory) {
        this.file = Child.deliveries(directory);
    }

    /** @param startedAt when the child was started whose run is over, or is to be read so far */
    void read(long startedAt) throws IOException {
        int run = duplicatesPerRun.size();
        int duplicates = 0;
        boolean recovered = false;
        for (String line : newLines()) {
            String[] words = line.split(" ");
            Integer before = runs.put(words[0], run);
            if (before != null) {
                duplicates++;
                withoutKill += before == run ? 1 : 0;
                repeated.merge(before, 1, Integer::sum);
            } else if (!recovered) {
                recovered = true;
                recoveries.add(Long.parseLong(words[1]) - startedAt);
            }
        }
        duplicatesPerRun.add(duplicates);
    }

    private List<String> newLines() throws IOException {
        if (Files.notExists(file)) {
            return List.of();
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(offset);
            byte[] bytes = new byte[(int) (in.length() - offset)];
            in.readFully(bytes);
            String text = new String(bytes, StandardCharsets.US_ASCII);
            int end = text.lastIndexOf('\n') + 1;
            offset += end;
            return text.substring(0, end).lines().toList();
        }
    }

    Set<String> ids() {
        return runs.keySet();
    }

    int duplicates() {
        return duplicatesPerRun.stream().mapToInt(Integer::intValue).sum();
    }

    /** Those that no kill explains: delivered twice in one run. */
    int duplicatesWithoutKill() {
        return withoutKill;
    }

    /**
     * The most that one kill cost: each duplicate counts for the run that delivered it last before and was killed before that
     * was saved.
     */
    int mostDuplicatesPerKill() {
        return repeated.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /**
     * The most that one run repeated. That can be what several kills cost: when a run is killed before its first save, the
     * next one repeats what that run delivered, and what the run before it did.
     */
    int mostDuplicatesInARun() {
        return duplicatesPerRun.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** Milliseconds from the start of a process to its first new exchange, ascending; not of runs that had none. */
    List<Long> recoveries() {
        return recoveries.stream().sorted().toList();
    }
}
