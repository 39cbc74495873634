package org.lapse.organizations.directory;

/** What was found of a password and a hash. */
enum Verification {
    /** The password has that hash. */
    MATCHES,

    /** It has another, or there was no hash to compare with. */
    DIFFERS,

    /** Nobody looked, because too many others waited. */
    NOT_TRIED
}
