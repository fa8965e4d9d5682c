package io.xenpatch.precheck;

import java.util.List;

/** One rule: pure, without state. What it throws becomes a BLOCKING {@code CHECK_FAILED}. */
public interface Precheck {

    /** The rows of this rule; one OK row where nothing is wrong and saying so helps. */
    List<PrecheckRow> judge(Situation situation);
}
