package io.github.camelgitpod.examples.forwarder;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** What the user has set, checked against the table {@code settings.yaml}, as properties for Camel. */
record Settings(Map<String, String> values, Map<String, String> properties) {
    /** What is set of the route's source begins with this. */
    static final String SOURCE = "source.";

    /** The property with the token, or where it is. */
    static final String TOKEN = "camel.component.gitpod.access-token";

    /** Not options of the source. */
    private static final List<String> OWN = List.of("sink", "form", "name", "cluster", "stateDirectory");

    /** As many words of a text in the help as one line takes, and what goes before them in the next. */
    private static final String LINE = "(.{1,48})(?: |$)";

    private static final String INDENT = System.lineSeparator() + " ".repeat(31);

    private static final String PREFIX = "FORWARDER_";
    private static final Table TABLE = Table.read();

    /**
     * Reads the settings.
     *
     * @param file        of properties; null: none
     * @param environment whose variables count more
     * @param options     of the command line, by the settings' names, which count most
     * @throws SettingsException names each setting that is wrong, its value, and what is allowed
     */
    static Settings read(Path file, Map<String, String> environment, Map<String, String> options) {
        Map<String, String> given = new TreeMap<>();
        if (file != null) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException e) {
                throw new SettingsException("--config=" + file + "; allowed: a file of properties. " + e);
            }
            properties.forEach((name, value) -> given.put((String) name, ((String) value).strip()));
        }
        Map<String, String> variables = new TreeMap<>();
        TABLE.settings.forEach(setting -> variables.put(setting.variable(), setting.name));
        environment.forEach((variable, value) -> {
            if (variable.startsWith(PREFIX)) {
                given.put(variables.getOrDefault(variable, variable), value);
            }
        });
        given.putAll(options);
        return check(given);
    }

    private static Settings check(Map<String, String> given) {
        Map<String, String> values = new TreeMap<>();
        Map<String, String> properties = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        given.keySet().stream()
                .filter(name -> TABLE.settings.stream().noneMatch(setting -> setting.name.equals(name)))
                .forEach(name -> wrong.add(name + " is no setting; forwarder --help lists them"));
        String sink = given.getOrDefault("sink", "file");
        for (Setting setting : TABLE.settings) {
            String value = given.getOrDefault(setting.name, setting.standard);
            boolean used = TABLE.sinks.keySet().stream()
                    .noneMatch(other -> !other.equals(sink) && setting.name.startsWith(other + "."));
            if (used && value == null && setting.required) {
                wrong.add(setting.name + " is missing, for sink=" + sink + "; allowed: " + setting.text);
            } else if (used && value != null) {
                if (value.contains("{{")) {
                    wrong.add(setting.name + ": not allowed in it: {{, which Camel takes for the name of a property");
                }
                if (setting.pattern != null && !value.matches(setting.pattern)) {
                    wrong.add(setting.name + "=" + (setting.secret ? "..." : value) + "; allowed: " + setting.allowed);
                }
                values.put(setting.name, value);
                properties.put(setting.camelName(), value);
            }
        }
        Map<String, Map<String, String>> forms = TABLE.sinks.getOrDefault(sink, Map.of());
        String form =
                values.getOrDefault("form", forms.keySet().stream().findFirst().orElse(null));
        if (wrong.isEmpty() && !forms.containsKey(form)) {
            wrong.add("form=" + form + "; allowed for sink=" + sink + ": " + String.join(", ", forms.keySet()));
        }
        if (values.getOrDefault("cluster", "none").equals("kubernetes") && values.get("state.url") == null) {
            wrong.add("cluster=kubernetes; allowed: with state.url, a database that all of them share");
        }
        if (values.containsKey("gitpod.accessTokenFile")) {
            if (values.containsKey("gitpod.accessToken")) {
                wrong.add("gitpod.accessTokenFile and gitpod.accessToken; allowed: one of them");
            }
            properties.put(TOKEN, "{{" + FileFunction.NAME + ":" + values.get("gitpod.accessTokenFile") + "}}");
        }
        if (!wrong.isEmpty()) {
            throw new SettingsException(String.join(System.lineSeparator(), wrong));
        }
        values.put("form", form);
        forms.get(form).forEach((name, value) -> properties.put("sink." + name, value));
        properties.put(SOURCE + "batching", properties.get("sink.batching"));
        properties.put(SOURCE + "stateKey", values.get("name"));
        OWN.forEach(own -> properties.remove(SOURCE + own));
        return new Settings(values, properties);
    }

    /** Null: it is not set, or belongs to another sink. */
    String get(String name) {
        return values.get(name);
    }

    /** What can be set, for people. */
    static String help() {
        StringBuilder help = new StringBuilder();
        for (Setting setting : TABLE.settings) {
            String text = setting.text + (setting.standard == null ? "" : ". Default: " + setting.standard);
            help.append("  %-28s %s%n"
                    .formatted(
                            setting.name, text.replaceAll(LINE, "$1" + INDENT).strip()));
        }
        return help.toString();
    }

    /** One line of the table. */
    private record Setting(
            String name,
            String property,
            @JsonProperty("default") String standard,
            String pattern,
            String allowed,
            boolean required,
            boolean secret,
            String text) {

        String variable() {
            return PREFIX + name.replaceAll("([a-z])([A-Z])|[.-]", "$1_$2").toUpperCase(Locale.ROOT);
        }

        String camelName() {
            return property != null ? property : name.contains(".") ? name : SOURCE + name;
        }
    }

    private record Table(List<Setting> settings, Map<String, Map<String, Map<String, String>>> sinks) {

        static Table read() {
            try {
                return new ObjectMapper(new YAMLFactory())
                        .readValue(Settings.class.getResource("/forwarder/settings.yaml"), Table.class);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
