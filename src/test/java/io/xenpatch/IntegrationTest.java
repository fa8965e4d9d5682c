package io.xenpatch;

import io.xenpatch.database.EmptyDatabase;
import io.xenpatch.database.PostgresTestConfiguration;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestExecutionListeners;
import org.springframework.test.context.TestExecutionListeners.MergeMode;

/**
 * A test of the whole service: real HTTP on a port that the system chose, real PostgreSQL, db-scheduler running. Inject {@link
 * TestHttp} to speak HTTP. The database is empty before each test class. Used unchanged, so that all tests share one context: no
 * {@code properties}, no mock beans, no nested configuration.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("test")
@Import({PostgresTestConfiguration.class, TestHttp.class})
@TestExecutionListeners(listeners = EmptyDatabase.class, mergeMode = MergeMode.MERGE_WITH_DEFAULTS)
public @interface IntegrationTest {}
