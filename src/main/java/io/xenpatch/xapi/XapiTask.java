package io.xenpatch.xapi;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What became of a XAPI task. Progress says nothing about the end: only the status does (xapi.md §3). */
public sealed interface XapiTask {

    /** Whether nothing more will happen to it, as far as the pool tells. */
    default boolean isFinished() {
        return !(this instanceof Pending);
    }

    <T> T fold(
            Function<Pending, T> pending,
            Function<Succeeded, T> succeeded,
            Function<Failed, T> failed,
            Function<OutcomeUnknown, T> unknown);

    /** @param progress 0.0 to 1.0 */
    record Pending(double progress) implements XapiTask {
        @Override
        public <T> T fold(
                Function<Pending, T> pending,
                Function<Succeeded, T> succeeded,
                Function<Failed, T> failed,
                Function<OutcomeUnknown, T> unknown) {
            return pending.apply(this);
        }
    }

    /** @param result XAPI's XML fragment, for example {@code <value>ok</value>} */
    record Succeeded(String result) implements XapiTask {

        /** The result's text without its {@code <value>} element, entities resolved. */
        public String text() {
            String text = result.strip();
            if (text.startsWith("<value>") && text.endsWith("</value>")) {
                text = text.substring("<value>".length(), text.length() - "</value>".length());
            }
            return text.replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&quot;", "\"")
                    .replace("&amp;", "&");
        }

        /**
         * The result as a string of any content.
         *
         * @throws XapiFailure.AnswerLost when it is none
         */
        public String string() {
            return TaskResult.string(result);
        }

        /**
         * The result as a map from a reference to a set of strings.
         *
         * @throws XapiFailure.AnswerLost when it is none
         */
        public Map<String, List<String>> mapOfLists() {
            return TaskResult.mapOfLists(result);
        }

        /**
         * The result as a set of sets of strings.
         *
         * @throws XapiFailure.AnswerLost when it is none
         */
        public List<List<String>> lists() {
            return TaskResult.lists(result);
        }

        @Override
        public <T> T fold(
                Function<Pending, T> pending,
                Function<Succeeded, T> succeeded,
                Function<Failed, T> failed,
                Function<OutcomeUnknown, T> unknown) {
            return succeeded.apply(this);
        }
    }

    /** XAPI's error. {@code TASK_CANCELLED} is the only true cancel (R22). */
    record Failed(String code, List<String> parameters) implements XapiTask {

        public Failed {
            parameters = List.copyOf(parameters);
        }

        @Override
        public <T> T fold(
                Function<Pending, T> pending,
                Function<Succeeded, T> succeeded,
                Function<Failed, T> failed,
                Function<OutcomeUnknown, T> unknown) {
            return failed.apply(this);
        }
    }

    /**
     * Nobody will say how it ended: the task is gone, or was cancelled with an empty {@code error_info} because the toolstack
     * restarted, or failed with {@code CANNOT_CONTACT_HOST}. Observe what it was to bring about (R22).
     *
     * @param why for the history
     */
    record OutcomeUnknown(String why) implements XapiTask {
        @Override
        public <T> T fold(
                Function<Pending, T> pending,
                Function<Succeeded, T> succeeded,
                Function<Failed, T> failed,
                Function<OutcomeUnknown, T> unknown) {
            return unknown.apply(this);
        }
    }
}
