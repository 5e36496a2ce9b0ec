package io.github.camelgitpod.state.kafka;

import io.github.camelgitpod.state.SafeFailure;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.types.Password;

/**
 * What the properties of Kafka's clients hold of secrets. Kafka hides them where they are as they should be; where they are
 * not, such as a password without its quotes in {@code sasl.jaas.config}, its messages have words of them.
 */
final class ClientSecrets {
    private static final Pattern NAMES = Pattern.compile("(?i).*(password|secret|token|jaas|credential|ssl\\..*key).*");
    private static final Pattern LOGIN_MODULE = Pattern.compile("[\\w.$]*LoginModule");
    /** Words of login modules' settings, by which a message is understood. */
    private static final Set<String> KNOWN = Set.of(
            "required",
            "requisite",
            "sufficient",
            "optional",
            "username",
            "password",
            "true",
            "false",
            "serviceName",
            "kafka");

    private ClientSecrets() {}

    /** How failures of clients with these properties are shown. */
    static SafeFailure hidden(Map<String, ?> properties) {
        Set<String> secrets = new HashSet<>();
        properties.forEach((name, value) -> {
            if (value != null && isSecret(name)) {
                String text = value instanceof Password password ? password.value() : value.toString();
                secrets.add(text.trim());
                // The module's package is a part of each failure's name.
                String settings = LOGIN_MODULE.matcher(text).replaceAll(" ");
                addWords(secrets, settings, "[\\s\"'=;]+");
                addWords(secrets, settings, "[^\\w$-]+");
                addWords(secrets, settings, "\\W+");
            }
        });
        return new SafeFailure(secrets);
    }

    private static void addWords(Set<String> secrets, String text, String between) {
        for (String word : text.split(between)) {
            if (!KNOWN.contains(word)) {
                secrets.add(word);
            }
        }
    }

    private static boolean isSecret(String name) {
        return NAMES.matcher(name).matches()
                || isPassword(ProducerConfig.configDef(), name)
                || isPassword(ConsumerConfig.configDef(), name)
                || isPassword(AdminClientConfig.configDef(), name);
    }

    private static boolean isPassword(ConfigDef known, String name) {
        ConfigDef.ConfigKey key = known.configKeys().get(name);
        return key != null && key.type == ConfigDef.Type.PASSWORD;
    }
}
