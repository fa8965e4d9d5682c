package io.xenpatch.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * The state of all simulated pools, kept in the data directory: real pools remember their updates too.
 *
 * @param virtualTime the pools' clock, which is ahead of real time and must not go back
 */
record Memory(Instant virtualTime, Map<DemoPool, PoolMemory> pools) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    Memory {
        pools = Map.copyOf(pools);
    }

    PoolMemory of(DemoPool pool) {
        return pools.getOrDefault(pool, PoolMemory.NEW);
    }

    static Path file(Path dataDirectory) {
        return dataDirectory.resolve("simulated-pools.json");
    }

    /** @throws tools.jackson.core.JacksonException when the file is damaged */
    static Memory read(Path file) {
        return Files.exists(file) ? MAPPER.readValue(file, Memory.class) : new Memory(Instant.EPOCH, Map.of());
    }

    /** Replaces the file in one step. */
    void write(Path file) {
        try {
            var beside = file.resolveSibling(file.getFileName() + ".new");
            MAPPER.writeValue(beside, this);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("The simulated pools can't be remembered in " + file, e);
        }
    }
}
