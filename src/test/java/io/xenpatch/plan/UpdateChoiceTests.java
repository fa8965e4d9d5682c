package io.xenpatch.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateChoiceTests {

    @ParameterizedTest
    @ValueSource(strings = {"5a1f1f8a-0c53-4f0e-8f4e-3f5f6b0a9c21", "latest", "hash:0f3a", "pendingTasksOnly"})
    void readsTheWordsThatItWrites(String word) {
        assertThat(UpdateChoice.parse(word).word()).isEqualTo(word);
    }

    @Test
    void readsNoOtherWords() {
        assertThatIllegalArgumentException().isThrownBy(() -> UpdateChoice.parse("newest"));
    }

    @Test
    void comesFromTheRepositoryUnlessItIsAnImageOrNothing() {
        assertThat(UpdateChoice.parse("latest").isFromRepository()).isTrue();
        assertThat(UpdateChoice.parse("hash:0f3a").isFromRepository()).isTrue();
        assertThat(UpdateChoice.parse("pendingTasksOnly").isFromRepository()).isFalse();
        assertThat(UpdateChoice.parse("5a1f1f8a-0c53-4f0e-8f4e-3f5f6b0a9c21").isFromRepository())
                .isFalse();
    }
}
