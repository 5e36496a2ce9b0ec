package io.github.camelgitpod.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Some packages once more, with one class compiled from another text. Everything else comes from its parent. */
public final class MutantLoader extends ClassLoader {
    private final List<String> packages;
    private final Map<String, ByteArrayOutputStream> compiled = new HashMap<>();

    /**
     * @param packages   the beginnings of their names, with a dot at the end
     * @param simpleName of the class
     * @throws IllegalArgumentException when the text is not Java
     */
    public MutantLoader(List<String> packages, String simpleName, String source) throws IOException {
        super(MutantLoader.class.getClassLoader());
        this.packages = packages;
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        JavaFileObject text =
                new SimpleJavaFileObject(URI.create("string:///" + simpleName + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options =
                    List.of("-nowarn", "-proc:none", "-classpath", System.getProperty("java.class.path"));
            boolean done = compiler.getTask(messages, inMemory(files), null, options, null, List.of(text))
                    .call();
            if (!done) {
                throw new IllegalArgumentException(messages.toString());
            }
        }
    }

    private JavaFileManager inMemory(StandardJavaFileManager files) {
        return new ForwardingJavaFileManager<JavaFileManager>(files) {
            @Override
            public JavaFileObject getJavaFileForOutput(
                    Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
                return new SimpleJavaFileObject(URI.create("bytes:///" + className), kind) {
                    @Override
                    public OutputStream openOutputStream() {
                        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                        compiled.put(className, bytes);
                        return bytes;
                    }
                };
            }
        };
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (packages.stream().noneMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream original = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (original == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = compiled.containsKey(name) ? compiled.get(name).toByteArray() : original.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
