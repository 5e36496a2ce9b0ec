package io.github.camelgitpod.state;

import io.github.camelgitpod.model.ShownText;

/**
 * Whose data a state is about.
 *
 * @param address      the API's base URL, without anything secret; null: not known, as in what earlier versions stored
 * @param organization the id of the token's organization; null: not known, or the server does not tell
 */
public record Origin(String address, String organization) {
    /** Of a state that does not tell. */
    public static final Origin UNKNOWN = new Origin(null, null);

    /** Whether both tell, and not the same. What one of them does not know is no difference. */
    public boolean differsFrom(Origin other) {
        return differ(address, other.address) || differ(organization, other.organization);
    }

    /** This one; what it does not know is taken from the other. */
    public Origin or(Origin other) {
        return new Origin(
                address != null ? address : other.address, organization != null ? organization : other.organization);
    }

    private static boolean differ(String one, String other) {
        return one != null && other != null && !one.equals(other);
    }

    /** In words. */
    @Override
    public String toString() {
        return (organization == null ? "an unknown organization" : "organization " + ShownText.of(organization))
                + " at " + (address == null ? "an unknown address" : address);
    }
}
