package io.xenpatch.http.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DescriptionsTests {
    private final Descriptions descriptions = new Descriptions();

    @Test
    void writesJavadocAsMarkdown() {
        assertThat(descriptions.getClassJavadoc(Sample.class))
                .isEqualTo("A sample for tests; it has a `size` and fits.");
        assertThat(descriptions.getRecordClassParamJavadoc(Sample.class))
                .containsEntry("size", "Bytes, 1 < size; see `LARGE`, never `null`")
                .containsEntry("kind", "What it is");
    }

    @Test
    void saysWhatTheValuesOfAnEnumMean() {
        assertThat(descriptions.getClassJavadoc(Kind.class))
                .isEqualTo("Kinds.\n\n- `SMALL`\n- `LARGE`: More than `SMALL`.");
    }

    /**
     * a sample (R14) for tests;
     * it has a {@code size} and fits (P1.3, xapi.md §6.1).
     *
     * <p>Only who works on the code reads this.
     *
     * @param size bytes, {@literal 1 < size}; see {@link Kind#LARGE}, never {@code
     *     null}
     * @param kind what it is (ARCHITECTURE "Rooms")
     */
    record Sample(long size, Kind kind) {}

    /** Kinds. */
    enum Kind {
        SMALL,
        /** More than {@link #SMALL}. */
        LARGE
    }
}
