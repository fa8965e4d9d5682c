package io.xenpatch.xapi;

/** A XAPI login. Prints without its password. */
public record Credentials(String username, String password) {

    @Override
    public String toString() {
        return "Credentials[" + username + "]";
    }
}
