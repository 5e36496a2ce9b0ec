package io.github.camelgitpod.examples.forwarder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests for Kubernetes: each field is one that Kubernetes has, and what they say of the forwarder is so. */
@Tag("source-tree")
class ManifestsTest {
    @ParameterizedTest
    @ValueSource(strings = {"pair", "single"})
    void isWhatKubernetesKnows(String way) throws Exception {
        List<JsonNode> objects = Manifests.objects(way);
        assertThat(objects).hasSizeGreaterThanOrEqualTo(2);
        for (JsonNode object : objects) {
            validate(object);
        }
    }

    @Test
    void aFieldThatIsNotThereAndOneThatIsMissingAreSeen() throws Exception {
        ObjectNode deployment = (ObjectNode) Manifests.object("pair", "Deployment");
        ((ObjectNode) container(deployment)).set("readinesProbe", deployment.objectNode());
        assertThatThrownBy(() -> validate(deployment)).hasMessageContaining("readinesProbe");

        ObjectNode binding = (ObjectNode) Manifests.object("pair", "RoleBinding");
        binding.remove("roleRef");
        assertThatThrownBy(() -> validate(binding)).hasMessageContaining("roleRef");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pair", "single"})
    void setsWhatCanBeSet(String way) throws Exception {
        JsonNode pod = pod(way);
        Map<String, String> environment = new HashMap<>(variables(way));
        container(pod)
                .get("env")
                .forEach(variable -> environment.put(variable.get("name").asText(), "a secret"));
        Settings settings = Settings.read(null, environment, Map.of());
        assertThat(Path.of(settings.get("gitpod.accessTokenFile"))).isEqualTo(Path.of(mount(pod, "token"), "token"));
        assertThat(container(pod).at("/ports/0/containerPort").asText()).isEqualTo(settings.get("health.port"));
        if (way.equals("single")) {
            assertThat(settings.get("stateDirectory")).startsWith(mount(pod, "data") + "/");
            assertThat(settings.get("state.url")).isNull();
        } else {
            String certificate = "database-ca.crt";
            assertThat(settings.get("state.url")).endsWith("sslrootcert=" + mount(pod, "token") + "/" + certificate);
            assertThat(pod.at("/volumes/0/secret/items").findValuesAsText("path"))
                    .containsExactly("token", certificate);
        }
    }

    @Test
    void thePodsFindEachOtherAndMayHoldTheirLease() throws Exception {
        String name = variables("pair").get("FORWARDER_NAME");
        Map<String, String> labels = Lease.of(name).getClusterLabels();
        JsonNode deployment = Manifests.object("pair", "Deployment");
        for (JsonNode where : List.of(
                deployment.at("/spec/selector/matchLabels"),
                deployment.at("/spec/template/metadata/labels"),
                Manifests.object("pair", "PodDisruptionBudget").at("/spec/selector/matchLabels"))) {
            labels.forEach(
                    (label, value) -> assertThat(where.get(label).asText()).isEqualTo(value));
        }
        assertThat(Manifests.object("pair", "Role")
                        .at("/rules/2/resourceNames/0")
                        .asText())
                .isEqualTo(Lease.of(name).getKubernetesResourceName() + "-" + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pair", "single"})
    void runsWithNoRightsThatItDoesNotNeed(String way) throws Exception {
        JsonNode pod = pod(way);
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        JsonNode container = container(pod).get("securityContext");
        assertThat(container.get("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(container.get("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(container.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
        assertThat(Files.readString(Path.of("Dockerfile")))
                .contains("USER " + pod.at("/securityContext/runAsUser") + ":")
                .contains("-Djava.io.tmpdir=" + mount(pod, "data"));
        assertThat(pod.toString()).doesNotContain("subPath");
    }

    /** By the classes that are made of Kubernetes' own description of its interface. */
    private static void validate(JsonNode object) throws Exception {
        String version = object.get("apiVersion").asText().replaceFirst(".*/", "");
        Class<?> model = Class.forName(
                "io.kubernetes.client.openapi.models." + version.substring(0, 1).toUpperCase() + version.substring(1)
                        + object.get("kind").asText());
        try {
            model.getMethod("validateJsonElement", JsonElement.class)
                    .invoke(null, JsonParser.parseString(object.toString()));
        } catch (InvocationTargetException e) {
            throw (Exception) e.getCause();
        }
    }

    private static JsonNode pod(String way) throws IOException {
        return Manifests.object(way, way.equals("pair") ? "Deployment" : "StatefulSet")
                .at("/spec/template/spec");
    }

    private static JsonNode container(JsonNode object) {
        return object.has("containers") ? object.at("/containers/0") : object.at("/spec/template/spec/containers/0");
    }

    private static String mount(JsonNode pod, String volume) {
        return StreamSupport.stream(container(pod).get("volumeMounts").spliterator(), false)
                .filter(mount -> mount.get("name").asText().equals(volume))
                .map(mount -> mount.get("mountPath").asText())
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> variables(String way) throws IOException {
        Properties properties = new Properties();
        properties.load(
                new StringReader(Files.readString(Manifests.FOLDER.resolve(way).resolve("settings.env"))));
        Map<String, String> variables = new HashMap<>();
        properties.forEach((name, value) -> variables.put((String) name, (String) value));
        return variables;
    }
}
