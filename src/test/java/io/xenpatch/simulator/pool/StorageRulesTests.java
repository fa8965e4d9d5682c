package io.xenpatch.simulator.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.xenpatch.simulator.model.Datamodel;
import io.xenpatch.simulator.model.Profile;
import io.xenpatch.simulator.pool.StorageRules.Drive;
import io.xenpatch.simulator.pool.StorageRules.Guest;
import io.xenpatch.simulator.pool.StorageRules.Image;
import io.xenpatch.simulator.pool.StorageRules.Repository;
import io.xenpatch.simulator.pool.StorageRules.Use;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** The states that a simulated pool can have; XAPI's oracle has none for storage, so these are what its source computes. */
class StorageRulesTests {

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/tables/image-operations.csv", numLinesToSkip = 1, delimiter = ';')
    void allowsOnAnImageWhatXapiDoes(String name, Use use, String flags, String allowed) {
        var on = words(flags);

        var image = new Image(
                use,
                on.contains("busy"),
                !on.contains("unplugged"),
                on.contains("sharable"),
                on.contains("heartbeat"),
                on.contains("ha"));

        assertThat(StorageRules.allowed(image)).containsExactlyInAnyOrderElementsOf(words(allowed));
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/tables/drive-operations.csv", numLinesToSkip = 1, delimiter = ';')
    void allowsOnADriveWhatXapiDoes(String name, String powerState, String flags, String allowed) {
        var on = words(flags);
        var guest = new Guest(powerState, on.contains("hvm"), on.contains("drivers"), on.contains("going-down"));

        var drive = new Drive(
                on.contains("cd"),
                on.contains("empty"),
                on.contains("attached"),
                !on.contains("fixed"),
                on.contains("image-busy"),
                guest);

        assertThat(StorageRules.allowed(drive)).containsExactlyInAnyOrderElementsOf(words(allowed));
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/tables/repository-operations.csv", numLinesToSkip = 1, delimiter = ';')
    void allowsOnARepositoryWhatXapiDoes(String name, String flags, String running, String allowed) {
        var on = words(flags);

        var repository = new Repository(
                on.contains("plugged"),
                !on.contains("unknown"),
                on.contains("empty"),
                on.contains("upgrading"),
                on.contains("recent"),
                words(running));

        assertThat(StorageRules.allowed(repository)).containsExactlyInAnyOrderElementsOf(words(allowed));
    }

    @ParameterizedTest
    @CsvSource({"VDI, vdi_operations", "VBD, vbd_operations", "SR, storage_operations"})
    void namesOnlyOperationsOfTheDataModel(String type, String enumeration) {
        var datamodel = Datamodel.of(Profile.XENSERVER_8);

        assertThat(datamodel.hasValue(enumeration, "nonsense")).isFalse();
        assertThat(StorageRules.all(type))
                .isNotEmpty()
                .allSatisfy(operation ->
                        assertThat(datamodel.hasValue(enumeration, operation)).isTrue());
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(" "))
                .filter(word -> !word.isEmpty() && !"-".equals(word))
                .toList();
    }
}
