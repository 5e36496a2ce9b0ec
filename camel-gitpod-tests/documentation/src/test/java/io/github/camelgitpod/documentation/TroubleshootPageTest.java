package io.github.camelgitpod.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page troubleshoot.adoc explains every message that the component can log at WARN or above, and no other. */
class TroubleshootPageTest {
    private static final Path ROOT = Path.of("../..");
    private static final Path PAGE = ROOT.resolve("src-docs/modules/ROOT/pages/troubleshoot.adoc");
    private static final List<Path> SOURCES = Stream.of(
                    "camel-gitpod-component", "camel-gitpod-spring-boot-starter", "camel-gitpod-quarkus/deployment")
            .map(module -> ROOT.resolve(module).resolve("src/main/java"))
            .toList();

    private static final String LITERALS = "\"(?:[^\"\\\\]|\\\\.)*\"(?:\\s*\\+\\s*\"(?:[^\"\\\\]|\\\\.)*\")*";
    private static final Pattern CALL =
            Pattern.compile("\\b\\w*(?i:log)\\s*\\.\\s*(?:warn|error)f?\\(\\s*(" + LITERALS + ")?");
    private static final Pattern JOIN = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final Pattern ENTRY = Pattern.compile("(?m)^`([^`]+)`::$");
    private static final Pattern WORD = Pattern.compile("[A-Za-z]{2,}");

    /** Messages that are put together from a text and what another place says, by their class and template; the texts are in the sources. */
    private static final Map<String, List<String>> COMPOSED = Map.of(
            "HealthLog: … …. …",
            List.of("waits", "stands still"),
            "Doubts: … …",
            List.of("begins in the future, at ", ": only a cursor from before has anything to deliver"),
            "Refusal: … …",
            List.of(
                    "Gaps of the event stream cannot be recovered from the audit log, and the stream goes on without it.",
                    " cannot be listed: changes of it that are missed are not recovered."),
            "SourceChange: …: …",
            List.of(
                    "what it newly includes is delivered from the cursor on only",
                    "what is older than the cursor is not delivered"),
            "EventReporter: …: …",
            List.of(
                    " is interrupted (",
                    " bytes was skipped: ",
                    " ended for good; it can be started again when the cause is fixed"),
            "AuditLogDelivery: …: …",
            List.of(" was not delivered and is passed over"));

    @Test
    void everyMessageIsExplained() {
        Set<String> plain = new TreeSet<>();
        Set<String> composed = new TreeSet<>();
        messages().forEach((place, template) -> {
            if (WORD.matcher(template).results().limit(2).count() == 2) {
                plain.add(template);
            } else {
                composed.add(place);
            }
        });
        Set<String> explained = explained();

        assertThat(plain).hasSizeGreaterThan(40);
        assertThat(explained).containsAll(plain);
        // A new one of these needs a line in the table above, with the texts that it can have.
        assertThat(composed).isEqualTo(COMPOSED.keySet());
        assertThat(texts()).allSatisfy(text -> assertThat(explained).anyMatch(message -> message.contains(text)));
        assertThat(explained).allSatisfy(message -> assertThat(
                        plain.contains(message) || texts().stream().anyMatch(message::contains))
                .as("is printed by no code: " + message)
                .isTrue());
    }

    @Test
    void theTextsOfComposedMessagesAreInTheSources() {
        String sources = sources()
                .map(source -> JOIN.matcher(WrittenFiles.read(source)).replaceAll(""))
                .collect(Collectors.joining());

        assertThat(texts()).allSatisfy(text -> assertThat(sources).contains(text));
    }

    private static Set<String> explained() {
        return ENTRY.matcher(WrittenFiles.read(PAGE))
                .results()
                .map(entry -> entry.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> texts() {
        return COMPOSED.values().stream().flatMap(List::stream).toList();
    }

    /** The templates by "class: template". */
    private static Map<String, String> messages() {
        return sources()
                .flatMap(source -> CALL.matcher(WrittenFiles.read(source))
                        .results()
                        .map(call -> Map.entry(source.getFileName().toString().replace(".java", ""), template(call))))
                .collect(Collectors.toMap(
                        call -> call.getKey() + ": " + call.getValue(), Map.Entry::getValue, (first, second) -> first));
    }

    private static String template(MatchResult call) {
        assertThat(call.group(1)).as(call.group()).isNotNull();
        String joined = JOIN.matcher(call.group(1)).replaceAll("");
        return joined.substring(1, joined.length() - 1).replace("\\\"", "\"").replace("{}", "…");
    }

    private static Stream<Path> sources() {
        return SOURCES.stream().flatMap(directory -> {
            try (Stream<Path> files = Files.walk(directory)) {
                return files.filter(file -> file.toString().endsWith(".java")).sorted().toList().stream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
