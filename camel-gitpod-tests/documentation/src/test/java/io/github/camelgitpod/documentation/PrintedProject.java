package io.github.camelgitpod.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The files of a small project that a page prints, each under its path, and the commands under "Run it".
 *
 * @param files    their texts by their paths
 * @param commands what is typed to run them
 */
record PrintedProject(Map<String, String> files, List<String> commands) {
    private static final Pattern FILE = Pattern.compile(
            "(?:\\n\\.|\\n`)(pom\\.xml|src/[\\w./-]+|[\\w.-]+\\.yaml)(?:`:\\n\\n```\\w+|\\n\\[source,\\w+\\]\\n----)\\n(.*?\\n)(?:----|```)\\n",
            Pattern.DOTALL);
    private static final Pattern RUN = Pattern.compile(
            "\\n(?:\\.|#+ )Run it\\n\\n?(?:\\[source,console\\]\\n----|```console)\\n(.*?\\n)(?:----|```)\\n",
            Pattern.DOTALL);

    static PrintedProject of(String page) {
        Map<String, String> files = new LinkedHashMap<>();
        FILE.matcher(page).results().forEach(match -> files.put(match.group(1), match.group(2)));
        List<String> commands = RUN.matcher(page)
                .results()
                .flatMap(match -> match.group(1).lines())
                .filter(line -> line.startsWith("$ "))
                .map(line -> line.substring(2))
                .toList();
        return new PrintedProject(files, commands);
    }

    void writeTo(Path directory) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }
}
