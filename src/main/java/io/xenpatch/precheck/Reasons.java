package io.xenpatch.precheck;

import io.xenpatch.plan.HostDecision;
import io.xenpatch.plan.Reason;
import java.util.List;
import java.util.stream.Collectors;

/** The reasons of a decision, in words. */
final class Reasons {

    private Reasons() {}

    static List<String> codes(HostDecision decision) {
        return decision.reasons().stream()
                .map(reason -> reason.code().name())
                .distinct()
                .toList();
    }

    static String inWords(HostDecision decision) {
        return decision.reasons().stream().map(Reasons::inWords).distinct().collect(Collectors.joining("; "));
    }

    private static String inWords(Reason reason) {
        return switch (reason.code()) {
            case LIVE_PATCH_COMPLETE -> "the live patch covers everything";
            case LIVE_PATCHING_REFUSED_BY_POLICY -> "the request does not rely on live patches";
            case LIVE_PATCHING_NOT_LICENSED -> "the licence of this pool does not allow live patching";
            case LIVE_PATCHING_DISABLED -> "the pool has live patching disabled";
            case LIVE_PATCH_INCOMPLETE -> "the live patch does not cover everything";
            case NO_LIVE_PATCH -> "no live patch applies to this host";
            case LIVE_PATCH_STATUS_UNKNOWN -> "the server did not say whether a live patch applies";
            case UPDATE_GUIDANCE -> "the update asks for it (" + reason.detail() + ")";
            case UNKNOWN_GUIDANCE -> "the update asks for something that this version does not know";
            case PENDING_GUIDANCE -> "an earlier update still waits for it (" + reason.detail() + ")";
            case PENDING_LIVE_PATCH_FAILURE -> "an earlier live patch failed (" + reason.detail() + ")";
            case LIVE_PATCH_FAILED -> "the live patch failed";
            case LIVE_PATCHING_NOT_SUPPORTED -> "XCP-ng has no live patches";
            case UPDATED_PACKAGES -> "these packages need it: " + reason.detail();
            case PACKAGES_UNKNOWN -> "the host did not say which packages it lacks";
        };
    }
}
