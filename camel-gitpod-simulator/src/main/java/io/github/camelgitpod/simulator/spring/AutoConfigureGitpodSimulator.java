package io.github.camelgitpod.simulator.spring;

import io.github.camelgitpod.simulator.GitpodSimulator;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a test class of a Spring application: runs a {@link GitpodSimulator} beside the application, and points the
 * component at it. The simulator is a bean, to be injected into the test.
 *
 * <p>It lives as long as the application context. Spring keeps that for later test classes with the same configuration;
 * {@code @DirtiesContext} ends it with the class.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface AutoConfigureGitpodSimulator {}
