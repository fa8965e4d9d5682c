package io.xenpatch.xapi;

import io.xenpatch.xen.ApplyWarnings;
import io.xenpatch.xen.LivePatchFailure;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The sets of strings that {@code host.apply_updates} answers: a code and its parameters each. */
final class ApplyAnswer {
    private static final String LIVE_PATCH_FAILED = "APPLY_LIVEPATCH_FAILED";

    private ApplyAnswer() {}

    static ApplyWarnings read(List<List<String>> answer) {
        var failures = answer.stream()
                .filter(ApplyAnswer::isLivePatchFailure)
                .map(words -> failure(words.size() > 1 ? words.get(1) : ""))
                .toList();
        return new ApplyWarnings(failures, otherCodes(answer));
    }

    private static Set<String> otherCodes(List<List<String>> answer) {
        return answer.stream()
                .filter(words -> !words.isEmpty() && !isLivePatchFailure(words))
                .map(words -> words.get(0))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isLivePatchFailure(List<String> words) {
        return !words.isEmpty() && LIVE_PATCH_FAILED.equals(words.get(0));
    }

    /** A failure stays one, however it is described. */
    private static LivePatchFailure failure(String description) {
        try {
            var component = JsonMapper.shared().readTree(description).path("component");
            return new LivePatchFailure(component.asString(""), description);
        } catch (JacksonException e) {
            return new LivePatchFailure("", description);
        }
    }
}
