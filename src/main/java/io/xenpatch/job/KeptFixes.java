package io.xenpatch.job;

import java.util.ArrayList;
import java.util.List;

/** All fixes of a pool update, in the order in which they were found necessary. */
final class KeptFixes {

    private KeptFixes() {}

    static List<KeptFix> with(List<KeptFix> fixes, KeptFix changed) {
        if (fixes.stream().anyMatch(changed::isSameAs)) {
            return replacing(fixes, changed, changed);
        }
        List<KeptFix> all = new ArrayList<>(fixes);
        all.add(changed);
        return all;
    }

    static List<KeptFix> replacing(List<KeptFix> fixes, KeptFix known, KeptFix changed) {
        return fixes.stream().map(each -> each.isSameAs(known) ? changed : each).toList();
    }

    /** What was not begun is no longer needed. */
    static List<KeptFix> withoutPlanned(List<KeptFix> fixes) {
        return fixes.stream()
                .map(fix -> fix.state() == FixState.PLANNED ? fix.in(FixState.NEEDLESS) : fix)
                .toList();
    }

    /** The pool no longer answers: what stands is for a person to take back. */
    static List<KeptFix> givenUp(List<KeptFix> fixes, String silence) {
        return fixes.stream()
                .map(fix -> FixReverting.isOpen(fix)
                        ? fix.in(
                                FixState.NOT_REVERTED,
                                new Failure(
                                        Reasons.FIX_NOT_REVERTED,
                                        fix.words() + " was not taken back, because the pool no longer answers. "
                                                + fix.recorded().byHand(),
                                        List.of(silence)))
                        : fix)
                .toList();
    }
}
