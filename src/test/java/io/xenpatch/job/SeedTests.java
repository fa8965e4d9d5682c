package io.xenpatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Histories in which everything goes wrong, made from seeds and played in memory and in virtual time: nothing is lost, nothing is done twice,
 * and what could not be put right is told. {@code ./dev seed} plays more of them, or one of them again.
 */
class SeedTests {
    private static final int SEEDS = Integer.getInteger("xenpatch.seeds", 300);
    private static final Path RESULTS = Path.of("target", "seeds");
    private static final long FIRST = Long.getLong("xenpatch.seed", 0);

    private final Map<String, Integer> coverage = new TreeMap<>();

    @Test
    void nothingIsLostAndNothingIsDoneTwice() throws IOException {
        ConcurrentLinkedQueue<String> broken = new ConcurrentLinkedQueue<>();
        LongStream.range(FIRST, FIRST + SEEDS).parallel().forEach(seed -> broken.addAll(broken(seed)));
        write(
                "coverage.txt",
                coverage.entrySet().stream()
                        .map(met -> met.getValue() + " " + met.getKey())
                        .collect(Collectors.joining("\n", "", "\n")));

        assertThat(broken.stream().limit(20))
                .as("%s seeds of %s", broken.size(), SEEDS)
                .isEmpty();
    }

    /** One of them with all that is known of it: {@code ./dev seed --tell 334}. */
    @Test
    void aSeedTellsItsHistory() throws IOException {
        try (SeedRun run = SeedRun.inMemory(FIRST, PlantedBug.NONE)) {
            run.play();
            String story = SeedStory.of(run);
            write("story.txt", story);
            assertThat(story).contains("seed " + FIRST);
        }
    }

    @Test
    void aSeedIsPlayedAgainExactly() {
        for (long seed = FIRST; seed < FIRST + 20; seed++) {
            assertThat(history(seed)).as("seed %s", seed).isEqualTo(history(seed));
        }
    }

    /** For {@code ./dev seed}. */
    private static void write(String file, String text) throws IOException {
        Files.createDirectories(RESULTS);
        Files.writeString(RESULTS.resolve(file), text);
    }

    private static String history(long seed) {
        try (SeedRun run = SeedRun.inMemory(seed, PlantedBug.NONE)) {
            return run.play().journal() + "\n" + run.result().hosts();
        }
    }

    /**
     * What histories are worth: a mistake of each kind is found, and by what it does.
     *
     * @param first the first seed that finds it, so that nobody waits for those before
     */
    @ParameterizedTest
    @CsvSource({
        "DOUBLE_REBOOT, 13, times for",
        "FORGOTTEN_REVERT, 2, is not as it was|high availability was",
        "STALE_WRITE, 775, wrote under epoch",
        "EARLY_LEASE, 25, got the lease",
        "LOST_WAKE_UP, 11, nobody looked"
    })
    void aPlantedBugIsFound(PlantedBug bug, int first, String words) {
        Pattern wanted = Pattern.compile(words);
        OptionalLong found = LongStream.range(first, 1000)
                .filter(seed -> broken(seed, bug).stream()
                        .anyMatch(what -> wanted.matcher(what).find()))
                .findFirst();
        assertThat(found).as("a seed that finds it").isPresent();
    }

    private List<String> broken(long seed) {
        return broken(seed, PlantedBug.NONE);
    }

    private List<String> broken(long seed, PlantedBug bug) {
        try (SeedRun run = SeedRun.inMemory(seed, bug)) {
            List<String> broken = SeedInvariants.broken(run.play());
            synchronized (coverage) {
                run.coverage().forEach((what, times) -> coverage.merge(what, times, Integer::sum));
                coverage.merge("state " + run.result().state(), 1, Integer::sum);
            }
            return broken.stream().map(what -> "seed " + seed + ": " + what).toList();
        } catch (RuntimeException | AssertionError e) {
            return List.of("seed " + seed + ": " + e);
        }
    }
}
