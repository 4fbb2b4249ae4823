package dev.lifeboat.settings;

/**
 * A variable of the environment that says something else than the chosen profile.
 *
 * @param variable the variable's name
 * @param inEnvironment its value; {@code ***} when the setting is a secret
 * @param inProfile the profile's value; {@code ***} when the setting is a secret
 * @param where file and line of the profile's value
 */
public record Contradiction(String variable, String inEnvironment, String inProfile, String where) {
    static Contradiction of(Value inEnvironment, Value inProfile) {
        return new Contradiction(
                inEnvironment.origin(),
                inEnvironment.shown(),
                inProfile.shown(),
                inProfile.origin());
    }

    @Override
    public String toString() {
        return variable
                + " is "
                + inEnvironment
                + ", the profile says "
                + inProfile
                + " ("
                + where
                + ")";
    }
}
