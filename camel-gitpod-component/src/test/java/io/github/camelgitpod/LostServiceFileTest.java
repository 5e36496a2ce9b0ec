package io.github.camelgitpod;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelgitpod.testing.Bodies;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/**
 * An application in one jar that was merged of many: all of them have {@code META-INF/services/…/TypeConverterLoader}, and
 * only one copy is left, of another component.
 */
class LostServiceFileTest {
    private static final String FILE = "META-INF/services/org/apache/camel/TypeConverterLoader";

    @Test
    void theComponentBringsItsConverters() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (MergedJar jar = new MergedJar()) {
            Thread.currentThread().setContextClassLoader(jar);

            assertThat(jar.ours).isEmpty();
            assertThat(convertInside(jar)).isEqualTo(Bodies.ENTRY_TEXT);
            assertThat(jar.ours).as("the file that was looked for").isNotEmpty();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static Object convertInside(MergedJar jar) throws Exception {
        return ((Callable<?>) jar.loadClass(Application.class.getName())
                        .getConstructor()
                        .newInstance())
                .call();
    }

    /** Runs inside: all of its classes are the jar's own. */
    public static final class Application implements Callable<String> {
        @Override
        public String call() throws Exception {
            try (DefaultCamelContext context = new DefaultCamelContext()) {
                context.start();
                context.getComponent("gitpod");
                return context.getTypeConverter().convertTo(String.class, Bodies.ENTRY);
            }
        }
    }

    /** The class path of this test once more, without the component's file. */
    private static final class MergedJar extends URLClassLoader {
        private final List<URL> ours = new ArrayList<>();

        MergedJar() throws IOException {
            super(classPath(), ClassLoader.getPlatformClassLoader());
        }

        private static URL[] classPath() throws IOException {
            List<URL> urls = new ArrayList<>();
            for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
                urls.add(Path.of(path).toUri().toURL());
            }
            return urls.toArray(URL[]::new);
        }

        @Override
        public Enumeration<URL> findResources(String name) throws IOException {
            List<URL> found = new ArrayList<>(Collections.list(super.findResources(name)));
            if (name.equals(FILE)) {
                List<URL> component = found.stream()
                        .filter(url -> url.toString().contains("camel-gitpod-component"))
                        .toList();
                ours.addAll(component);
                found.removeAll(component);
            }
            return Collections.enumeration(found);
        }
    }
}
