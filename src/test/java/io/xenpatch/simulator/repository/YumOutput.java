package io.xenpatch.simulator.repository;

import io.xenpatch.simulator.model.ApiFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a host makes of the output of its package manager. A simulated host has none: this is kept to be held against XAPI's own. */
final class YumOutput {
    private static final int WORDS = 3;

    private YumOutput() {}

    /** The packages known so far, preceded by that of one line of {@code yum updateinfo list}, if XAPI can read it. */
    static List<OfferedPackage> updateInfoList(List<OfferedPackage> known, String line) {
        var all = new ArrayList<>(known);
        offered(line).ifPresent(each -> all.add(0, each));
        return List.copyOf(all);
    }

    private static Optional<OfferedPackage> offered(String line) {
        var words = line.strip().split(" +", -1);
        return words.length == WORDS
                ? RpmPackage.parse(words[2]).map(rpm -> new OfferedPackage(rpm, words[0]))
                : Optional.empty();
    }

    /**
     * What is to be updated: what a trial of {@code yum upgrade} says, unless it says more than {@code repoquery}.
     *
     * @param trial null if its output could not be read
     * @param queried what {@code repoquery} says
     * @param strict whether to fail rather than to fall back to that
     * @throws ApiFailure {@code INTERNAL_ERROR}
     */
    static <T> List<T> latest(@Nullable List<T> trial, List<T> queried, boolean strict) {
        if (trial != null && queried.containsAll(trial)) {
            return trial;
        }
        if (strict) {
            throw ApiFailure.of("INTERNAL_ERROR", "Failed to parse output of 'yum upgrade (dry run)' correctly");
        }
        return queried;
    }
}
