package io.github.camelgitpod.simulator;

import io.github.camelgitpod.simulator.http.Caller;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;

/** The access tokens that the simulator knows, and what their owners may do. Never shows them in its text. */
final class Tokens {

    private final Organization organization;
    private final String member = random();
    private volatile String admin;
    private volatile boolean adminReadsAuditLog = true;

    Tokens(Organization organization, String admin) {
        this.organization = organization;
        this.admin = admin == null ? random() : admin;
    }

    String admin() {
        return admin;
    }

    String member() {
        return member;
    }

    void rotate(String newToken) {
        admin = Objects.requireNonNull(newToken, "newToken");
    }

    void auditLogRole(boolean granted) {
        adminReadsAuditLog = granted;
    }

    /** Null for a token that is not, or no longer, known. */
    Caller owner(String token) {
        if (token.equals(admin)) {
            return new Caller(organization.adminId(), adminReadsAuditLog, true);
        }
        return token.equals(member) ? new Caller(organization.memberId(), false, false) : null;
    }

    private static String random() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return "simulated-" + HexFormat.of().formatHex(bytes);
    }
}
