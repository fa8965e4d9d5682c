package io.xenpatch.simulator.pool;

/** Log in, log out. */
final class SessionOperations {
    private final Sessions sessions;

    SessionOperations(Sessions sessions) {
        this.sessions = sessions;
    }

    void register(MethodTable table) {
        table.answer(
                "session.login_with_password",
                call -> sessions.open(call.text(0), call.text(1), call.text(3)).ref());
        table.answer(
                "session.slave_local_login_with_password",
                call -> sessions.open(call.text(0), call.text(1), "").ref());
        table.does("session.logout", call -> sessions.close(call.session()));
        table.does("session.local_logout", call -> sessions.close(call.session()));
        table.answer("session.get_all_subject_identifiers", call -> java.util.List.of());
    }
}
