package io.xenpatch.simulator.pool;

import io.xenpatch.simulator.PackageScenario;
import io.xenpatch.simulator.model.ApiFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The words of {@code updater.py}: JSON in a string, and failures with a traceback. */
final class UpdaterAnswers {
    private static final List<String> COMMAND =
            List.of("yum", "update", "--disablerepo=*", "--enablerepo=xcp-ng-base,xcp-ng-updates", "-y");

    private static final Duration WRITTEN_BEFORE = Duration.ofDays(3);

    private UpdaterAnswers() {}

    /** A list of packages. */
    static String missing(List<PackageScenario> packages, Instant now) {
        return json(packages.stream().map(each -> described(each, now)).toList());
    }

    private static Map<String, @Nullable Object> described(PackageScenario offer, Instant now) {
        var rpm = offer.rpm();
        var told = new LinkedHashMap<String, @Nullable Object>();
        told.put("name", rpm.name());
        told.put("version", rpm.evr().version());
        told.put("release", rpm.evr().release());
        told.put("description", offer.summary());
        told.put("changelog", offer.change().isEmpty() ? null : changelog(offer, now));
        told.put("url", offer.url());
        told.put("size", offer.size());
        told.put("license", offer.license());
        return told;
    }

    private static Map<String, Object> changelog(PackageScenario offer, Instant now) {
        return Map.of(
                "date",
                now.minus(WRITTEN_BEFORE).getEpochSecond(),
                "author",
                "A Packager <packager@example.com> - " + offer.rpm().evr().text(),
                "description",
                offer.change());
    }

    /** What the command said. */
    static String updated(List<PackageScenario> packages) {
        var told = new LinkedHashMap<String, Object>();
        told.put("stdout", packages.isEmpty() ? "No packages marked for update\n" : transaction(packages));
        told.put("stderr", "");
        told.put("command", COMMAND);
        told.put("returncode", 0);
        return json(told);
    }

    private static String transaction(List<PackageScenario> packages) {
        return packages.stream()
                .map(PackageScenario::rpm)
                .map(rpm -> "  " + rpm.nameArch() + " " + rpm.evr().epoch() + ":"
                        + rpm.evr().version() + "-" + rpm.evr().release() + "  \n")
                .collect(Collectors.joining("", "Running transaction\n\nUpdated:\n", "\nComplete!\n"));
    }

    /** The command ended with another status than 0. */
    static ApiFailure yumFailed() {
        var command = COMMAND.stream().map(word -> "'" + word + "'").collect(Collectors.joining(", ", "[", "]"));
        return failure(
                "1",
                "Command '" + command + "' failed with code: 1",
                "stdout: '', stderr: 'Error downloading packages: No more mirrors to try.'");
    }

    /** @param code {@code -1}, or the number of the operating system's error */
    static ApiFailure failure(String code, String message, String details) {
        return ApiFailure.of(
                code, message, details, "Traceback (most recent call last):\n  in wrapper\n" + message + "\n");
    }

    private static String json(Object value) {
        return JsonMapper.shared().writeValueAsString(value);
    }
}
