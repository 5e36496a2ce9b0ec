package io.github.camelgitpod.springboot;

import io.github.camelgitpod.GitpodConfiguration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.springframework.context.ApplicationContext;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.GenericConverter;

/** Makes of {@code #bean:name}, or {@code #name}, the bean of that name, for the options that are objects. */
final class GitpodBeanReferenceConverter implements GenericConverter {
    private final ApplicationContext beans;

    GitpodBeanReferenceConverter(ApplicationContext beans) {
        this.beans = beans;
    }

    @Override
    public Set<ConvertiblePair> getConvertibleTypes() {
        return Stream.of(GitpodConfiguration.class, OkHttpClient.class, SSLContextParameters.class)
                .map(type -> new ConvertiblePair(String.class, type))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Object convert(Object source, TypeDescriptor sourceType, TypeDescriptor targetType) {
        String reference = source.toString().strip();
        if (!reference.startsWith("#")) {
            throw new IllegalArgumentException(
                    reference + " is not a reference to a bean; allowed: #bean:name, or #name, of a bean of type "
                            + targetType.getType().getName());
        }
        String name = reference.startsWith("#bean:") ? reference.substring("#bean:".length()) : reference.substring(1);
        return beans.getBean(name, targetType.getType());
    }
}
