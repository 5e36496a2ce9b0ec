package io.github.camelgitpod.client;

/** What the server lists with names. */
public enum NameListing {
    MEMBERS("OrganizationService/ListMembers", "members"),
    SERVICE_ACCOUNTS("ServiceAccountService/ListServiceAccounts", "serviceAccounts"),
    RUNNERS(ResourceListing.RUNNERS),
    PROJECTS(ResourceListing.PROJECTS),
    ENVIRONMENTS(ResourceListing.ENVIRONMENTS);

    private final String method;
    private final String field;

    NameListing(String method, String field) {
        this.method = method;
        this.field = field;
    }

    NameListing(ResourceListing listing) {
        this(listing.method(), listing.field());
    }

    /** The service's method. */
    public String method() {
        return method;
    }

    /** The field of an answer that has them. */
    public String field() {
        return field;
    }
}
